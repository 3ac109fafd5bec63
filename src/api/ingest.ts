// Events over HTTP: NDJSON, plain or gzip, answered only when every accepted line is on disk.
import { createGunzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { Fault } from '#kernel'
import type { Castellan } from '#app'
import { maySend, sourceName } from './sender.ts'
import { mustBeKnown } from './who.ts'

/** Mounts POST /ingest/v1/ndjson/:source. 429 with Retry-After when the spool is full, 503 when the disk refuses; X-Castellan-Accepted counts the lines taken before. */
export function mountIngest(server: FastifyInstance, castellan: Castellan): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request, _payload, done) => done(null))
  server.post<{ Params: { source: string } }>(
    '/ingest/v1/ndjson/:source',
    { config: { rateLimit: false } },
    async (request, reply) => {
      const { source } = request.params
      if (!sourceName.test(source))
        throw new Fault('INPUT_INVALID', `source ${source}: letters, digits, dot, hyphen, at most 64`)
      const actor = await mustBeKnown(request, castellan.access, castellan.terminalActor)
      if (!maySend(actor, source))
        throw new Fault(
          'FORBIDDEN',
          `this token may not send to ${source}; it needs the scope ingest or ingest:${source}`,
        )
      const zipped = request.headers['content-encoding'] === 'gzip'
      const lines = zipped ? request.raw.pipe(createGunzip()) : request.raw
      if (zipped) request.raw.on('error', (error) => lines.destroy(error))
      const taken = await castellan.telemetry.ingestNdjson(lines, { source })
      if (taken.full) {
        reply.headers({ 'retry-after': String(taken.wait), 'x-castellan-accepted': String(taken.accepted) })
        if (taken.down !== undefined)
          throw Fault.retold('STORE_DOWN', `${taken.down}; ${taken.accepted} lines were taken, send the rest later`)
        throw new Fault(
          'RATE_LIMITED',
          `there is no room now (spool full or quota used up); ${taken.accepted} lines of this request were taken, send the rest later`,
        )
      }
      return { accepted: taken.accepted, rejected: taken.rejected, last: taken.last }
    },
  )
}
