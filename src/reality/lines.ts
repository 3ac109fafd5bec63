// Flows in lines of text that no parser takes apart: conntrack's, and cloud flow logs in their standard format.
import { amountOf, type Reading, transportOf } from './reading.ts'
import { openerOf } from './sensors.ts'

const longest = 1_000
const port = (text: string | undefined): number => {
  const value = amountOf(text)
  return value < 65_536 ? value : 0
}

const pair = /\b(src|dst|sport|dport|bytes)=(\S{1,45})/g

/**
 * A line of `conntrack -E` or `conntrack -L`. The first four pairs are the connection as it was opened, the others its answer. One that ends
 * a connection tells nothing new.
 */
function conntrack(text: string): Reading | undefined {
  if (text.includes('[DESTROY]')) return undefined
  const transport = transportOf(/(?:^|\s)(tcp|udp|sctp)\s+\d/.exec(text)?.[1])
  if (transport === undefined) return undefined
  const opened: Record<string, string> = {}
  let bytes = 0
  for (const [, key = '', value = ''] of text.matchAll(pair)) {
    if (key === 'bytes') bytes += amountOf(value)
    else opened[key] ??= value
  }
  const { src: from, dst: to, sport, dport } = opened
  if (from === undefined || to === undefined || sport === undefined) return undefined
  return {
    from,
    to,
    fromPort: port(sport),
    toPort: port(dport),
    transport,
    opener: 'from',
    // A connection is new before it is answered: only one that stays unanswered did not come about, and of that there is no record.
    attempt: false,
    sealed: undefined,
    bytes,
    application: '',
    witness: 'wire',
  }
}

/** version account interface source destination source-port destination-port protocol packets bytes start end action status */
const standard =
  /^2 (?:\d{12}|unknown) \S{1,40} (?<from>[\da-f.:]{2,45}) (?<to>[\da-f.:]{2,45}) (?<sport>\d{1,5}) (?<dport>\d{1,5}) (?<protocol>\d{1,3}) \d{1,20} (?<bytes>\d{1,16}) (?<start>\d{1,11}) \d{1,11} (?<action>ACCEPT|REJECT) OK$/

function cloudFlow(text: string): Reading | undefined {
  const { from, to, sport, dport, protocol, bytes, start, action } = standard.exec(text)?.groups ?? {}
  const transport = transportOf(protocol)
  if (from === undefined || to === undefined || transport === undefined) return undefined
  return {
    from,
    to,
    fromPort: port(sport),
    toPort: port(dport),
    transport,
    opener: openerOf(0),
    attempt: action === 'REJECT',
    sealed: undefined,
    bytes: amountOf(bytes),
    application: '',
    witness: 'wire',
    time: amountOf(start) * 1_000,
  }
}

/** The connection that a line of text tells of, if it is of a format known here. */
export function readLine(text: string): Reading | undefined {
  if (text.length > longest) return undefined
  if (text.startsWith('2 ')) return cloudFlow(text)
  return text.includes('src=') && text.includes('dport=') ? conntrack(text) : undefined
}
