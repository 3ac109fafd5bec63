// Rules listed and shown, each with how it stands and how many alerts it has.
import { type Level, levels } from '#standards'
import type { LoadedRule, RuleState } from './load.ts'
import type { OwnRule } from './own-rules.ts'
import type { SeenSource } from './seen/seen.ts'
import { byId, countStandings, type Standing, standingOf, type StandingState } from './standing.ts'
import type { Live } from './correlation/work.ts'
import type { CompiledCorrelation } from './correlation/types.ts'
import type { CorrelationView, RuleView } from './types.ts'

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
  /** How many alerts each rule has. */
  readonly byRule: () => Promise<ReadonlyMap<string, number>>
  /** How a correlation stands at this moment. */
  readonly live: (id: string) => Live
}

/** The part of the room that lists rules. */
export const ruleLists = ({ existing, rules, sources, own, byRule, live }: Lists) => ({
  rules,
  async listRules(filter: RuleFilter) {
    const standing = standingsOf(rules(), sources())
    for (const one of own) standing.set(one.rule, one.standing())
    const all = [...standing.keys()]
    const found = all.filter(
      (rule) =>
        fits(rule, filter) && (filter.standing ?? standing.get(rule)?.standing) === standing.get(rule)?.standing,
    )
    const from = filter.cursor === undefined ? 0 : Number(filter.cursor)
    const alerts = await byRule()
    const to = from + filter.limit
    return {
      items: found.slice(from, to).map((rule) => viewOf(rule, alerts, standing.get(rule))),
      next: to < found.length ? String(to) : null,
      total: found.length,
      counts: countStates(all),
      standings: countStandings([...standing.values()]),
    }
  },
  async showRule(id: string): Promise<RuleView & { text: string; correlation?: CorrelationView }> {
    const mine = own.find(({ rule }) => rule.id === id.toLowerCase())
    if (mine) return { ...viewOf(mine.rule, await byRule(), mine.standing()), text: mine.rule.text }
    const rule = existing(id)
    const shown = rule.correlation
      ? { correlation: { ...askedOf(rule.correlation), ...live(rule.correlation.id) } }
      : {}
    return { ...viewOf(rule, await byRule(), standingOf(rule, sources(), byId(rules()))), text: rule.text, ...shown }
  },
})

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

const viewOf = (rule: LoadedRule, alerts: ReadonlyMap<string, number>, standing: Standing | undefined): RuleView => ({
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
  alerts: alerts.get(rule.id) ?? 0,
})
