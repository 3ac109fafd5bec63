// What-if switches: changes in the words of the cheapest cut (`without FLOW`, `fix CWE-89@asset`, `add waf@asset`), kept in the address.
import type { Estate } from '../../client/nouns.ts'
import type { PathStep } from './ask.ts'

export const verbs = ['without', 'fix', 'add'] as const
export type Verb = (typeof verbs)[number]

export const verbWords: Readonly<Record<Verb, { title: string; means: string; example: string }>> = {
  without: {
    title: 'Without a flow',
    means: 'as if the flow were not there; also `use PEOPLE -> ASSET` and `trust A -> B`',
    example: 'web -> db',
  },
  fix: { title: 'Fix a weakness', means: 'as if the weakness were fixed on the asset', example: 'CWE-89@portal-db' },
  add: { title: 'Add a control', means: 'as if the control were there', example: 'waf@reverse-proxy' },
}

export type Control = Estate['assets'][number]['controls'][number]
/** All controls that the model knows. */
export const controls = [
  'mfa',
  'phishing-resistant-mfa',
  'edr',
  'waf',
  'disk-encryption',
  'mail-filter',
  'allow-list',
  'least-privilege',
  'isolation',
  'rate-limit',
  'input-validation',
  'hardened',
  'patched-weekly',
  'patched-monthly',
  'logging',
  'immutable-backup',
  'secrets-vault',
  'code-review',
  'egress-filter',
  'dlp',
  'sandbox',
  'integrity-check',
  'pseudonymised',
  'retention-limit',
  'consent',
  'session-recording',
  'signed-updates',
  'redundancy',
] as const satisfies readonly Control[]
/** Fails to compile when the model learns a control that is missing above. */
export const allControls: readonly Exclude<Control, (typeof controls)[number]>[] = []

export const isVerbText = (text: string): text is Verb => verbs.some((verb) => verb === text)

/** A change's verb and what it changes; undefined for what is none. */
export function partsOf(change: string): { readonly verb: Verb; readonly what: string } | undefined {
  const at = change.indexOf(' ')
  const [verb, what] = [change.slice(0, at), change.slice(at + 1).trim()]
  return at > 0 && isVerbText(verb) && what !== '' ? { verb, what } : undefined
}

/** How many changes of a kind the server takes. */
export const most = 50

/** Changes from the address: `add mfa@db; without web -> db`. A semicolon within one is doubled. */
export function changesOf(text: string | undefined): readonly string[] {
  const all = (text ?? '').split(/(?<!;);(?!;)/).map((each) => each.replaceAll(';;', ';').trim())
  return [...new Set(all)].filter((each) => partsOf(each) !== undefined).slice(0, most)
}

/** Changes as the address keeps them. */
export const changesText = (changes: readonly string[]): string =>
  changes.map((change) => change.replaceAll(';', ';;')).join('; ')

/** Changes as the operations take them; what is empty is left out. */
export function whatIfOf(changes: readonly string[]): { without?: string[]; fix?: string[]; add?: string[] } {
  const of = (verb: Verb): string[] =>
    changes.flatMap((change) => {
      const parts = partsOf(change)
      return parts?.verb === verb ? [parts.what] : []
    })
  return Object.fromEntries(verbs.map((verb) => [verb, of(verb)] as const).filter(([, list]) => list.length > 0))
}

/** Switches one on, or off when it was on. */
export const toggled = (changes: readonly string[], change: string): readonly string[] =>
  changes.includes(change) ? changes.filter((one) => one !== change) : [...changes, change]

/** The asset of a place: `web@dublin` is the asset web, deployed in dublin. */
export const assetOf = (place: string): string => place.split('@')[0] ?? place

/** What could be taken away from a step: the flows that it goes over, the weaknesses that its reasons name. */
export function changesFor(step: Pick<PathStep, 'asset' | 'over' | 'because'>): readonly string[] {
  const named = step.because.flatMap(({ text }) => text.match(/\b(?:CWE-\d+|CVE-\d{4}-\d+)\b/g) ?? [])
  return [
    ...[...new Set(named)].map((weakness) => `fix ${weakness}@${assetOf(step.asset)}`),
    ...step.over.map((flow) => `without ${flow}`),
  ]
}

/** Controls that an asset of the model has not got. */
export const missingControls = (estate: Pick<Estate, 'assets'> | undefined, asset: string): readonly Control[] => {
  const has = estate?.assets.find(({ id }) => id === asset)?.controls ?? []
  return controls.filter((control) => !has.includes(control))
}

/** What can be written after a verb in this estate, for the field that adds a switch. */
export function choicesFor(verb: Verb, estate: Pick<Estate, 'assets' | 'flows'> | undefined): readonly string[] {
  if (!estate) return []
  if (verb === 'without') return estate.flows.map(({ id }) => id)
  if (verb === 'fix') return estate.assets.flatMap(({ id, weaknesses }) => weaknesses.map((one) => `${one}@${id}`))
  return estate.assets.flatMap(({ id }) => missingControls(estate, id).map((control) => `${control}@${id}`))
}
