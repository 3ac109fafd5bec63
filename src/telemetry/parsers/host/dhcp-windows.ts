// Windows Server's DHCP audit log (DhcpSrvLog-*.log): `10,03/02/26,14:01:02,Assign,10.0.0.5,laptop.corp.example,001122334455,…`.
import type { ParsedEvent } from '../../types.ts'
import { csvCells } from '../databases/csv-cells.ts'
import { makeEvent, type OpenFields, type TextParser } from '../parser.ts'
import { network } from '../syslog/acts.ts'
import type { Act } from '../syslog/line.ts'
import { usTime } from '../times.ts'
import { accountOf, addressOf, hostOf } from '../values.ts'

const name = 'dhcp-windows'
const head = /^\d{2,5},\d\d\/\d\d\/\d{2,4},\d\d:\d\d:\d\d,[^,]{0,255},[^,]{0,45},/
const columns = [
  'ID', 'Date', 'Time', 'Description', 'IP Address', 'Host Name', 'MAC Address', 'User Name', 'TransactionID', 'QResult', 'Probationtime',
  'CorrelationID', 'Dhcid', 'VendorClass(Hex)', 'VendorClass(ASCII)', 'UserClass(Hex)', 'UserClass(ASCII)', 'RelayAgentInformation', 'DnsRegError',
] // prettier-ignore
/** Event ids as the head of each file explains them. */
const acts: Readonly<Record<string, Act>> = {
  '10': network.lease, '11': network.lease, '12': network.release, '13': network.noLease, '14': network.noLease, '15': network.noLease,
  '16': network.release, '17': network.expire, '18': network.expire, '20': network.lease, '21': network.lease,
} // prettier-ignore
const other: Act = { ...network.inform, activity: 'DHCP message', activity_id: 99 }

function parse(text: string, received: number): ParsedEvent | undefined {
  if (!head.test(text)) return undefined
  const cells = csvCells(text, columns.length)
  const fields: OpenFields = {}
  for (const [at, column] of columns.entries()) {
    const cell = cells[at]?.trim()
    if (cell !== undefined && cell !== '') fields[column] = cell
  }
  const act = acts[String(Number(fields['ID']))] ?? other
  const who = {
    src_ip: addressOf(fields['IP Address']),
    src_host: hostOf(fields['Host Name']),
    user: accountOf(fields['User Name']),
  }
  return makeEvent(name, received, who, {
    time: usTime(`${cells[1] ?? ''},${cells[2] ?? ''}`),
    logsource: { product: 'windows', service: 'dhcp', categories: ['dhcp'] },
    class_uid: act.class_uid,
    activity_id: act.activity_id,
    activity: act.activity,
    outcome: act.outcome,
    detail: String(fields['Description'] ?? ''),
    fields,
  })
}

export const dhcpWindows: TextParser = {
  name,
  reads: 'text',
  does: "reads the audit log of Windows Server's DHCP service under the names of its columns",
  recognises: 'an event id, `03/02/26`, a clock, a description and an address between commas',
  recognise: (text) => head.test(text),
  parse,
  ocsf: () => ({ 'src_endpoint.mac': 'MAC Address', transaction_uid: 'TransactionID', 'actor.user.name': 'User Name' }),
}
