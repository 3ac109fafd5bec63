// The first page: what happened, what waits for somebody, and whether the watch itself is awake.
import { z } from 'zod'
import { anyRole, type Issue, operation, placeText, type RoomOperation } from '#kernel'
import { type Level, levels } from '#standards'
import { type BenignFilter, countStates, type Suppression } from '#detection'
import { Incident } from '#incidents'
import { SourceHealth } from '#telemetry'
import type { House } from '../house.ts'
import { StoreView, storesOf } from './system.ts'

const ask = operation<House>()
const hour = 3_600_000
const day = 24 * hour
const byLevel = z.record(z.enum(levels), z.number())
const perHour = z.strictObject({
  at: z.number(),
  informational: z.number(),
  low: z.number(),
  medium: z.number(),
  high: z.number(),
  critical: z.number(),
})

/** Something that a person should look at, and the console's page for it. */
const Attention = z.strictObject({
  level: z.enum(levels),
  title: z.string(),
  detail: z.string(),
  to: z.string().meta({ description: 'path in the console' }),
})
type Attention = z.output<typeof Attention>

const Overview = z.strictObject({
  name: z.string(),
  at: z.number(),
  events: z.strictObject({
    lastHour: z.number(),
    lastDay: z.number(),
    perSecond: z.number(),
    stored: z.number(),
    trend: z
      .array(z.strictObject({ at: z.number(), count: z.number() }))
      .meta({ description: 'the last day by half hours' }),
  }),
  alerts: z.strictObject({
    lastDay: z.number(),
    byLevel: byLevel.meta({ description: 'of the last day' }),
    trend: z.array(perHour).meta({ description: 'the last day by hours' }),
  }),
  incidents: z.strictObject({ open: z.number(), byLevel, items: z.array(Incident) }),
  attention: z.array(Attention),
  sources: z.array(SourceHealth),
  rules: z.record(z.string(), z.number()),
  model: z.strictObject({
    zones: z.number(),
    assets: z.number(),
    flows: z.number(),
    data: z.number(),
    services: z.number(),
    issues: z.number(),
  }),
  ledger: z.strictObject({ entries: z.number(), ok: z.boolean(), checkedAt: z.number().nullable() }),
  stores: z.array(StoreView),
})

export const overviewOperations: readonly RoomOperation<House>[] = [
  ask({
    name: 'overview.show',
    does: 'show what happened, what waits for somebody, and how the watch is',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: Overview,
    example: {},
    run: (_input, house) => overview(house),
  }),
]

async function overview(house: House): Promise<z.input<typeof Overview>> {
  const now = house.clock.now()
  const { telemetry, detection, incidents, model, ledger } = house
  const thisHour = now - (now % hour)
  const [halfHours, newest, stored, trend, waiting, open, stores] = await Promise.all([
    telemetry.histogram({ since: now - day, until: now, buckets: 48 }),
    telemetry.histogram({ since: now - hour, until: now, buckets: 1 }),
    telemetry.stored(),
    detection.trend({ since: thisHour - 23 * hour, until: thisHour + hour, step: hour }),
    incidents.list({ states: ['open', 'investigating', 'contained'], limit: 100 }),
    incidents.openByLevel(),
    storesOf(house),
  ])
  const lastDay = await detection.counts({ since: now - day, until: now })
  const ending = endingSoon(await detection.hygiene.suppressions(), await detection.clean.filters(), now)
  const differences = await house.reality.list({ level: 'high', days: 30, limit: 1 })
  const rules = countStates(detection.rules())
  const { zones, assets, flows, data, services } = model.estate
  const sources = telemetry.health()
  const checked = ledger.checked()
  return {
    name: house.config.name,
    at: now,
    events: {
      lastHour: sum(newest.buckets),
      lastDay: sum(halfHours.buckets),
      perSecond: telemetry.perSecond(),
      stored,
      trend: halfHours.buckets,
    },
    alerts: { lastDay: sumOf(lastDay.byLevel), byLevel: lastDay.byLevel, trend },
    incidents: { open: waiting.total, byLevel: open, items: heaviestFirst(waiting.items).slice(0, 8) },
    attention: attention({
      sources,
      stores,
      rules,
      issues: model.issues,
      ledgerOk: checked.ok,
      differences: differences.total,
      ending,
      full: telemetry.spool().full,
    }),
    sources,
    rules,
    model: {
      zones: zones.length,
      assets: assets.length,
      flows: flows.length,
      data: data.length,
      services: services.length,
      issues: model.issues.length,
    },
    ledger: { entries: ledger.size, ...checked },
    stores,
  }
}

const heaviestFirst = (items: readonly Incident[]): Incident[] =>
  items.toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || b.last - a.last)

const sum = (buckets: readonly { readonly count: number }[]): number =>
  buckets.reduce((all, { count }) => all + count, 0)

const sumOf = (counts: Readonly<Record<Level, number>>): number => levels.reduce((sum, level) => sum + counts[level], 0)

/** What comes back into the queue of alerts soon, or came back in the last seven days. */
export function endingSoon(
  suppressions: readonly Suppression[],
  filters: readonly BenignFilter[],
  now: number,
): Attention[] {
  const inDays = (at: number): string => {
    const days = Math.round(Math.abs(at - now) / day)
    const count = days === 1 ? '1 day' : `${days} days`
    return at > now ? `ends in ${count}` : `ended ${count} ago`
  }
  const to = '/alerts?view=suppressions'
  const ending = suppressions.filter(
    ({ state, expires, hits }) => state === 'expiring' || (state === 'expired' && hits > 0 && now - expires < 7 * day),
  )
  return [
    ...ending.map(({ expires, hits, reason, owner }): Attention => ({
      level: 'low',
      title: `A suppression ${inDays(expires)}`,
      detail: `${reason} (${owner}); it kept ${hits} alerts out of the queue.`,
      to,
    })),
    ...filters
      .filter(({ state }) => state === 'expiring')
      .map(({ title, expires, owner }): Attention => ({
        level: 'low',
        title: `A benign filter ends on ${expires}`,
        detail: `${title} (${owner})`,
        to,
      })),
  ]
}

interface Watch {
  readonly sources: readonly SourceHealth[]
  readonly stores: readonly z.output<typeof StoreView>[]
  readonly rules: Readonly<Record<string, number>>
  readonly issues: readonly Issue[]
  readonly ledgerOk: boolean
  /** Heavy differences between the model and what was seen. */
  readonly differences: number
  /** Suppressions and benign filters that end soon, or just did. */
  readonly ending: readonly Attention[]
  readonly full: boolean
}

/** What is wrong with the watch itself, the worst first. */
export function attention({ sources, stores, rules, issues, ledgerOk, differences, ending, full }: Watch): Attention[] {
  const found: Attention[] = [...ending]
  const add = (level: Level, title: string, detail: string, to: string) => found.push({ level, title, detail, to })
  if (!ledgerOk)
    add('critical', 'The ledger does not verify', 'Keep a copy of its folder before anything else.', '/ledger')
  for (const store of stores.filter(({ ok }) => !ok))
    add('critical', `The store ${store.name} does not answer`, store.detail, '/settings')
  if (full) add('high', 'The spool is full', 'Inputs wait or are refused until the event store takes more.', '/sources')
  for (const source of sources.filter(({ state }) => state === 'failed'))
    add('high', `Source ${source.name} has failed`, source.detail, '/sources')
  const invalid = (rules['invalid'] ?? 0) + (rules['unsupported'] ?? 0) + (rules['needs-list'] ?? 0)
  if (invalid > 0) add('medium', `${invalid} rules do not run`, 'Each says why on its page.', '/rules')
  const errors = issues.filter(({ severity }) => severity === 'error')
  if (errors[0])
    add('medium', `The model has ${errors.length} errors`, `${placeText(errors[0].at)}: ${errors[0].text}`, '/estate')
  if (differences > 0)
    add(
      'medium',
      `${differences} heavy differences from the model`,
      'Flows were seen that the model does not say.',
      '/reality',
    )
  const dropping = sources.filter(({ rejected }) => rejected > 0)
  for (const source of dropping)
    add('low', `Source ${source.name} refused ${source.rejected} records`, source.detail, '/sources')
  return found.sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level))
}
