// Adversaries as data: where they start, what they are good at, what they are after.
import type { Facts } from './facts.ts'
import type { Skill } from './rules/rule.ts'
import type { FactKind, Space } from './space.ts'

/** Where an adversary may stand at first; of several, a path uses one. */
export interface Start {
  readonly gives: number
  readonly on: number
  readonly why: string
}

export const goalKinds = ['taken', 'tampered', 'ransom', 'stopped'] as const
export type GoalKind = (typeof goalKinds)[number]

export interface Profile {
  readonly id: string
  readonly title: string
  readonly does: string
  /** against an ordinary attacker, who has 1 */
  readonly skills: Partial<Record<Skill, number>>
  /** what this one is after when nobody says */
  readonly goals: readonly GoalKind[]
  starts(facts: Facts, space: Space, from?: string): Start[]
}

type Place = (facts: Facts) => readonly (readonly [kind: FactKind, index: number, why: string])[]

const outside: Place = () => [['outside', 0, 'anybody can be there']]

/** People who hold the device: not what they reach with it. */
const devices: Place = ({ crowds, nodes }) =>
  crowds.flatMap(({ seats }) =>
    seats.flatMap((seat) =>
      nodes[seat]?.asset.category === 'endpoint'
        ? [['code', seat, 'this device is in the hands of the attacker'] as const]
        : [],
    ),
  )

const people: Place = ({ crowds }) => crowds.map(({ index, title }) => ['person', index, `one of ${title}`])

const suppliers: Place = ({ nodes }) =>
  nodes.flatMap(({ index, asset, is, foreign }) =>
    !foreign && is('vendor-managed')
      ? [['admin', index, `the supplier of ${asset.title} is in the hands of the attacker`] as const]
      : [],
  )

/** Named by `from`: people by their id, assets by theirs (in full control of them). */
const named = (facts: Facts, from: string): ReturnType<Place> => [
  ...facts.crowds
    .filter(({ person }) => person === from)
    .map(({ index, title }) => ['person', index, `one of ${title}`] as const),
  ...(facts.byAsset.get(from) ?? []).map((node) => ['admin', node, 'said to be lost'] as const),
]

const profile = (place: Place, words: Omit<Profile, 'starts'>): Profile => ({
  ...words,
  starts: (facts, space, from) =>
    (from === undefined ? place(facts) : named(facts, from)).map(([kind, index, why]) => ({
      gives: space.fact(kind, index),
      on: kind === 'code' || kind === 'admin' ? index : (facts.crowds[index]?.seats[0] ?? 0),
      why,
    })),
})

export const profiles: readonly Profile[] = [
  profile(outside, {
    id: 'internet',
    title: 'Somebody on the internet',
    does: 'has no rights and no inside help; tries what anybody can try, for weeks',
    skills: {},
    goals: ['taken'],
  }),
  profile(devices, {
    id: 'laptop',
    title: 'A compromised laptop',
    does: 'has got a program to run on the device of one person',
    skills: {},
    goals: ['taken', 'ransom'],
  }),
  profile(people, {
    id: 'insider',
    title: 'A malicious insider',
    does: 'works here, has the rights of the function, knows the ways, and is no expert at breaking in',
    skills: { exploitation: 0.3, deception: 0.5, credentials: 0.7 },
    goals: ['taken', 'tampered'],
  }),
  profile(suppliers, {
    id: 'supplier',
    title: 'A supplier in the wrong hands',
    does: 'controls a service or an update that somebody else runs for us',
    skills: { exploitation: 1.3 },
    goals: ['taken'],
  }),
  profile(outside, {
    id: 'ransomware',
    title: 'A ransomware group',
    does: 'starts on the internet, writes good mail, buys credentials, moves fast, destroys backups, encrypts',
    skills: { deception: 1.4, credentials: 1.3, movement: 1.1, impact: 1.05 },
    goals: ['ransom', 'stopped'],
  }),
]
