// Every operation as a route: reads by GET with a query (by POST with JSON where that would be too long), writes and acts by POST with JSON.
import type { FastifyInstance } from 'fastify'
import { inputFromText } from '#kernel'
import type { Castellan } from '#app'
import { methodOf, pathOf } from './openapi.ts'
import { mustBeKnown } from './who.ts'

type Query = Readonly<Record<string, string | string[]>>

/** Mounts the operations table. */
export function mountOperations(server: FastifyInstance, castellan: Castellan): void {
  for (const operation of castellan.operations) {
    server.route<{ Querystring: Query }>({
      method: operation.kind === 'read' ? ['GET', 'POST'] : methodOf(operation).toUpperCase(),
      url: pathOf(operation),
      handler: async (request, reply) => {
        const actor = await mustBeKnown(request, castellan.access, castellan.terminalActor)
        const byQuery = request.method === 'GET' || request.method === 'HEAD'
        const input = byQuery ? inputFromText(operation.input, request.query) : (request.body ?? {})
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        return castellan.run(operation, input, { actor, signal: gone.signal })
      },
    })
  }
}
