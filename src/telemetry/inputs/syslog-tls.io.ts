// Syslog over TLS (RFC 5425): like TCP, with the names of senders checked when the source asks for certificates.
import { readFile } from 'node:fs/promises'
import { createServer, TLSSocket } from 'node:tls'
import { reasonOfFile } from './tls-files.ts'
import type { Input } from './input.ts'
import { joinRule } from './join-rule.ts'
import { listenPlace } from './listen.ts'
import { namesOf, oneMatches } from './tls-names.ts'
import { serveStreams } from './streams.io.ts'

const handshakeMilliseconds = 20_000

export const syslogTls: Input<'syslog-tls'> = async (source, context) => {
  const read = (path: string) => readFile(path).catch((thrown: unknown) => reasonOfFile(path, thrown))
  const { clients } = source
  const [cert, key] = [await read(source.cert), await read(source.key)]
  const ca = clients && (await read(clients.ca))
  const server = createServer({
    cert,
    key,
    minVersion: 'TLSv1.2',
    handshakeTimeout: handshakeMilliseconds,
    ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }),
  })
  server.on('tlsClientError', (thrown) => {
    context.reject(1)
    context.log.debug({ err: thrown }, 'a sender could not be let in')
  })
  const allowed = clients?.names ?? []
  await serveStreams(
    {
      server,
      at: listenPlace(source.listen),
      name: 'TLS',
      framing: { counting: true },
      join: joinRule(source.join),
      event: 'secureConnection',
      admits: (socket) =>
        allowed.length === 0 ||
        (socket instanceof TLSSocket && oneMatches(namesOf(socket.getPeerCertificate()), allowed)),
    },
    context,
  )
}
