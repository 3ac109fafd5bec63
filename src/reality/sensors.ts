// Flows as sensors and firewalls record them: Suricata, Zeek, cloud flow logs, netfilter, Windows.
import { type FlowEvent, amountOf, type Opener, type Reading, transportOf } from './reading.ts'
import { sealedBy } from './sealed.ts'

type Said = Pick<Reading, 'transport' | 'opener'> & Partial<Reading>

/** The reading of an event whose columns hold both ends; nothing when one of them is missing. */
function between(event: FlowEvent, said: Said): Reading | undefined {
  const { src_ip: from, dst_ip: to, src_port: fromPort = 0, dst_port: toPort = 0 } = event
  if (from === undefined || to === undefined) return undefined
  return {
    from,
    to,
    fromPort,
    toPort,
    attempt: false,
    sealed: undefined,
    bytes: 0,
    application: '',
    witness: 'wire',
    ...said,
  }
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Suricata's records that tell of a connection, and the protocol of those that stand for one. */
const suricataKinds: Readonly<Record<string, string>> = {
  flow: '',
  netflow: '',
  drop: '',
  tls: 'tls',
  ssh: 'ssh',
  http: 'http',
  smtp: '',
  quic: 'quic',
  dns: 'dns',
}

function suricata(event: FlowEvent): Reading | undefined {
  const { fields } = event
  const type = word(fields['event_type'])
  const named = suricataKinds[type]
  const transport = transportOf(fields['proto'])
  if (named === undefined || transport === undefined) return undefined
  const said = word(fields['app_proto'])
  const application = named === '' && said !== 'failed' && said !== 'unknown' ? said : named
  const unanswered = type === 'flow' && transport === 'tcp' && fields['flow.pkts_toclient'] === 0
  const bytes = amountOf(fields['flow.bytes_toserver']) + amountOf(fields['flow.bytes_toclient'])
  return between(event, {
    transport,
    opener: type === 'netflow' ? 'unknown' : 'likely',
    attempt: type === 'drop' || unanswered,
    sealed: sealedBy(application),
    bytes: type === 'flow' ? bytes : amountOf(fields['netflow.bytes']),
    application,
  })
}

/** Zeek's conn_state of connections that did not come about (Zeek's documentation of conn.log). */
const noConnection = new Set(['S0', 'REJ', 'RSTOS0', 'RSTRH', 'SH', 'SHR'])
const zeekLogs: Readonly<Record<string, string>> = { conn: '', ssl: 'ssl', http: 'http', ssh: 'ssh' }

function zeek(event: FlowEvent): Reading | undefined {
  const { fields } = event
  const state = word(fields['conn_state'])
  const named = zeekLogs[event.logsource.service ?? (state === '' ? '' : 'conn')] ?? (state === '' ? undefined : '')
  const transport = transportOf(fields['proto'] ?? (named === '' ? undefined : 'tcp'))
  if (named === undefined || transport === undefined) return undefined
  const application = named === '' ? word(fields['service']) : named
  return between(event, {
    transport,
    // Zeek puts the opener first, and turns round what it saw half-way itself.
    opener: 'from',
    attempt: noConnection.has(state),
    sealed: sealedBy(application),
    bytes: amountOf(fields['orig_bytes']) + amountOf(fields['resp_bytes']),
    application,
  })
}

const synchronise = 2
const acknowledge = 16
/** Who opened a TCP connection, by the flags of the first packets: SYN alone opens, SYN with ACK answers (RFC 9293, section 3.5). */
export const openerOf = (flags: number): Opener =>
  (flags & synchronise) === 0 ? 'unknown' : (flags & acknowledge) === 0 ? 'from' : 'to'

function cloudFlow(event: FlowEvent): Reading | undefined {
  const { fields } = event
  const transport = transportOf(fields['protocol'])
  if (event.logsource.service !== 'vpcflow' || transport === undefined) return undefined
  return between(event, {
    transport,
    opener: openerOf(amountOf(fields['tcp_flags'] ?? fields['tcp-flags'])),
    attempt: fields['action'] === 'REJECT',
    bytes: amountOf(fields['bytes']),
  })
}

function netfilter(event: FlowEvent): Reading | undefined {
  const { fields } = event
  const transport = transportOf(fields['PROTO'])
  if (transport === undefined) return undefined
  const flags = word(fields['flags'])
  const action = fields['action']
  return between(event, {
    transport,
    opener: /\bSYN\b/.test(flags) ? (/\bACK\b/.test(flags) ? 'to' : 'from') : 'unknown',
    attempt: action === 'drop' || action === 'reject',
  })
}

const [sysmonConnection, permitted, blocked] = [3, 5156, 5157]
/** Direction of the Windows Filtering Platform: %%14592 inbound, %%14593 outbound. */
const outbound = '%%14593'

function windows(event: FlowEvent): Reading | undefined {
  const { fields, host } = event
  const id = fields['EventID']
  const transport = transportOf(fields['Protocol'])
  if (transport === undefined) return undefined
  if (event.logsource.service === 'sysmon') {
    if (id !== sysmonConnection) return undefined
    // Source is who opened it, also where this machine was the one called.
    const called = String(fields['Initiated']).toLowerCase() === 'false'
    return between(event, {
      transport,
      opener: 'from',
      witness: 'machine',
      ...(called ? { toHost: host } : { fromHost: host }),
    })
  }
  if (id !== permitted && id !== blocked) return undefined
  const goesOut = fields['Direction'] === outbound
  return between(event, {
    transport,
    opener: goesOut ? 'from' : 'unknown',
    attempt: id === blocked,
    witness: 'machine',
    ...(goesOut ? { fromHost: host } : {}),
  })
}

/** By product of the log source. */
export const sensors: ReadonlyMap<string, (event: FlowEvent) => Reading | undefined> = new Map([
  ['suricata', suricata],
  ['zeek', zeek],
  ['aws', cloudFlow],
  ['linux', netfilter],
  ['windows', windows],
])
