// What is asked on the page, read off its address; and the answers' words.
import type { NameOf } from '../../client/names.ts'
import type { Input, Output } from '../../client/nouns.ts'
import type { Params } from '../../frame/places.ts'
import { changesOf, whatIfOf } from './whatif.ts'

export type Path = Output<'path.list'>['items'][number]
export type PathStep = Path['steps'][number]
export type Reached = Output<'path.list'>['goals'][number]
export type Profiles = Output<'path.profiles'>
export type Choke = Output<'path.choke'>
export type Blast = Output<'path.blast'>

export const views = [
  { value: 'paths', title: 'Paths', hint: 'the likeliest ways to what is worth most' },
  { value: 'choke', title: 'Choke points', hint: 'where to detect, and the cheapest changes that close the ways' },
  { value: 'blast', title: 'Blast radius', hint: 'what follows when an asset or people are lost' },
] as const
export type View = (typeof views)[number]['value']
export const isView = (text: string | undefined): text is View => views.some(({ value }) => value === text)

export const counts = ['1', '3', '5', '10'] as const
export type Count = (typeof counts)[number]
const isCount = (text: string | undefined): text is Count => counts.some((count) => count === text)
export const usualCount: Count = '3'
export const usualProfile = 'internet'

export interface Question {
  readonly view: View
  readonly profile: string
  readonly from: string
  readonly to: string
  readonly k: Count
  readonly unseen: boolean
  /** Wanted of the cut; undefined for a tenth of the likeliest. */
  readonly below: number | undefined
  /** Whose blast radius. */
  readonly asset: string
  readonly changes: readonly string[]
}

export function questionOf(params: Params): Question {
  const view = params['view']
  const k = params['k']
  const below = Number(params['below'])
  const from = params['from'] ?? ''
  return {
    view: isView(view) ? view : 'paths',
    profile: params['profile'] ?? usualProfile,
    from,
    to: params['to'] ?? '',
    k: isCount(k) ? k : usualCount,
    unseen: params['unseen'] === 'yes',
    below: below > 0 && below <= 1 ? below : undefined,
    asset: params['asset'] ?? from,
    changes: changesOf(params['if']),
  }
}

type Who = Pick<Question, 'profile' | 'from'>
const whoOf = ({ profile, from }: Who): { profile?: string; from?: string } => ({
  ...(profile === usualProfile ? {} : { profile }),
  ...(from === '' ? {} : { from }),
})

/** Asked of path.list. Goals that the profile is after anyway are asked for together, so that going from one to the other costs nothing. */
export const listInput = (question: Question, usual: readonly string[]): Input<'path.list'> => ({
  ...whoOf(question),
  k: Number(question.k),
  ...(question.unseen ? { unseen: true } : {}),
  ...(question.to === '' || usual.includes(question.to) ? {} : { to: question.to }),
  ...whatIfOf(question.changes),
})

export const chokeInput = (question: Question, to: string): Input<'path.choke'> => ({
  to,
  ...whoOf(question),
  ...(question.below === undefined ? {} : { below: question.below }),
  ...whatIfOf(question.changes),
})

export const blastInput = ({ asset, changes }: Question): Input<'path.blast'> => ({ asset, ...whatIfOf(changes) })

const goalWords: Readonly<Record<string, string>> = {
  data: 'taken',
  tamper: 'changed',
  ransom: 'held to ransom',
  service: 'stopped',
  asset: 'controlled',
}

/** `Patient records taken` for `data:patient-records`; an unknown goal as it was written. */
export function goalText(goal: string, nameOf: NameOf): string {
  const at = goal.indexOf(':')
  const [kind, id] = [goal.slice(0, Math.max(0, at)), goal.slice(at + 1)]
  const word = goalWords[kind]
  return word === undefined ? nameOf(goal) : `${nameOf(id)} ${word}`
}

/** Whether a step simply goes on from the one before it. */
export const goesOn = (after: readonly number[], at: number): boolean =>
  (at === 0 && after.length === 0) || (after.length === 1 && after[0] === at - 1)

/** Assets of a path in order, one that follows itself named once. */
export const assetsOn = ({ steps }: Pick<Path, 'steps'>): readonly string[] =>
  steps.map(({ asset }) => asset).filter((asset, at, all) => asset !== all[at - 1])
