// Which suppression keeps an alert out of the queue. Pure.
import type { Alert } from '../types.ts'
import { alertFilter } from './filter.ts'
import type { Suppression, SuppressionFit, SuppressionState } from './types.ts'

const day = 86_400_000
/** So long before its end a suppression is said to expire. */
export const warnBefore = 7 * day

export function stateOf({ expires, removed }: Pick<Suppression, 'expires' | 'removed'>, now: number): SuppressionState {
  if (removed !== null) return 'removed'
  if (now >= expires) return 'expired'
  return expires - now <= warnBefore ? 'expiring' : 'active'
}

const isSame = (asked: string | undefined, given: string): boolean =>
  asked === undefined || asked.toLowerCase() === given.toLowerCase()

/** The check of a fit, to be used many times. Throws Fault INPUT_INVALID for a search text that cannot be read. */
export function fitOf(fit: SuppressionFit): (alert: Alert) => boolean {
  const search = fit.q === undefined ? undefined : alertFilter(fit.q)
  return (alert) =>
    isSame(fit.rule, alert.rule.id) &&
    isSame(fit.level, alert.rule.level) &&
    isSame(fit.source, alert.source) &&
    isSame(fit.host, alert.host) &&
    isSame(fit.user, alert.user) &&
    isSame(fit.asset, alert.asset) &&
    (fit.address === undefined || alert.entities.addresses.some((address) => isSame(fit.address, address))) &&
    (search === undefined || search(alert))
}

/**
 * The first suppression, in the order given, that holds for an alert. It must hold both when the event happened and when the alert
 * was raised: a late event cannot slip under a suppression that has ended.
 */
export function suppressorOf(all: readonly Pick<Suppression, 'id' | 'fits' | 'expires' | 'removed'>[]) {
  const checks = all
    .filter(({ removed }) => removed === null)
    .map(({ id, fits, expires }) => ({ id, expires, check: fitOf(fits) }))
  return (alert: Alert): string =>
    checks.find(({ expires, check }) => Math.max(alert.time, alert.raised) < expires && check(alert))?.id ?? ''
}
