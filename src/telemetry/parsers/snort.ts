// Snort 3's alerts as JSON (alert_json).
import type { OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { deviceEvent, finding } from './device.ts'
import { flatten } from './flatten.ts'
import type { JsonObject, JsonParser } from './parser.ts'
import { anyTime, isoTime } from './times.ts'
import { textOf } from './values.ts'

const name = 'snort'
const columns: ColumnNames = {
  src_ip: names('src_addr'),
  src_port: names('src_port'),
  dst_ip: names('dst_addr'),
  dst_port: names('dst_port'),
}
const severities: Readonly<Record<string, OcsfSeverity>> = { 1: 4, 2: 3, 3: 2 }
const short = /^(?:(\d\d)\/)?(\d\d)\/(\d\d)-(\d\d:\d\d:\d\d(?:\.\d{1,6})?)$/

/** `03/02-14:01:02.123456`, with the year in front if Snort was told so; `seconds` is surer. */
function timeOf(seconds: unknown, stamp: unknown, received: number): number | undefined {
  const exact = anyTime(seconds)
  const [, year, month = '', day = '', clock = ''] = short.exec(String(stamp)) ?? []
  if (clock === '') return exact ?? anyTime(stamp)
  const full = year === undefined ? new Date(received).getUTCFullYear() : 2000 + Number(year)
  return isoTime(`${full}-${month}-${day} ${clock}`) ?? exact
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const blocked = /block|drop|reject/.test(String(fields['action'] ?? ''))
  return deviceEvent({
    parser: name,
    received,
    time: timeOf(fields['seconds'], fields['timestamp'], received),
    logsource: { product: 'snort', categories: [] },
    fields,
    columns,
    kind: finding('signature matched'),
    severity_id: severities[String(fields['priority'])] ?? 2,
    outcome: blocked ? 'failure' : undefined,
    detail: textOf(fields['msg']),
  })
}

export const snort: JsonParser = {
  name,
  reads: 'json',
  does: "reads Snort 3's JSON alerts under Snort's names",
  recognises: '`rule` (`1:2200074:2`) or `sid` with `gid`, and `msg`, `src_addr` or `src_ap`',
  recognise: (object) =>
    typeof object['msg'] === 'string' &&
    (/^\d{1,10}:\d{1,10}:\d{1,10}$/.test(String(object['rule'])) ||
      (object['sid'] !== undefined && object['gid'] !== undefined)) &&
    (object['src_addr'] !== undefined || object['src_ap'] !== undefined || object['pkt_num'] !== undefined),
  parse,
  ocsf: () => ({
    'finding_info.title': 'msg',
    'finding_info.uid': ['rule', 'sid'],
    'finding_info.types': 'class',
    'connection_info.protocol_name': 'proto',
  }),
}
