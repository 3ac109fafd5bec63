// Rules listed and shown, each with how it stands and how many alerts it has.
import { type Level, levels } from '#standards'
import type { LoadedRule, RuleState } from '../load.ts'
import type { OwnRule } from '../own-rules.ts'
import type { SeenSource } from '../seen/seen.ts'
import { originOf } from './origin.ts'
import type { Packs } from '../packs/packs.io.ts'
import { type Override, type Overrides, overridesById, thresholdOf } from '../overriding.ts'
import { type Parsed, parseSigma } from '../sigma/parse.ts'
import { byId, countStandings, isAtWork, type Standing, standingOf, type StandingState } from './standing.ts'
import { noHits, type RuleHits } from '../store.ts'
import type { TestState } from '../testing/book.ts'
import type { Live } from '../correlation/work.ts'
import type { CompiledCorrelation } from '../correlation/types.ts'
import type { CorrelationView, RuleView } from '../types.ts'

/** Which rules to list. */
export interface RuleFilter {
  readonly state?: RuleState | undefined
  readonly standing?: StandingState | undefined
  /** At least this level. */
  readonly level?: Level | undefined
  readonly q?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

interface Lists {
  readonly existing: (id: string) => LoadedRule
  readonly rules: () => readonly LoadedRule[]
  readonly sources: () => readonly SeenSource[]
  /** What raises alerts and is no rule file; listed after the others. */
  readonly own: readonly OwnRule[]
  /** Changes when the sources do. */
  readonly version: () => number
  /** What became of each rule that has alerts. */
  readonly byRule: () => Promise<ReadonlyMap<string, RuleHits>>
  readonly tests: (rule: LoadedRule) => TestState
  readonly places: {
    readonly own: string | undefined
    readonly folders: readonly string[]
    readonly packs?: Packs | undefined
  }
  readonly overrides: Overrides
  /** How a correlation stands at this moment. */
  readonly live: (id: string) => Live
}

/** The part of the room that lists rules. */
export function ruleLists(lists: Lists) {
  const { existing, rules, sources, own, byRule, live } = lists
  const working = workingOf(lists)
  const viewed = viewer(lists)
  return {
    rules,
    /** Rules that can find something as things stand: at work, their log sources and fields seen. */
    working,
    byRule,
    async listRules(filter: RuleFilter) {
      const standing = standingsOf(rules(), sources())
      for (const one of own) standing.set(one.rule, one.standing())
      const all = [...standing.keys()]
      const found = all.filter(
        (rule) =>
          fits(rule, filter) && (filter.standing ?? standing.get(rule)?.standing) === standing.get(rule)?.standing,
      )
      const from = filter.cursor === undefined ? 0 : Number(filter.cursor)
      const hits = await byRule()
      const to = from + filter.limit
      return {
        items: found.slice(from, to).map((rule) => viewed(rule, hits.get(rule.id), standing.get(rule))),
        next: to < found.length ? String(to) : null,
        total: found.length,
        counts: countStates(all),
        standings: countStandings([...standing.values()]),
      }
    },
    async showRule(id: string): Promise<RuleView & { text: string; correlation?: CorrelationView; feeds: Named[] }> {
      const mine = own.find(({ rule }) => rule.id === id.toLowerCase())
      const rule = mine?.rule ?? existing(id)
      const shown = rule.correlation
        ? { correlation: { ...askedOf(rule.correlation), ...live(rule.correlation.id) } }
        : {}
      const standing = mine?.standing() ?? standingOf(rule, sources(), byId(rules()))
      const view = viewed(rule, (await byRule()).get(rule.id), standing)
      return { ...view, text: rule.text, feeds: fedBy(rule, rules()), ...shown }
    },
  }
}

interface Named {
  readonly id: string
  readonly title: string
}
/** Correlations that a rule is a part of. */
const fedBy = ({ id }: LoadedRule, rules: readonly LoadedRule[]): Named[] =>
  rules
    .filter(({ correlation }) => correlation?.parts.some(({ rule }) => rule === id))
    .map((one) => ({ id: one.id, title: one.title }))

/** Worked out again only when rules were loaded or something was seen for the first time. */
function workingOf({ rules, sources, version }: Lists): () => readonly LoadedRule[] {
  let last: { rules: readonly LoadedRule[]; version: number; working: readonly LoadedRule[] } | undefined
  return () => {
    const [now, seen] = [rules(), version()]
    if (last?.rules === now && last.version === seen) return last.working
    const standing = standingsOf(now, sources())
    const working = now.filter((rule) => {
      const stands = standing.get(rule)
      return stands !== undefined && isAtWork(stands)
    })
    last = { rules: now, version: seen, working }
    return working
  }
}

const askedOf = ({ shown, parts }: CompiledCorrelation): Pick<CorrelationView, 'asks' | 'rules'> => ({
  asks: shown,
  rules: parts.map(({ rule, title }) => ({ id: rule, title })),
})

export const countStates = (rules: readonly LoadedRule[]): Record<RuleState, number> => {
  const counts: Record<RuleState, number> = { running: 0, disabled: 0, 'needs-list': 0, unsupported: 0, invalid: 0 }
  for (const { state } of rules) counts[state]++
  return counts
}

const fits = (rule: LoadedRule, { state, level, q }: RuleFilter): boolean =>
  (state === undefined || rule.state === state) &&
  (level === undefined || levels.indexOf(rule.level) >= levels.indexOf(level)) &&
  (q === undefined ||
    [rule.title, rule.id, rule.file, ...rule.techniques].some((text) => text.toLowerCase().includes(q.toLowerCase())))

function standingsOf(rules: readonly LoadedRule[], sources: readonly SeenSource[]): Map<LoadedRule, Standing> {
  const known = byId(rules)
  return new Map(rules.map((rule) => [rule, standingOf(rule, sources, known)]))
}

type View = (rule: LoadedRule, hits: RuleHits | undefined, standing: Standing | undefined) => RuleView

/** A rule as its file has it, whatever the workspace makes of it. */
const inItsFile = ({ id, file, text }: LoadedRule): Parsed | undefined =>
  parseSigma(text, file).documents.find(({ head }) => head.id === id)

function overrideView(rule: LoadedRule, { enabled, level, threshold, reason }: Override): RuleView['override'] {
  const upstream = inItsFile(rule)
  const spec = upstream?.kind === 'correlation' ? upstream.spec : undefined
  return {
    enabled: enabled ?? null,
    level: level ?? null,
    threshold: threshold ?? null,
    reason: reason ?? '',
    upstream: upstream?.head.level ?? rule.level,
    upstreamThreshold: thresholdOf(spec) ?? null,
  }
}

const viewer = ({ tests, places, overrides }: Lists): View => {
  const wanted = overridesById(overrides)
  return (rule, hits = noHits, standing) => {
    const override = wanted.get(rule.id)
    return {
      id: rule.id,
      title: rule.title,
      level: rule.level,
      status: rule.status,
      state: rule.state,
      why: rule.why,
      standing: standing?.standing ?? 'invalid',
      standingWhy: standing?.why ?? '',
      product: rule.source.product ?? '',
      category: rule.source.category ?? '',
      service: rule.source.service ?? '',
      techniques: [...rule.techniques],
      tactics: [...rule.tactics],
      file: rule.file,
      alerts: hits.alerts,
      hits: hits.hits,
      lastHit: hits.alerts === 0 ? null : hits.last,
      benign: hits.benign,
      confirmed: hits.confirmed,
      joins: (rule.correlation?.parts ?? []).map(({ title }) => title),
      origin: originOf(rule.file, places),
      override: override ? overrideView(rule, override) : null,
      tests: tests(rule),
    }
  }
}
