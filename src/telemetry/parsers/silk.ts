// Flows of SiLK as rwcut prints them: a line of column names, then values parted by `|` or commas.
import { ocsfClass } from '#standards'
import { setField } from './flatten.ts'
import { makeEvent, type OcsfMapping, type OpenFields, type TextParser } from './parser.ts'
import { isoTime } from './times.ts'
import { addressOf, portOf, textOf } from './values.ts'

const name = 'silk'
const most = 64
const known = new Set(['sIP', 'dIP', 'sPort', 'dPort', 'protocol', 'pro', 'packets', 'bytes', 'flags', 'sTime', 'eTime', 'duration', 'sensor', 'class', 'type']) // prettier-ignore

const cells = (line: string): readonly string[] =>
  line.split(line.includes('|') ? '|' : ',', most).map((cell) => cell.trim())

/** The names of a header line of rwcut; undefined when the line is none. */
export function silkHeader(line: string): readonly string[] | undefined {
  if (line.length > 2000 || !/^ {0,40}sIP {0,40}[|,]/.test(line)) return undefined
  const names = cells(line)
  return names.filter((one) => known.has(one)).length > 3 ? names : undefined
}

/** F 1, S 2, R 4, P 8, A 16, U 32, E 64, C 128: the bits of TCP's flags. */
const bits = 'FSRPAUEC'
const flagsOf = (text: string): number =>
  bits.split('').reduce((sum, flag, at) => (text.includes(flag) ? sum | (1 << at) : sum), 0)

const timeOf = (value: unknown): number | undefined => isoTime((textOf(value) ?? '').replaceAll('/', '-').concat('Z'))

/** in, inweb, innull … come from outside; out, outweb … go there; int2int stays within. */
const direction = (type: string): string | undefined =>
  type.startsWith('int2int')
    ? 'Lateral'
    : type.startsWith('in')
      ? 'Inbound'
      : type.startsWith('out')
        ? 'Outbound'
        : undefined

function fieldsOf(names: readonly string[], values: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  for (const [at, value] of values.entries())
    if (value !== '' && (names[at] ?? '') !== '') setField(fields, names[at] ?? '', value)
  const [flags, type] = [textOf(fields['flags']), textOf(fields['type'])]
  if (flags !== undefined) setField(fields, 'tcp_flags', flagsOf(flags))
  const way = direction(type ?? '')
  if (way !== undefined) setField(fields, 'direction', way)
  for (const end of ['sTime', 'eTime']) {
    const time = timeOf(fields[end])
    if (time !== undefined) setField(fields, `${end}_ms`, time)
  }
  return fields
}

const ocsf: OcsfMapping = {
  'connection_info.protocol_num': ['protocol', 'pro'],
  'connection_info.tcp_flags': 'tcp_flags',
  'connection_info.direction': 'direction',
  'traffic.packets': 'packets',
  'traffic.bytes': 'bytes',
  start_time: 'sTime_ms',
  end_time: 'eTime_ms',
  duration: ['dur+msec', 'duration', 'dur'],
  'metadata.loggers.name': 'sensor',
}

export const silk: TextParser = {
  name,
  reads: 'text',
  does: 'reads flows of SiLK as rwcut prints them, with its header line before each record',
  recognises: 'a header line that begins with `sIP`, and a line of values',
  ocsf: () => ocsf,
  recognise: (text) => /^ {0,40}sIP {0,40}[|,]/.test(text.slice(0, 128)),
  parse(text, received) {
    const cut = text.indexOf('\n')
    const names = cut < 0 ? undefined : silkHeader(text.slice(0, cut))
    const line = text.slice(cut + 1).trimEnd()
    if (!names || line.length > 4000 || line.includes('\n')) return undefined
    const fields = fieldsOf(names, cells(line))
    const who = {
      src_ip: addressOf(fields['sIP']),
      src_port: portOf(fields['sPort']),
      dst_ip: addressOf(fields['dIP']),
      dst_port: portOf(fields['dPort']),
    }
    if (who.src_ip === undefined && who.dst_ip === undefined) return undefined
    return makeEvent(name, received, who, {
      time: timeOf(fields['sTime'] ?? fields['sTime+msec']),
      logsource: { product: 'silk', service: 'flow', categories: [] },
      class_uid: ocsfClass.networkActivity,
      activity_id: 6,
      activity: 'network flow',
      detail: [textOf(fields['type']), textOf(fields['flags'])].filter(Boolean).join(' '),
      fields,
    })
  },
}
