// Rules read for people: where they come from, which of them a list shows, what an override looks like in castellan.yaml.
import type { LintFinding, Rule } from '../../client/nouns.ts'

export const logsourceOf = ({ product, category, service }: Pick<Rule, 'product' | 'category' | 'service'>): string =>
  [product, category, service].filter(Boolean).join(' / ')

/** `sigma @ 8eaafff1`, `own rules`. */
export function originText({ from, pack, revision, path }: Rule['origin']): string {
  if (from === 'pack') return `${pack} @ ${revision.slice(0, 8)}`
  if (from === 'own') return 'own rules'
  return from === 'folder' ? path : 'Castellan'
}

export const kinds = ['all', 'correlations', 'overridden', 'failed', 'silent', 'noisy'] as const
export type Kind = (typeof kinds)[number]
export const kindOf = (text: string | undefined): Kind => kinds.find((kind) => kind === text) ?? 'all'
export const kindWords: Readonly<Record<Kind, { title: string; means: string }>> = {
  all: { title: 'All kinds', means: 'every rule' },
  correlations: { title: 'Correlations', means: 'rules that join others' },
  overridden: { title: 'Overridden', means: 'castellan.yaml says something of them' },
  failed: { title: 'Failed tests', means: 'at least one of their tests failed' },
  silent: { title: 'Silent', means: 'at work, but never hit' },
  noisy: { title: 'Called benign', means: 'people called some of their alerts benign' },
}
const keeps: Readonly<Record<Kind, (rule: Rule) => boolean>> = {
  all: () => true,
  correlations: ({ joins }) => joins.length > 0,
  overridden: ({ override }) => override !== null,
  failed: ({ tests }) => tests === 'failed',
  silent: ({ standing, hits }) => (standing === 'running' || standing === 'unindexable') && hits === 0,
  noisy: ({ benign }) => benign > 0,
}
export const ofKind = (rules: readonly Rule[], kind: Kind): readonly Rule[] =>
  kind === 'all' ? rules : rules.filter(keeps[kind])

/** The share of judged alerts that were false, in words; empty while nobody judged one. */
export function falseText({ benign, confirmed }: Pick<Rule, 'benign' | 'confirmed'>): string {
  const judged = benign + confirmed
  if (judged === 0) return ''
  return `${Math.round((100 * benign) / judged)} % false (${benign} benign, ${confirmed} confirmed)`
}

/** What to write into castellan.yaml to override a rule. */
export const overrideText = ({ id, level }: Pick<Rule, 'id' | 'level'>, what: 'off' | 'level'): string =>
  `overrides:\n  ${id}: { ${what === 'off' ? 'enabled: false' : `level: ${level}`}, reason: … }\n`

const ranks = ['error', 'warning', 'hint'] as const
/** How grave the worst finding of each line is. */
export function worstByLine(
  findings: readonly Pick<LintFinding, 'severity' | 'at'>[],
): ReadonlyMap<number, LintFinding['severity']> {
  const worst = new Map<number, LintFinding['severity']>()
  for (const { severity, at } of findings) {
    const line = at.line ?? 1
    const before = worst.get(line)
    if (before === undefined || ranks.indexOf(severity) < ranks.indexOf(before)) worst.set(line, severity)
  }
  return worst
}
