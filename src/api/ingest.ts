// Events over HTTP: lines, or documents of JSON, plain or packed; answered only when every accepted record is on disk.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '#kernel'
import type { Castellan } from '#app'
import { encodingOf, Held, readBody, unpackedBody } from './push-body.ts'
import { maySend, sourceName } from './sender.ts'
import { mustBeKnown } from './who.ts'

/** Mounts POST /ingest/v1/ndjson/:source. 429 with Retry-After when the spool is full, 503 when the disk refuses; X-Castellan-Accepted counts the lines taken before. */
export function mountIngest(server: FastifyInstance, castellan: Castellan): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const held = new Held()
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
      const taken = isDocument(request)
        ? await takeDocument(request, { source, castellan, held })
        : await castellan.telemetry.ingestNdjson(unpackedBody(request.raw, encodingOf(request.headers)), { source })
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

/** JSON as a whole has to be read as a whole: its events are taken all, or none. */
const isDocument = ({ headers }: FastifyRequest): boolean =>
  /^application\/json(?:\s{0,8};|$)/i.test(headers['content-type'] ?? '')

interface Taking {
  readonly source: string
  readonly castellan: Castellan
  readonly held: Held
}

async function takeDocument(
  request: FastifyRequest,
  { source, castellan, held }: Taking,
): ReturnType<Castellan['telemetry']['ingestDocument']> {
  const { body, release } = await readBody(request.raw, encodingOf(request.headers), held)
  try {
    return await castellan.telemetry.ingestDocument(body.toString('utf8'), { source })
  } finally {
    release()
  }
}
