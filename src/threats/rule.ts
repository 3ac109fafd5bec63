// What a threat rule is. Adding one: its file below rules/, its line in rules/table.ts, its cases below rules/cases/.
import type { Control } from '#model'
import type { Facts } from './facts.ts'
import type { RemedyId } from './remedies.ts'
import type { Frequency, Harm, Linddun, Privilege, Stride, Witnessed } from './words.ts'

export interface ThreatRule {
  /** Kebab-case, unique for ever: decisions name it. */
  readonly id: string
  readonly title: string
  readonly stride: readonly Stride[]
  readonly linddun: readonly Linddun[]
  readonly cwe: readonly string[]
  /** MITRE ATT&CK techniques (enterprise unless they begin with T0). */
  readonly attack: readonly string[]
  readonly meaning: string
  readonly consequence: string
  readonly fix: string
  /** Log source in which it would be seen, in the words of Sigma. */
  readonly seenBy: string
  readonly falsePositives: string
  /** What a rule of the workspace asks for is a remedy of its own. */
  readonly remedy: RemedyId | `own:${string}`
  readonly frequency: Frequency
  readonly privilege: Privilege
  readonly harms: readonly Harm[]
  /** Controls that make it less likely without removing it. */
  readonly slowedBy: readonly Control[]
  readonly find: (facts: Facts) => Witnessed[]
}
