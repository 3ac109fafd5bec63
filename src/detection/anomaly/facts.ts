// What detectors ask of an event, worked out once: who, where, which program, how many bytes, which act of administration.
import type { Event, FieldValue } from '#telemetry'
import { administration, persistence } from './administration.ts'
import { day, hour } from './numbers.ts'
import { remembered } from './remembered.ts'

/** What is kept of an event until its batch is: neither its record nor its fields. */
export type EventFacts = Pick<
  Event,
  | ('seq' | 'id' | 'time' | 'source' | 'activity' | 'message' | 'host' | 'user' | 'asset')
  | ('process' | 'process_uid' | 'parent_process' | 'parent_process_uid' | 'src_ip' | 'dst_ip')
  | ('class_uid' | 'activity_id' | 'outcome' | 'file' | 'domain' | 'target_user' | 'enriched')
>

/** What an event can have that detectors ask for, as bits: a detector whose bits an event has none of need not look at it. */
export const traits = {
  user: 1,
  host: 2,
  /** Logins that succeeded or failed, and whatever else is of their class. */
  authentication: 4,
  login: 8,
  /** A program that was started by one that is known. */
  start: 16,
  file: 32,
  /** A name asked of DNS. */
  question: 64,
  /** The other end of a connection lies outside. */
  outside: 128,
  bytesOut: 256,
  admin: 512,
  persists: 1024,
} as const

export interface Facts {
  readonly event: EventFacts
  /** Bits of `traits`. */
  readonly traits: number
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
  /** Bytes sent outside. */
  readonly bytesOut: number
  /** Seconds that a connection outside lasted. */
  readonly lasted: number
  /** Which act of administration it is, in a word or two; empty for none. */
  readonly admin: string
  /** What it set up to start by itself; empty where nothing was. */
  readonly persists: string
  /** Peer group of the account: its group of people in the model, else its department; empty where neither is known. */
  readonly peers: string
  /** Kind and zone of the machine in the model; empty where it is not in it. */
  readonly kind: string
  readonly zone: string
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
export const plainUser = (written: string | undefined): string => (written === undefined ? '' : plainName(written))
const plainName = remembered((written) => {
  const cut = written.slice(written.lastIndexOf('\\') + 1)
  const sign = cut.indexOf('@')
  const name = (sign > 0 ? cut.slice(0, sign) : cut).trim().toLowerCase()
  return name.endsWith('$') || system.has(name) || /^(?:dwm|umfd)-\d{1,5}$/.test(name) ? '' : name
})
export const plainHost = (written: string | undefined): string => (written === undefined ? '' : plainMachine(written))
const plainMachine = remembered((written) => {
  const dot = written.indexOf('.')
  const isAddress = written.includes(':') || /^[\d.]{7,15}$/.test(written)
  return (dot > 0 && !isAddress ? written.slice(0, dot) : written).toLowerCase()
})
/** File name of a path of either world, lower case. */
export const baseName = (path: string | undefined): string => (path === undefined ? '' : plainFile(path))
const plainFile = remembered((path) =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase(),
)

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

/** Which of the classes that detectors ask for an event is of. */
function classTraits({ class_uid, activity_id, parent_process }: Event): number {
  switch (class_uid) {
    case 1001:
      return traits.file
    case 1007:
      return activity_id === 1 && parent_process !== undefined ? traits.start : 0
    case 3002:
      return activity_id === 1 ? traits.authentication | traits.login : traits.authentication
    case 4003:
      return traits.question
    default:
      return 0
  }
}
type Had = Pick<Facts, 'user' | 'host' | 'outside' | 'bytesOut' | 'admin' | 'persists'>
const traitsOf = (event: Event, { user, host, outside, bytesOut, admin, persists }: Had): number =>
  classTraits(event) |
  (user === '' ? 0 : traits.user) |
  (host === '' ? 0 : traits.host) |
  (outside === '' ? 0 : traits.outside) |
  (bytesOut > 0 ? traits.bytesOut : 0) |
  (admin === '' ? 0 : traits.admin) |
  (persists === '' ? 0 : traits.persists)

const nothingMore: Readonly<Record<string, string>> = {}

/** Works out the facts of an event. Never throws. */
export function factsOf(event: Event): Facts {
  const time = Math.min(event.time, event.received)
  const outside = networkClass(event.class_uid) ? outsideOf(event) : ''
  // What goes to nobody outside is asked for by no detector.
  const names = outside === '' ? noNames : (amountNames.get(event.parser) ?? otherNames)
  const user = plainUser(event.user)
  const known = event.enriched ?? nothingMore
  const had = {
    user,
    host: plainHost(event.host),
    outside,
    bytesOut: first(event, names.sent),
    admin: user === '' ? '' : administration(event),
    persists: persistence(event),
  }
  return {
    event: eventFacts(event),
    traits: traitsOf(event, had),
    time,
    day: Math.floor(time / day),
    hour: Math.floor(time / hour),
    host: had.host,
    user,
    program: baseName(event.process),
    parent: baseName(event.parent_process),
    isLogin: event.class_uid === 3002 && event.activity_id === 1,
    outside,
    bytesOut: had.bytesOut,
    lasted: first(event, names.lasted),
    admin: had.admin,
    persists: had.persists,
    peers: known['identity.group'] ?? known['identity.department'] ?? '',
    kind: known['asset.kind'] ?? '',
    zone: known['asset.zone'] ?? '',
  }
}
