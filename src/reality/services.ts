// Flows that services tell of themselves: who logged in, asked, or sent a letter came over the network to the machine that wrote the record.
import type { FlowEvent, Reading } from './reading.ts'
import type { Transport } from './types.ts'

interface Told {
  readonly product: string
  readonly service: string
  readonly transport: Transport
  readonly port: number
  readonly application: string
  readonly sealed: boolean | undefined
  /** A field that must hold this value, else the record tells of no connection. */
  readonly field: string
  readonly value: string
}

// activity | product | service (- is any) | transport | port, 0 when the record does not tell | application | encrypted | field=value
const table = `
login accepted             | linux      | sshd     | tcp | 22   | ssh        | yes |
login accepted             | windows    | security | tcp | 3389 | rdp        | yes | LogonType=10
file on share accessed     | windows    | security | tcp | 445  | smb        |     |
Kerberos ticket requested  | windows    | security | tcp | 88   | krb5       | yes |
Kerberos service ticket requested | windows | security | tcp | 88 | krb5     | yes |
database session opened    | postgresql | -        | tcp | 5432 | postgresql |     |
web request                | nginx      | -        | tcp | 0    | http       |     |
web request                | apache     | -        | tcp | 0    | http       |     |
letter received            | linux      | -        | tcp | 25   | smtp       |     |
`

const byActivity = new Map<string, Told[]>()
for (const line of table.trim().split('\n')) {
  const [activity = '', product = '', service = '', transport, port, application = '', encrypted, condition = ''] = line
    .split('|')
    .map((cell) => cell.trim())
  const [field = '', value = ''] = condition.split('=')
  const told: Told = {
    product,
    service,
    transport: transport === 'udp' ? 'udp' : 'tcp',
    port: Number(port),
    application,
    sealed: encrypted === 'yes' ? true : undefined,
    field,
    value,
  }
  byActivity.set(activity, [...(byActivity.get(activity) ?? []), told])
}

/** The connection behind what a service wrote, if it is known here and names who called. */
export function readService(event: FlowEvent): Reading | undefined {
  const { src_ip: from, host, fields } = event
  const known = byActivity.get(event.activity)
  if (known === undefined || from === undefined || host === undefined) return undefined
  const { product, service } = event.logsource
  const told = known.find((one) => one.product === product && (one.service === '-' || one.service === service))
  if (told === undefined || (told.field !== '' && String(fields[told.field]) !== told.value)) return undefined
  const { transport, port: toPort, application, sealed } = told
  const said = {
    witness: 'service',
    transport,
    toPort,
    application,
    sealed,
    opener: 'from',
    attempt: false,
    bytes: 0,
  } as const
  return { from, to: undefined, toHost: host, fromPort: event.src_port ?? 0, ...said }
}
