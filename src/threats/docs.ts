// The rules as documents: what docs/reference/threats.md and the operation threat.rules show.
import { z } from 'zod'
import type { ThreatRule } from './rule.ts'
import { harms, linddunTypes, privileges, strideLetters } from './words.ts'
import { threatRules } from './rules/table.ts'

export const ThreatRuleDoc = z.strictObject({
  id: z.string(),
  title: z.string(),
  stride: z.array(z.enum(strideLetters)),
  linddun: z.array(z.enum(linddunTypes)),
  cwe: z.array(z.string()),
  attack: z.array(z.string()),
  meaning: z.string(),
  consequence: z.string(),
  fix: z.string(),
  seenBy: z.string(),
  falsePositives: z.string(),
  remedy: z.string(),
  frequency: z.string(),
  privilege: z.enum(privileges),
  harms: z.array(z.enum(harms)),
  slowedBy: z.array(z.string()),
})
export type ThreatRuleDoc = z.output<typeof ThreatRuleDoc>

/** A rule without its program. */
export function threatDoc(full: ThreatRule): ThreatRuleDoc {
  const { find: _, ...rule } = full
  return {
    ...rule,
    stride: [...rule.stride],
    linddun: [...rule.linddun],
    cwe: [...rule.cwe],
    attack: [...rule.attack],
    harms: [...rule.harms],
    slowedBy: [...rule.slowedBy],
  }
}

/** Every rule that Castellan brings. */
export const threatDocs: readonly ThreatRuleDoc[] = threatRules.map(threatDoc)
