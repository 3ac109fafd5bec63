// From a match to an alert: what happened, to whom, why. Pure: the same match of the same event gives the same alert.
import { base32 } from '#kernel'
import type { Event } from '#telemetry'
import type { Match } from './engine.ts'
import { type Alert, type AlertEntities, AlertId } from './types.ts'

const loopback = /^(127\.|::1$|0\.0\.0\.0$|::$|-$)/

/** FNV-1a over 2 × 32 bits: names a rule and an event together; not for secrets. */
function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193) >>> 0
    b = (Math.imul(b, 31) + text.charCodeAt(at)) >>> 0
  }
  return base32(a, 7) + base32(b, 7)
}

/** The id of an alert: the event's own id and a fingerprint of the rule, so the same pair is the same alert for ever. */
export const alertIdOf = (rule: string, event: string): AlertId => AlertId.parse(`alr_${event.replace(/^evt_/, '')}${fingerprint(rule)}`)

const present = (texts: readonly (string | undefined)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== undefined && text !== '')),
]

/** What alerts of this event are related by. */
export function entitiesOf(event: Event): AlertEntities {
  const { host, user } = event
  return {
    ...(host ? { host: host.toLowerCase() } : {}),
    ...(user ? { user: user.toLowerCase() } : {}),
    processes: present([event.process_uid, event.parent_process_uid]),
    addresses: present([event.src_ip, event.dst_ip]).filter((address) => !loopback.test(address)),
  }
}

/** The alert of a match. `raised` is when, in milliseconds. */
export function alertOf({ rule, matched }: Match, event: Event, raised: number): Alert {
  const { id, title, level, techniques, tactics } = rule
  return {
    id: alertIdOf(id, event.id),
    time: event.time,
    raised,
    rule: { id, title, level, techniques: [...techniques], tactics: [...tactics] },
    event: event.id,
    source: event.source,
    activity: event.activity,
    message: event.message,
    host: event.host ?? '',
    user: event.user ?? '',
    asset: event.asset ?? '',
    entities: entitiesOf(event),
    matched: [...matched],
    incident: '',
  }
}
