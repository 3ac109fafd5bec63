// Risk per user, host and address at work: terms kept with the alerts, an alert when a sum crosses the threshold, the arithmetic on demand.
import type { Clock } from '#kernel'
import type { State } from '#platform'
import type { Level } from '#standards'
import { alertId } from '../store.ts'
import type { Alert } from '../types.ts'
import {
  curveOf,
  type Episode,
  episodesOf,
  horizonOf,
  inOrder,
  newEpisodes,
  riskAt,
  type RiskSettings,
  shareAt,
} from './fold.ts'
import { confidenceOf, type RiskKind, type Term, termsOf } from './points.ts'
import { type Entity, riskStore, type RiskStore } from './store.ts'

export interface RiskDeps {
  readonly state: State
  readonly clock: Clock
  readonly settings: RiskSettings
  /** How critical the model says an asset is. */
  readonly criticalityOf: (asset: string) => Level | undefined
  /** What its author says of a rule; nothing for what no rule file makes. */
  readonly statusOf: (rule: string) => string | undefined
  readonly alertsByIds: (ids: readonly string[]) => Promise<readonly Alert[]>
}

/** The rule that alerts about risk name. */
export const riskRule = '3d9b6a1e-8c47-4f0b-9b55-6e1f2a7c0d11'
const day = 86_400_000
const curvePoints = 120
/** Terms written out in an alert; the others are added up in one line. */
const mostLines = 12

/** How risky something is now. */
export interface Ranked {
  readonly kind: RiskKind
  readonly name: string
  readonly risk: number
  readonly terms: number
  readonly last: number
  readonly title: string
  readonly over: boolean
}

export type Risk = ReturnType<typeof openRisk>

/** Opens risk over the state store. */
export function openRisk(deps: RiskDeps) {
  const { state, settings } = deps
  const store = riskStore(state)
  const termsFor = (alert: Alert): Term[] =>
    termsOf(alert, deps.criticalityOf(alert.asset), confidenceOf(deps.statusOf(alert.rule.id)))

  /** New stretches of one entity, each as an alert. */
  async function crossings(entity: Entity, from: number): Promise<Alert[]> {
    const terms = await store.of(entity, from)
    const raised = (await store.raisedOf(entity)).map(({ time }) => time)
    const found: Alert[] = []
    for (const episode of newEpisodes(episodesOf(terms, settings), raised)) {
      const [cause] = await deps.alertsByIds([episode.alert])
      if (!cause) continue
      const alert = riskAlert({ entity, episode, terms, cause, settings })
      await store.markRaised(entity, episode.from, alert.id)
      found.push(alert)
    }
    return found
  }
  return {
    ...reading(store, deps, termsFor),
    forget: (alerts: readonly string[]): Promise<void> => store.forget(alerts),
    settings,
    /** Adds new alerts to the risk of what they name, and answers an alert for each threshold that was crossed. Inside State.transaction(). */
    async fold(alerts: readonly Alert[]): Promise<Alert[]> {
      const terms = alerts.filter(({ rule }) => rule.id !== riskRule).flatMap(termsFor)
      if (terms.length === 0) return []
      await store.add(terms)
      const touched = new Map<string, Entity & { from: number }>()
      for (const { kind, name, time } of terms) {
        const key = `${kind} ${name}`
        const from = Math.min(time, touched.get(key)?.from ?? time)
        touched.set(key, { kind, name, from })
      }
      const found: Alert[] = []
      for (const { from, ...entity } of touched.values())
        found.push(...(await crossings(entity, from - horizonOf(settings))))
      return found
    },
  }
}

function reading(store: RiskStore, { clock, settings }: RiskDeps, termsFor: (alert: Alert) => Term[]) {
  return {
    /** What is risky now, the riskiest first. */
    async list({
      kind,
      limit,
    }: {
      kind?: RiskKind | undefined
      limit: number
    }): Promise<{ items: Ranked[]; total: number }> {
      const now = clock.now()
      const ranked = [...grouped(await store.since(now - horizonOf(settings))).values()]
        .map((terms) => rankedOf(terms, now, settings))
        .filter((one) => one !== undefined)
        .filter((one) => kind === undefined || one.kind === kind)
        .sort((a, b) => b.risk - a.risk || a.name.localeCompare(b.name))
      return { items: ranked.slice(0, limit), total: ranked.length }
    },
    /** The sum of one entity, term by term, and its curve. */
    async show({ kind, name }: Entity, { since, until }: { since: number; until: number }) {
      const at = Math.min(until, clock.now())
      const entity = { kind, name: name.toLowerCase() }
      const terms = await store.of(entity, since - horizonOf(settings))
      const lines = inOrder(terms)
        .map((term) => ({
          ...term,
          share: shareAt(term, at, settings),
          worth: term.points * shareAt(term, at, settings),
        }))
        .filter(({ share }) => share > 0)
      return {
        ...entity,
        at,
        risk: riskAt(terms, at, settings),
        ...settings,
        terms: lines.toSorted((a, b) => b.worth - a.worth),
        curve: curveOf(terms, { since, until: at, points: curvePoints }, settings),
        raised: (await store.raisedOf(entity)).filter(({ time }) => time >= since && time <= at),
      }
    },
    /** The highest risk now among the entities of each alert. */
    async ofAlerts(alerts: readonly Alert[]): Promise<Map<string, number>> {
      if (alerts.length === 0) return new Map()
      const now = clock.now()
      const names = alerts.flatMap((alert) => termsFor(alert).map(({ name }) => name))
      if (names.length === 0) return new Map()
      const all = grouped(await store.since(now - horizonOf(settings), names))
      const risks = new Map([...all].map(([key, terms]) => [key, riskAt(terms, now, settings)]))
      return new Map(
        alerts.map((alert) => [
          alert.id,
          Math.max(0, ...termsFor(alert).map(({ kind, name }) => risks.get(`${kind} ${name}`) ?? 0)),
        ]),
      )
    },
    /** Forgets terms that are worth nothing any more. */
    prune: (): Promise<number> => store.prune(clock.now() - 2 * horizonOf(settings) - 90 * day),
  }
}

function grouped(terms: readonly Term[]): Map<string, Term[]> {
  const all = new Map<string, Term[]>()
  for (const term of terms) {
    const key = `${term.kind} ${term.name}`
    const known = all.get(key)
    if (known) known.push(term)
    else all.set(key, [term])
  }
  return all
}

function rankedOf(terms: readonly Term[], now: number, settings: RiskSettings): Ranked | undefined {
  const last = inOrder(terms).at(-1)
  if (!last) return undefined
  const heaviest = terms.reduce((a, b) =>
    b.points * shareAt(b, now, settings) > a.points * shareAt(a, now, settings) ? b : a,
  )
  const risk = riskAt(terms, now, settings)
  const { kind, shown, time } = last
  return {
    kind,
    name: shown,
    risk,
    terms: terms.length,
    last: time,
    title: heaviest.title,
    over: risk >= settings.threshold,
  }
}

interface Crossing {
  readonly entity: Entity
  readonly episode: Episode
  readonly terms: readonly Term[]
  /** The alert that carried it over. */
  readonly cause: Alert
  readonly settings: RiskSettings
}

const tenths = (value: number): string => (Math.round(value * 10) / 10).toString()

/** The alert that something became risky: of the cause's event, with the sum written out. */
function riskAlert({ entity: { kind, name }, episode, terms, cause, settings }: Crossing): Alert {
  const counted = inOrder(terms)
    .map((term) => ({ ...term, share: shareAt(term, episode.from, settings) }))
    .filter(({ share, time, alert }) => share > 0 && (time < episode.from || alert <= episode.alert))
    .sort((a, b) => b.points * b.share - a.points * a.share)
  const shown = counted.find((term) => term.alert === episode.alert)?.shown ?? name
  const rest = counted.slice(mostLines)
  const matched = [
    ...counted.slice(0, mostLines).map((term) => ({
      selection: 'risk',
      field: term.title,
      modifiers: [],
      pattern: `${term.base} (${term.level}) × ${term.criticality} (asset) × ${term.confidence} (confidence) × ${term.share.toFixed(3)} (age)`,
      value: tenths(term.points * term.share),
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            selection: 'risk',
            field: `${rest.length} more`,
            modifiers: [],
            pattern: 'the same sum',
            value: tenths(rest.reduce((sum, { points, share }) => sum + points * share, 0)),
          },
        ]),
  ]
  const top = counted
    .slice(0, 4)
    .map(({ points, share, title }) => `${tenths(points * share)} ${title}`)
    .join(' + ')
  const id = alertId(riskRule, `${kind}\n${name}\n${Math.floor(episode.from / day)}`)
  return {
    ...cause,
    id,
    time: episode.from,
    rule: { id: riskRule, title: `Entity risk: ${kind} ${shown}`, level: 'high', techniques: [], tactics: [] },
    activity: 'risk crossed',
    message: `Risk of ${kind} ${shown} is ${tenths(episode.risk)}, from ${settings.threshold} on it alerts: ${top}${counted.length > 4 ? ' + …' : ''}`,
    host: kind === 'host' ? shown : '',
    user: kind === 'user' ? shown : '',
    asset: kind === 'host' ? cause.asset : '',
    entities: {
      ...(kind === 'host' ? { host: shown } : {}),
      ...(kind === 'user' ? { user: shown } : {}),
      processes: cause.entities.processes,
      addresses: kind === 'address' ? [shown] : [],
    },
    matched,
    incident: '',
  }
}
