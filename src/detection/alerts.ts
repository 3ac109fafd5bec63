// Matches → alerts.
import type { Event } from '#telemetry'
import { cidrOf } from './sigma/address.ts'
import type { Alert, AlertEntities, AlertId, MatchedField } from './types.ts'

/** What an alert says of its rule. */
type RuleFacts = {
  readonly [K in keyof Alert['rule']]: Alert['rule'][K] extends (infer T)[] ? readonly T[] : Alert['rule'][K]
}

/** What was found out about an event otherwise than by a Sigma rule; findings of the same rule and key are one. */
export interface Finding {
  readonly rule: RuleFacts
  readonly key: string
  readonly matched: readonly MatchedField[]
  /** What it is about, where that is not the host and user of the event: others stand apart in the queue. */
  readonly about?: string | undefined
}

/** Addresses that say nothing about who: this machine, or none. */
const silent = ['127.0.0.0/8', '::1', '0.0.0.0', '::'].flatMap((range) => cidrOf(range) ?? [])
const unique = (texts: readonly (string | undefined)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== undefined && text !== '')),
]

/** What an alert takes of its event. */
export type AlertEvent = Pick<
  Event,
  | ('id' | 'time' | 'source' | 'activity' | 'message' | 'host' | 'user' | 'asset')
  | ('process_uid' | 'parent_process_uid' | 'src_ip' | 'dst_ip')
>

/** Whom an event is about. */
export const entitiesOf = (event: AlertEvent): AlertEntities => ({
  ...(event.host ? { host: event.host.toLowerCase() } : {}),
  ...(event.user ? { user: event.user } : {}),
  processes: unique([event.process_uid, event.parent_process_uid]),
  addresses: unique([event.src_ip, event.dst_ip]).filter((address) => !silent.some((range) => range.has(address))),
})

/** The alert of a match. The same rule and event always give the same id. */
export const alertOf = (
  { rule, matched, about }: Omit<Finding, 'key'>,
  event: AlertEvent,
  made: { id: AlertId; raised: number },
): Alert => ({
  id: made.id,
  time: event.time,
  raised: made.raised,
  rule: {
    id: rule.id,
    title: rule.title,
    level: rule.level,
    techniques: [...rule.techniques],
    tactics: [...rule.tactics],
  },
  event: event.id,
  source: event.source,
  activity: event.activity,
  message: event.message,
  host: event.host ?? '',
  user: event.user ?? '',
  asset: event.asset ?? '',
  entities: entitiesOf(event),
  matched: [...matched],
  ...(about === undefined ? {} : { about }),
  incident: '',
})
