// What a derivation rule is: one way forward for an attacker, with its ATT&CK technique, its chance and what changes that.
import type { Control } from '#model'
import type { Tactic, TechniqueId } from '#standards'
import type { Facts } from '../facts.ts'
import type { Space } from '../space.ts'

/** What kind of skill a rule asks for; adversary profiles have more or less of each. */
export const skills = ['deception', 'exploitation', 'credentials', 'movement', 'impact'] as const
export type Skill = (typeof skills)[number]

/** What a machine is to its logs. `any`: whatever it is. */
export const platforms = ['windows', 'linux', 'web', 'database', 'cloud', 'saas', 'network', 'any'] as const
export type Platform = (typeof platforms)[number]

/** How a use of a rule goes. */
export interface How {
  /** node that it happens on: its controls and logs count */
  readonly on: number
  /** another node whose controls count too: the mail service for phishing */
  readonly guard?: number | undefined
  /** chance before controls and skill, 0 to 1 */
  readonly base: number
  /** where the base comes from, in words */
  readonly why: string | (() => string)
  /** flow that it goes over */
  readonly via?: string | undefined
  /** CWE or CVE that it uses: `fix` takes the step away */
  readonly weakness?: string | undefined
  /** change of the model that takes it away: `without FLOW`, `without use …` */
  readonly change?: string | undefined
  /** another technique than the rule's */
  readonly technique?: TechniqueId | undefined
}

/** One use of a rule: with all of `needs`, the attacker gets `gives`. */
export interface Step extends How {
  readonly gives: number
  readonly needs: readonly number[]
}

/** Takes one use of a rule. Several uses may share one `how`. */
export type Emit = (gives: number, needs: readonly number[], how: How) => void

export interface Rule {
  readonly id: string
  /** in a few words, with `{on}` for the asset: "Exploits {on}" */
  readonly title: string
  readonly technique: TechniqueId
  readonly tactic: Tactic
  readonly skill: Skill
  /** one sentence: what the attacker does, and when it works */
  readonly does: string
  /** Sigma log sources (product/category) that would see it */
  readonly seenBy: Partial<Record<Platform, readonly string[]>>
  /** controls that make it less likely, and by what factor */
  readonly less: Partial<Record<Control, number>>
  /** only moves on without risk or effort: not shown as a step of its own */
  readonly connects?: true
  ground(facts: Facts, space: Space, step: Emit): void
}
