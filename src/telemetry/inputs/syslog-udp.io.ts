// Syslog over UDP (RFC 5426): one datagram, one record.
import { serveDatagrams } from './datagrams.io.ts'
import type { Input } from './input.ts'

export const syslogUdp: Input<'syslog-udp'> = ({ listen }, context) =>
  serveDatagrams(listen, context, (message) => {
    // oxlint-disable-next-line no-control-regex
    const text = message.toString('utf8').replace(/[\n\r\0]+$/, '')
    return text.trim() === '' ? [] : [{ text }]
  })
