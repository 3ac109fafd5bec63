// Which techniques of ATT&CK rules would see: with the rules at work, those that are tested, and the log sources that arrive.
import { tacticNames, techniqueIds, techniqueState } from '#standards'
import type { LoadedRule } from '../load.ts'
import { isAtWork, type Standing } from './standing.ts'

/** Of the best rule for it: tested and at work, at work, waiting for its log source or field, or not at work at all. */
export const coverageStates = ['tested', 'running', 'waiting', 'idle'] as const
export type CoverageState = (typeof coverageStates)[number]
export interface Covered {
  readonly technique: string
  readonly state: CoverageState
  readonly tested: number
  readonly running: number
  /** Rules that would run, but whose log source or field was never seen. */
  readonly waiting: number
  readonly idle: number
}

/** ATT&CK Navigator's layer format 4.5. */
export interface Layer {
  readonly name: string
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: string }
  readonly domain: string
  readonly description: string
  readonly techniques: readonly {
    readonly techniqueID: string
    readonly score: number
    readonly color: string
    readonly comment: string
    readonly enabled: boolean
  }[]
  readonly gradient: { readonly colors: readonly string[]; readonly minValue: number; readonly maxValue: number }
  readonly legendItems: readonly { readonly label: string; readonly color: string }[]
}

const colours: Readonly<Record<CoverageState, string>> = {
  tested: '#2f7d4f',
  running: '#8fc79f',
  waiting: '#f0c36d',
  idle: '#d9d9d9',
}
const scores: Readonly<Record<CoverageState, number>> = { tested: 100, running: 70, waiting: 30, idle: 0 }

/** The id in use today of a technique that a tag names. */
function today(id: string): string {
  const found = techniqueState(id)
  return found.is === 'replaced' ? found.by : id
}

const stateOf = (standing: Standing | undefined, proven: boolean): CoverageState => {
  if (standing && isAtWork(standing)) return proven ? 'tested' : 'running'
  return standing?.standing === 'no-data-source' || standing?.standing === 'field-never-seen' ? 'waiting' : 'idle'
}

/** Every technique that some rule names, in order of its id. */
export function coverageOf(
  rules: readonly Pick<LoadedRule, 'id' | 'techniques'>[],
  standing: (id: string) => Standing | undefined,
  proven: ReadonlySet<string>,
): Covered[] {
  const all = new Map<string, Record<CoverageState, number>>()
  for (const { id, techniques } of rules) {
    const state = stateOf(standing(id), proven.has(id))
    for (const technique of new Set(techniques.map(today))) {
      const counts = all.get(technique) ?? { tested: 0, running: 0, waiting: 0, idle: 0 }
      counts[state]++
      all.set(technique, counts)
    }
  }
  return [...all]
    .map(([technique, counts]) => ({
      technique,
      state: coverageStates.find((state) => counts[state] > 0) ?? 'idle',
      ...counts,
    }))
    .sort((a, b) => (a.technique < b.technique ? -1 : 1))
}

/** `T1059` of `T1059.001`. */
export const baseOf = (technique: string): string => technique.split('.')[0] ?? technique

/** A tactic counts for a technique when it has at least this share of what the likeliest has. */
const leastShare = 0.5

/**
 * The tactics under which each technique stands, in the order of the matrix: those that rules name together with it. A rule that names
 * several tactics gives each its share. Sub-techniques stand where their technique does.
 */
export function tacticsOf(
  rules: readonly { readonly techniques: readonly string[]; readonly tactics: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  const votes = new Map<string, Map<string, number>>()
  for (const { techniques, tactics } of rules)
    for (const technique of new Set(techniques.map((id) => baseOf(today(id)))))
      for (const tactic of tactics) {
        const mine = votes.get(technique) ?? new Map<string, number>()
        votes.set(technique, mine.set(tactic, (mine.get(tactic) ?? 0) + 1 / tactics.length))
      }
  return new Map(
    [...votes].map(([technique, mine]) => {
      const most = Math.max(...mine.values())
      return [technique, tacticNames.filter((tactic) => (mine.get(tactic) ?? 0) >= most * leastShare)]
    }),
  )
}

/** Techniques of ATT&CK, without their sub-techniques, that no rule names. */
export function uncovered(covered: readonly Pick<Covered, 'technique'>[]): string[] {
  const known = new Set(covered.map(({ technique }) => baseOf(technique)))
  return techniqueIds().filter((id) => !id.includes('.') && !known.has(id))
}

/** How many techniques in use have rules of each state, and how many none. */
export function coverageCounts(covered: readonly Covered[]): Record<CoverageState | 'none' | 'techniques', number> {
  const known = new Set(techniqueIds())
  const counts = { tested: 0, running: 0, waiting: 0, idle: 0, none: known.size, techniques: known.size }
  for (const { technique, state } of covered) {
    if (!known.has(technique)) continue
    counts[state]++
    counts.none--
  }
  return counts
}

/** The layer that ATT&CK Navigator shows. */
export const layerOf = (covered: readonly Covered[], name: string): Layer => ({
  name,
  versions: { attack: '18', navigator: '5.1.0', layer: '4.5' },
  domain: 'enterprise-attack',
  description: 'rules at work, tested rules, and the log sources that arrive',
  techniques: covered.map(({ technique, state, tested, running, waiting, idle }) => ({
    techniqueID: technique,
    score: scores[state],
    color: colours[state],
    comment: `${tested} tested, ${running} running, ${waiting} without their log source or field, ${idle} not at work`,
    enabled: true,
  })),
  gradient: { colors: ['#ffffff', '#2f7d4f'], minValue: 0, maxValue: 100 },
  legendItems: coverageStates.map((state) => ({ label: state, color: colours[state] })),
})
