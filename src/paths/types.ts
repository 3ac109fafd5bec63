// The nouns of attack paths, as people and programs are shown them.
import { z } from 'zod'

const probability = z.number().min(0).max(1)

export const Factor = z.strictObject({ text: z.string(), factor: z.number() })

export const PathStep = z.strictObject({
  asset: z.string().meta({ description: 'where it happens' }),
  text: z.string().meta({ description: 'what the attacker does' }),
  gives: z.string().meta({ description: 'what the attacker then has' }),
  rule: z.string(),
  technique: z.string(),
  tactic: z.string(),
  probability: probability.meta({ description: 'that it succeeds, once everything before has' }),
  because: z.array(Factor).meta({ description: 'the factors of the probability; it is their product' }),
  over: z.array(z.string()).meta({ description: 'flows that it goes over' }),
  after: z.array(z.number()).meta({ description: 'earlier steps that it builds on, counted from 0' }),
  seenBy: z.array(z.string()).meta({ description: 'Sigma log sources that would show it' }),
  logged: z.boolean().meta({ description: 'whether the model says that the asset writes one of them' }),
  detected: z.boolean().meta({ description: 'whether a tested detection covers it' }),
})
export type PathStep = z.output<typeof PathStep>

export const Path = z.strictObject({
  goal: z.string(),
  title: z.string().meta({ description: 'what the attacker has reached' }),
  probability: probability.meta({ description: 'product over its steps, each counted once' }),
  summary: z.string().meta({ description: 'its assets in order, with techniques' }),
  start: z.string(),
  steps: z.array(PathStep),
  likewise: z.number().meta({
    description: 'further paths of the same shape over assets just like these, as far as they were looked at',
  }),
  detected: z.boolean().meta({ description: 'whether a tested detection covers any of its steps' }),
})
export type Path = z.output<typeof Path>

export const Reached = z.strictObject({
  goal: z.string(),
  title: z.string(),
  reachable: z.boolean(),
  probability: probability.meta({ description: 'of the likeliest path; 0 when there is none' }),
  undetected: probability.meta({
    description: 'of the likeliest path that no tested detection covers; 0 when there is none',
  }),
  exact: z.boolean().meta({ description: 'false when the search was cut off: a likelier path may exist' }),
  atMost: probability.meta({ description: 'no path that is not listed is likelier than this' }),
})
export type Reached = z.output<typeof Reached>

export const PathList = z.strictObject({ items: z.array(Path), goals: z.array(Reached) })
export type PathList = z.output<typeof PathList>

export const Blast = z.strictObject({
  from: z.string(),
  items: z.array(
    z.strictObject({
      asset: z.string(),
      title: z.string(),
      how: z.enum(['controls', 'runs commands', 'is logged in']),
      probability,
      exact: z.boolean().meta({ description: 'whether that is surely the likeliest way' }),
    }),
  ),
  data: z.array(z.strictObject({ data: z.string(), records: z.number(), probability })),
  services: z.array(z.strictObject({ service: z.string(), revenuePerHour: z.number(), probability })),
  records: z.number().meta({ description: 'expected number of records taken: records times probability, summed' }),
})
export type Blast = z.output<typeof Blast>

export const ChokePoint = z.strictObject({
  assets: z.array(z.string()).meta({ description: 'one asset, or several that are alike but for their names' }),
  steps: z.array(z.string()).meta({ description: 'what the attacker gets there on those paths' }),
  techniques: z.array(z.string()),
  seenBy: z.array(z.string()),
  unavoidable: z.boolean().meta({ description: 'every path to the goal passes one of them' }),
  otherwise: probability.meta({ description: 'of the likeliest path that avoids them all' }),
  through: z.number().meta({ description: 'how many of the five likeliest paths pass one of them' }),
  detected: z.boolean(),
})
export type ChokePoint = z.output<typeof ChokePoint>

export const Fix = z.strictObject({
  change: z.string().meta({ description: 'as what-if takes it: without FLOW, fix CWE-89@asset, add waf@asset' }),
  price: z.number(),
})

export const Choke = z.strictObject({
  goal: z.string(),
  title: z.string(),
  probability,
  points: z.array(ChokePoint),
  facts: z.array(z.string()).meta({ description: 'what every attacker has on every path to the goal' }),
  cut: z.strictObject({
    below: probability.meta({ description: 'wanted: no path as likely as this' }),
    possible: z.boolean(),
    changes: z.array(Fix),
    price: z.number(),
    atLeast: z
      .number()
      .meta({ description: 'no set of changes that does it is cheaper; equals price when that is proved' }),
    exact: z.boolean(),
    left: probability.meta({
      description: 'the likeliest path after the changes; when the wanted is not possible, the lowest that is',
    }),
    paths: z.number().meta({ description: 'paths that were needed to know' }),
  }),
})
export type Choke = z.output<typeof Choke>

export const ProfileView = z.strictObject({
  id: z.string(),
  title: z.string(),
  does: z.string(),
  starts: z.number().meta({ description: 'places to start from in this estate' }),
  skills: z.record(z.string(), z.number()),
  goals: z.array(z.string()).meta({ description: 'crown jewels that it is after' }),
})
export type ProfileView = z.output<typeof ProfileView>

export const Jewel = z.strictObject({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  assets: z.array(z.string()).meta({ description: 'assets that keep it, or that it needs' }),
})
export type Jewel = z.output<typeof Jewel>
