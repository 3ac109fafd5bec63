// The nouns that doors see: a threat, the root cause that it belongs to, and what was decided about it.
import { z } from 'zod'
import { levels } from '#standards'
import { likelihoods } from './rate.ts'
import { linddunTypes, origins, strideLetters } from './words.ts'

const Input = z.strictObject({ name: z.string(), value: z.number(), why: z.string() })

export const Witness = z.strictObject({
  origin: z.enum(origins),
  start: z.string().meta({ description: 'asset, person or zone with which it begins' }),
  assets: z.array(z.string()).meta({ description: 'assets on the way, in order' }),
  flows: z.array(z.string()),
  people: z.array(z.string()),
  trust: z.array(z.string()),
  hops: z.number().meta({ description: 'machines to take over before the step that the rule is about' }),
  text: z.string(),
})

export const decisionKinds = ['mitigated', 'accepted', 'transferred', 'false-positive'] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** What was decided about threats: one entry of decisions/*.yaml. */
export const Decision = z.strictObject({
  threat: z
    .string()
    .min(1)
    .max(300)
    .meta({ description: 'id of the threat, rule@target; * stands for any letters: flooded@*' }),
  decision: z.enum(decisionKinds),
  reason: z.string().min(1).max(2_000).meta({ description: 'why, for whoever reads it in a year' }),
  owner: z.string().min(1).max(100).meta({ description: 'who answers for it' }),
  until: z.iso
    .date()
    .optional()
    .meta({ description: 'last day on which it holds: 2027-01-31; needed to accept a threat' }),
  control: z.string().max(300).optional().meta({ description: 'what mitigates it, or to whom it is transferred' }),
})
export type Decision = z.output<typeof Decision>

export const Threat = z.strictObject({
  id: z.string().meta({ description: 'rule@target: the same for as long as both keep their names' }),
  rule: z.string(),
  title: z.string(),
  target: z.string(),
  place: z.string().meta({ description: 'where its fix is applied' }),
  cause: z.string().meta({ description: 'id of the root cause, remedy@place' }),
  level: z.enum(levels),
  likelihood: z.enum(likelihoods),
  perYear: z.number().meta({ description: 'expected successes in a year' }),
  severity: z.enum(levels),
  inputs: z.array(Input).meta({ description: 'every number that went into the rating; likelihood is their product' }),
  witness: Witness,
  stride: z.array(z.enum(strideLetters)),
  linddun: z.array(z.enum(linddunTypes)),
  cwe: z.array(z.string()),
  attack: z.array(z.string()),
  meaning: z.string(),
  consequence: z.string(),
  fix: z.string(),
  seenBy: z.string(),
  falsePositives: z.string(),
  data: z.array(z.string()).meta({ description: 'ids of the data that is harmed' }),
  services: z.array(z.string()).meta({ description: 'ids of the services that stand on what is harmed' }),
  decision: Decision.extend({ file: z.string(), line: z.number() }).optional(),
})
export type Threat = z.output<typeof Threat>

export const RootCause = z.strictObject({
  id: z.string(),
  title: z.string().meta({ description: 'the single fix, as a sentence' }),
  remedy: z.string(),
  at: z.array(z.string()).meta({ description: 'where it is applied: one place, or several that are alike' }),
  level: z.enum(levels).meta({ description: 'of the worst threat that is not decided; of the worst when all are' }),
  perYear: z.number(),
  threats: z.array(Threat),
  open: z.number().meta({ description: 'threats about which nothing is decided' }),
  data: z.array(z.string()),
  services: z.array(z.string()),
})
export type RootCause = z.output<typeof RootCause>
