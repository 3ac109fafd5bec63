// What detectors ask of an event, worked out once: who, where, which program, how many bytes, which act of administration.
import type { Event, FieldValue } from '#telemetry'
import { administration, persistence } from './administration.ts'
import { day, hour } from './numbers.ts'

/** What is kept of an event until its batch is: neither its record nor its fields. */
export type EventFacts = Pick<
  Event,
  | ('seq' | 'id' | 'time' | 'source' | 'activity' | 'message' | 'host' | 'user' | 'asset')
  | ('process' | 'process_uid' | 'parent_process' | 'parent_process_uid' | 'src_ip' | 'dst_ip')
  | ('class_uid' | 'activity_id' | 'outcome' | 'file' | 'domain' | 'target_user' | 'enriched')
>

export interface Facts {
  readonly event: EventFacts
  /** Time of the event, never after its receipt: a clock that runs ahead does not end a baseline. */
  readonly time: number
  /** Days and hours since 1970. */
  readonly day: number
  readonly hour: number
  /** Name without domain, lower case; empty when there is none. */
  readonly host: string
  /** Account of a person or a service, without domain, lower case; empty for none and for the system's own. */
  readonly user: string
  /** File name of the acting program and of what started it, lower case. */
  readonly program: string
  readonly parent: string
  readonly isLogin: boolean
  /** The other end, where it lies outside; its name where it was asked for by name. */
  readonly outside: string
  readonly bytesOut: number
  /** Seconds that a connection lasted. */
  readonly lasted: number
  /** Which act of administration it is, in a word or two; empty for none. */
  readonly admin: string
  /** What it set up to start by itself; empty where nothing was. */
  readonly persists: string
  readonly department: string
  readonly kind: string
}

const inner =
  /^(?:10\.|127\.|0\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|22[4-9]\.|23\d\.|255\.|::1?$|f[cdf][\da-f]{2}:|fe[89ab][\da-f]:|::ffff:)/
/** Whether an address belongs to the internet. */
export const isOutside = (address: string): boolean => !inner.test(address)

const system = new Set([
  'system',
  'local service',
  'network service',
  'anonymous logon',
  'iusr',
  'nobody',
  '-',
  'n/a',
  '(unknown)',
  'unknown',
])
/** The account under its plain name; empty for those of machines and of the system. */
export function plainUser(written: string | undefined): string {
  if (written === undefined) return ''
  const cut = written.slice(written.lastIndexOf('\\') + 1)
  const sign = cut.indexOf('@')
  const name = (sign > 0 ? cut.slice(0, sign) : cut).trim().toLowerCase()
  return name.endsWith('$') || system.has(name) || /^(?:dwm|umfd)-\d{1,5}$/.test(name) ? '' : name
}
export function plainHost(written: string | undefined): string {
  if (written === undefined) return ''
  const dot = written.indexOf('.')
  const isAddress = written.includes(':') || /^[\d.]{7,15}$/.test(written)
  return (dot > 0 && !isAddress ? written.slice(0, dot) : written).toLowerCase()
}
/** File name of a path of either world, lower case. */
export function baseName(path: string | undefined): string {
  if (path === undefined) return ''
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase()
}

const amount = (value: FieldValue | undefined): number => {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : 0
  return Number.isFinite(number) && number > 0 ? number : 0
}
const first = (event: Event, names: readonly string[]): number => {
  for (const name of names) {
    const found = amount(event.fields[name])
    if (found > 0) return found
  }
  return 0
}
interface AmountNames {
  readonly sent: readonly string[]
  /** In seconds. */
  readonly lasted: readonly string[]
}
/** Under which names a parser's events have bytes sent and how long it lasted; looking for all of them in each event is dear. */
const amountNames: ReadonlyMap<string, AmountNames> = new Map([
  ['windows', { sent: [], lasted: [] }],
  ['suricata', { sent: ['flow.bytes_toserver'], lasted: ['flow.age'] }],
  ['zeek', { sent: ['orig_bytes'], lasted: ['duration'] }],
])
const otherNames: AmountNames = {
  sent: [
    'orig_bytes',
    'flow.bytes_toserver',
    'sentbyte',
    'bytes_sent',
    'bytes_out',
    'SentBytes',
    'netflow.bytes_out',
    'source.bytes',
  ],
  lasted: ['duration', 'elapsed', 'session_duration', 'flow.age'],
}
const noNames: AmountNames = { sent: [], lasted: [] }

const networkClass = (class_uid: number): boolean => class_uid >= 4000 && class_uid < 5000

function outsideOf({ dst_ip, dst_host, enriched }: Event): string {
  if (dst_ip === undefined || !isOutside(dst_ip) || enriched?.['dst.asset'] !== undefined) return ''
  return (dst_host ?? dst_ip).toLowerCase()
}

/** The alert of a finding has a message of its own. */
const eventFacts = (event: Event): EventFacts => ({
  seq: event.seq,
  id: event.id,
  time: event.time,
  source: event.source,
  activity: event.activity,
  message: '',
  host: event.host,
  user: event.user,
  asset: event.asset,
  process: event.process,
  process_uid: event.process_uid,
  parent_process: event.parent_process,
  parent_process_uid: event.parent_process_uid,
  src_ip: event.src_ip,
  dst_ip: event.dst_ip,
  class_uid: event.class_uid,
  activity_id: event.activity_id,
  outcome: event.outcome,
  file: event.file,
  domain: event.domain,
  target_user: event.target_user,
  enriched: event.enriched,
})

/** Works out the facts of an event. Never throws. */
export function factsOf(event: Event): Facts {
  const time = Math.min(event.time, event.received)
  const isNetwork = networkClass(event.class_uid)
  const names = isNetwork ? (amountNames.get(event.parser) ?? otherNames) : noNames
  const user = plainUser(event.user)
  return {
    event: eventFacts(event),
    time,
    day: Math.floor(time / day),
    hour: Math.floor(time / hour),
    host: plainHost(event.host),
    user,
    program: baseName(event.process),
    parent: baseName(event.parent_process),
    isLogin: event.class_uid === 3002 && event.activity_id === 1,
    outside: isNetwork ? outsideOf(event) : '',
    bytesOut: first(event, names.sent),
    lasted: first(event, names.lasted),
    admin: user === '' ? '' : administration(event),
    persists: persistence(event),
    department: event.enriched?.['identity.department'] ?? '',
    kind: event.enriched?.['asset.kind'] ?? '',
  }
}
