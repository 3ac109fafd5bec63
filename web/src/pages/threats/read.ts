// What a threat says, taken apart for reading: its witness as a chain, its numbers as likelihood and severity, its weaknesses as links.
import type { Output } from '../../client/nouns.ts'

export type RootCause = Output<'threat.list'>['items'][number]
export type Threat = RootCause['threats'][number]
export type Problem = Output<'threat.list'>['issues'][number]
export type DecisionKind = NonNullable<Threat['decision']>['decision']

export const decisionKinds = [
  'mitigated',
  'accepted',
  'transferred',
  'false-positive',
] as const satisfies readonly DecisionKind[]

export const decisionWords: Readonly<Record<DecisionKind, { title: string; means: string }>> = {
  mitigated: {
    title: 'Mitigated',
    means: 'something that the model does not show makes it harmless; name it as the control',
  },
  accepted: { title: 'Accepted', means: 'it is lived with, until a day' },
  transferred: {
    title: 'Transferred',
    means: 'somebody else answers for it: a supplier, an insurance; name them as the control',
  },
  'false-positive': { title: 'False positive', means: 'it is not so here; say why the rule is wrong' },
}

export const originWords: Readonly<Record<Threat['witness']['origin'], string>> = {
  internet: 'Anybody on the internet',
  partner: 'Another organisation',
  workplace: 'A machine at which people work',
  insider: 'Somebody inside',
  physical: 'Somebody who holds the machine',
}

export const likelihoodWords: Readonly<Record<Threat['likelihood'], string>> = {
  rare: 'less than once in 33 years',
  unlikely: 'at least once in 33 years',
  possible: 'at least once in 10 years',
  likely: 'at least once in 3 years',
  expected: 'at least once a year',
}

/** Inputs of the severity, 1 low to 4 critical; all others are factors of the likelihood. */
const ofSeverity = new Set(['confidentiality', 'integrity', 'availability', 'service', 'criticality'])
export const severityWords = ['', 'low', 'medium', 'high', 'critical'] as const

type Inputs = Threat['inputs']
/** A rating's inputs: factors whose product is how often a year, and counts of which the worst is the severity. */
export function splitInputs(inputs: Inputs): {
  readonly factors: Inputs
  readonly product: number
  readonly harms: Inputs
} {
  const factors = inputs.filter(({ name }) => !ofSeverity.has(name))
  const product = factors.reduce((all, { value }) => all * value, 1)
  return { factors, product, harms: inputs.filter(({ name }) => ofSeverity.has(name)) }
}

export interface Link {
  /** Id of an asset, of people or of a zone. */
  readonly id: string
  /** Flow, trust or login by which it is come to; empty when the witness names none. */
  readonly by: string
  readonly how: 'flow' | 'trust' | 'login' | ''
}
interface Ends {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** A witness in order: where it begins, then each asset with what leads to it. Flows that lead between none of them come as `besides`. */
export function chainOf(
  witness: Threat['witness'],
  flows: readonly Ends[],
): { readonly links: readonly Link[]; readonly besides: readonly string[] } {
  const named = new Set(witness.flows)
  const ends = flows.filter(({ id }) => named.has(id))
  const used = new Set<string>()
  const assets = witness.assets[0] === witness.start ? witness.assets.slice(1) : witness.assets
  let before = witness.start
  const links: Link[] = [{ id: before, by: '', how: '' }]
  for (const id of assets) {
    const flow = ends.find(({ from, to }) => from === before && to === id)
    const trust = witness.trust.find((one) => one.includes(before) && one.includes(id))
    if (flow) used.add(flow.id)
    if (flow) links.push({ id, by: flow.id, how: 'flow' })
    else if (trust !== undefined) links.push({ id, by: trust, how: 'trust' })
    else if (witness.people.includes(before)) links.push({ id, by: '', how: 'login' })
    else links.push({ id, by: '', how: '' })
    before = id
  }
  return { links, besides: witness.flows.filter((id) => !used.has(id)) }
}

/** Where CWE describes a weakness; undefined for what is no CWE id. */
export function weaknessLink(id: string): string | undefined {
  const found = /^CWE-(\d+)$/.exec(id)
  return found ? `https://cwe.mitre.org/data/definitions/${found[1]}.html` : undefined
}

/** Titles begin small in the model; a heading begins large. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Lines of a diff with what each is. */
export const diffLines = (diff: string): { text: string; kind: 'added' | 'gone' | 'place' | 'same' }[] =>
  diff
    .replace(/\n$/, '')
    .split('\n')
    .map((text) => ({
      text,
      kind: /^(\+\+\+|---|@@)/.test(text)
        ? 'place'
        : text.startsWith('+')
          ? 'added'
          : text.startsWith('-')
            ? 'gone'
            : 'same',
    }))
