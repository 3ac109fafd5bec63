// Files made by event.export, fetched once: streamed from the disk as fast as the client takes them.
import type { FastifyInstance } from 'fastify'
import type { Castellan } from '#app'
import { mustBeKnown } from './who.ts'

/** Mounts GET /api/v1/download/:id. The id is known only to whom event.export has told it, and that is in the ledger. */
export function mountDownload(server: FastifyInstance, castellan: Castellan): void {
  server.get<{ Params: { id: string } }>('/api/v1/download/:id', async (request, reply) => {
    await mustBeKnown(request, castellan.access, castellan.terminalActor)
    const { name, type, bytes, body } = castellan.telemetry.exports.fetch(request.params.id)
    return reply
      .type(type)
      .headers({
        'content-disposition': `attachment; filename="${name}"`,
        'content-length': bytes,
        'cache-control': 'no-store',
      })
      .send(body)
  })
}
