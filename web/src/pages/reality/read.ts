// What the reality check answers, and its kinds in words.
import type { Output } from '../../client/nouns.ts'

export type Finding = Output<'reality.list'>['items'][number]
export type Watched = Output<'reality.list'>['watched']

/** Each kind: a word for the filter, and what it means. */
export const kindWords: Readonly<Record<Finding['kind'], { readonly title: string; readonly means: string }>> = {
  undeclared: { title: 'Undeclared', means: 'seen, and not in the model' },
  attempted: { title: 'Attempted', means: 'one of our own tried something that is not in the model, and was stopped' },
  'wrong-direction': { title: 'Wrong direction', means: 'the other end begins' },
  'wrong-port': { title: 'Wrong port', means: 'declared on one port and seen on another' },
  unencrypted: { title: 'Unencrypted', means: 'declared encrypted and seen in plain text' },
  unused: { title: 'Unused', means: 'declared and not seen for a long time' },
  'unknown-host': { title: 'Unknown host', means: 'a machine inside that no asset stands for' },
  'never-seen': { title: 'Never seen', means: 'an asset that nothing was heard of' },
}

const isKind = (name: string): name is Finding['kind'] => Object.hasOwn(kindWords, name)
/** Every kind, in the order of the filter. */
export const kinds: readonly Finding['kind'][] = Object.keys(kindWords).filter(isKind)

/** `tcp/443`, or the protocol alone where there is no port. */
export const serviceText = ({ protocol, port }: Pick<Finding, 'protocol' | 'port'>): string =>
  port > 0 ? `${protocol}/${port}` : protocol
