// What of ATT&CK the rules see, and what of the model's attack paths they do not.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { baseOf, coverageStates } from '#detection'
import type { House } from '../house.ts'

const ask = operation<House>()

const Covered = z.strictObject({
  technique: z.string(),
  tactics: z
    .array(z.string())
    .meta({ description: 'under which it stands: those that rules name with it, or attack paths of the model' }),
  state: z.enum(coverageStates).meta({ description: 'of the best rule for it' }),
  tested: z.number().meta({ description: 'rules at work whose tests pass' }),
  running: z.number(),
  waiting: z.number().meta({ description: 'rules whose log source or field was never seen' }),
  idle: z.number().meta({ description: 'rules that do not run' }),
})
const Gap = z.strictObject({
  technique: z.string(),
  tactic: z.string(),
  asset: z.string(),
  text: z.string().meta({ description: 'what the attacker does there' }),
  goals: z.array(z.string()).meta({ description: 'what is reached over it' }),
  probability: z.number().meta({ description: 'of the likeliest path over it' }),
  missing: z.enum(['rule', 'log source', 'logging']).meta({
    description:
      'no rule for the technique; none whose log source arrives; or the model says that the asset does not write the log',
  }),
  seenBy: z.array(z.string()).meta({ description: 'log sources that would show it' }),
})

type Step = ReturnType<House['paths']['list']>['items'][number]['steps'][number]
type Gaps = Map<string, z.output<typeof Gap>>

export const ruleOperations: readonly RoomOperation<House>[] = [
  ask({
    name: 'rule.coverage',
    does: 'show which techniques of ATT&CK the rules see, with tests and log sources, and the gaps on attack paths',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      test: z.boolean().default(false).meta({ description: 'run the tests of the rules first' }),
      layer: z.boolean().default(false).meta({ description: 'with a layer for ATT&CK Navigator' }),
    }),
    output: z.strictObject({
      items: z.array(Covered),
      counts: z
        .record(z.string(), z.number())
        .meta({ description: 'techniques in use by the state of their best rule; none: without any rule' }),
      tested: z.boolean().meta({ description: 'whether tests were run since the start' }),
      uncovered: z
        .array(z.strictObject({ technique: z.string(), tactics: z.array(z.string()) }))
        .meta({ description: 'techniques in use, without their sub-techniques, that no rule names' }),
      gaps: z.array(Gap).meta({ description: 'steps of the likeliest attack paths that no rule covers' }),
      layer: z.record(z.string(), z.unknown()).nullable(),
    }),
    example: {},
    columns: ['technique', 'state', 'tested', 'running', 'waiting', 'idle'],
    async run({ test, layer }, { detection, paths, model }, { signal, progress }) {
      if (test) await detection.test({ signal, progress: (done, total) => progress(done, total, 'tests') })
      const found = detection.coverage()
      const states = new Map(found.items.map((one) => [one.technique, one.state]))
      const gaps: Gaps = new Map()
      if (model.estate.assets.length > 0)
        for (const path of paths.list({ k: 3 }).items)
          for (const step of path.steps) addGap(gaps, { step, goal: path.goal, probability: path.probability, states })
      const tactics = (technique: string): string[] => {
        const known = found.tactics.get(baseOf(technique))
        if (known) return [...known]
        const onPaths = [...gaps.values()].filter((gap) => baseOf(gap.technique) === baseOf(technique))
        return [...new Set(onPaths.map(({ tactic }) => tactic))]
      }
      return {
        items: found.items.map((one) => ({ ...one, tactics: tactics(one.technique) })),
        counts: found.counts,
        uncovered: found.uncovered.map((technique) => ({ technique, tactics: tactics(technique) })),
        tested: found.tested,
        gaps: [...gaps.values()].sort((a, b) => b.probability - a.probability),
        layer: layer ? { ...found.layer } : null,
      }
    },
  }),
]

function addGap(
  gaps: Gaps,
  {
    step,
    goal,
    probability,
    states,
  }: { step: Step; goal: string; probability: number; states: ReadonlyMap<string, string> },
): void {
  const { technique, tactic, asset, text, detected, logged, seenBy } = step
  if (technique === '' || detected) return
  const known = gaps.get(`${technique} ${asset}`)
  if (known) {
    if (!known.goals.includes(goal)) known.goals.push(goal)
    known.probability = Math.max(known.probability, probability)
    return
  }
  const [base = ''] = technique.split('.')
  const state = states.get(technique) ?? states.get(base)
  const missing = state === undefined || state === 'idle' ? 'rule' : logged ? 'log source' : 'logging'
  gaps.set(`${technique} ${asset}`, {
    technique,
    tactic,
    asset,
    text,
    goals: [goal],
    probability,
    missing,
    seenBy: [...seenBy],
  })
}
