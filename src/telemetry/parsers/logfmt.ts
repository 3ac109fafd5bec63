// Any other text of `key=value` pairs: logfmt and what devices write like it.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { columnsOf, type ColumnNames, names } from './columns-of.ts'
import { outcomeOf } from './columns-of.ts'
import { severityWord } from './device.ts'
import { deviceTime } from './device-times.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { pairsOf } from './pairs.ts'

const name = 'logfmt'
export const commonColumns: ColumnNames = {
  host: names('host hostname devname device_name dvchost computer node'),
  user: names('user username usr suser src_user srcuser login account uname actor'),
  target_user: names('duser dst_user dstuser target_user'),
  src_ip: names(
    'src_ip srcip src source source_ip sourceip client_ip clientip client ip remote_addr remote_ip remote c-ip saddr peer addr',
  ),
  src_port: names('src_port srcport spt sport source_port'),
  src_host: names('src_host srchost shost srcname'),
  dst_ip: names('dst_ip dstip dst destination destination_ip dest_ip dest daddr server_ip s-ip'),
  dst_port: names('dst_port dstport dpt dport destination_port dest_port'),
  dst_host: names('dst_host dsthost dhost dstname'),
  domain: names('domain query qname fqdn cs-host'),
  url: names('url uri request_uri path request'),
  process: names('process proc program exe image app'),
  file: names('file filename file_path filepath fname'),
  command_line: names('cmd command cmdline command_line'),
}
const times = names('time ts timestamp t @timestamp datetime date eventtime rt start')

/** The time under any of its common names. */
export function commonTime(fields: OpenFields, received: number): number | undefined {
  for (const one of times) {
    const time = deviceTime(fields[one], received)
    if (time !== undefined) return time
  }
  return typeof fields['date'] === 'string'
    ? deviceTime(`${fields['date']} ${String(fields['time'] ?? '')}`, received)
    : undefined
}

/** Text under one of the names, if it is text. */
export const said = (fields: OpenFields, list: readonly string[]): string | undefined => {
  for (const one of list) {
    const value = fields[one]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** The event of fields whose names alone say what they are. */
export function commonEvent(parser: string, fields: OpenFields, received: number): ParsedEvent {
  const who = columnsOf(fields, commonColumns)
  const wired = who.src_ip !== undefined && who.dst_ip !== undefined
  return makeEvent(parser, received, who, {
    time: commonTime(fields, received),
    logsource: { categories: [] },
    class_uid: wired ? ocsfClass.networkActivity : ocsfClass.base,
    activity: 'record',
    severity_id: severityWord(fields['level'] ?? fields['severity'] ?? fields['lvl']),
    outcome: outcomeOf(said(fields, ['outcome', 'result', 'status', 'action', 'act'])),
    detail: said(fields, ['msg', 'message', 'event', 'action', 'name']),
    fields,
  })
}

const begins = /^(?:[A-Za-z_@][\w@.:/-]{0,63}=(?:"|'|[^\s=]{0,512}(?: |$)))/

export const logfmt: TextParser = {
  name,
  reads: 'text',
  does: 'reads any other text of key=value pairs, and finds time, host, user and addresses under their common names',
  recognises: 'a line that begins with `key=value` and has at least three pairs',
  recognise: (text) => begins.test(text),
  parse(text, received) {
    const fields = pairsOf(text.slice(0, 262_144))
    return Object.keys(fields).length >= 3 ? commonEvent(name, fields, received) : undefined
  },
}
