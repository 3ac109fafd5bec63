// Syslog over UDP (RFC 5426): one datagram, one record.
import { serveDatagrams } from './datagrams.io.ts'
import type { Input } from './input.ts'
import { joinRule } from './join-rule.ts'

export const syslogUdp: Input<'syslog-udp'> = ({ listen, join }, context) =>
  serveDatagrams(listen, context, {
    join: joinRule(join),
    read(message) {
      // oxlint-disable-next-line no-control-regex
      const text = message.toString('utf8').replace(/[\n\r\0]+$/, '')
      return text.trim() === '' ? [] : [{ text }]
    },
  })
