// What may be asked about attack paths.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import type { Paths } from './paths.ts'
import { profiles } from './profiles.ts'
import { Blast, Choke, Jewel, PathList, ProfileView } from './types.ts'

const ask = operation<Paths>()
const text = z.string().min(1).max(400)

const profile = z
  .string()
  .max(40)
  .optional()
  .meta({ description: `who attacks: ${profiles.map(({ id }) => id).join(', ')}; internet when not given` })
const from = text.optional().meta({ description: 'asset or people to start from, instead of where the profile starts' })
const whatIf = {
  without: z
    .array(text)
    .max(50)
    .default([])
    .meta({ description: 'as if this flow (or `use PEOPLE -> ASSET`, `trust A -> B`) were not there' }),
  fix: z.array(text).max(50).default([]).meta({ description: 'as if this weakness were fixed: CWE-89@asset' }),
  add: z.array(text).max(50).default([]).meta({ description: 'as if this control were there: waf@asset' }),
}
const goal = 'data, service or asset; `ransom:DATA`, `tamper:DATA`'

export const operations: readonly RoomOperation<Paths>[] = [
  ask({
    name: 'path.list',
    does: 'show the likeliest attack paths to the crown jewels, or to one goal',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      from,
      to: text.optional().meta({ description: `${goal}; the crown jewels when not given` }),
      profile,
      k: z.number().int().min(1).max(20).default(3).meta({ description: 'paths for each goal' }),
      unseen: z.boolean().default(false).meta({ description: 'only paths that no tested detection covers' }),
      ...whatIf,
    }),
    output: PathList,
    example: { to: 'patient-records', k: 2 },
    columns: ['probability', 'title', 'summary'],
    found: ({ items }) => items.length > 0,
    run: (input, paths) => paths.list(input),
  }),
  ask({
    name: 'path.blast',
    does: 'show what follows when an asset or people are lost: assets, data, services',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ asset: text.meta({ description: 'asset, or people' }), ...whatIf }),
    output: Blast,
    example: { asset: 'bastion' },
    positional: ['asset'],
    columns: ['asset', 'how', 'probability'],
    run: (input, paths) => paths.blast(input),
  }),
  ask({
    name: 'path.choke',
    does: 'show what every path to a goal passes, and the cheapest changes that close them',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      to: text.meta({ description: goal }),
      from,
      profile,
      below: z
        .number()
        .gt(0)
        .max(1)
        .optional()
        .meta({ description: 'no path may stay as likely as this; half of the likeliest when not given' }),
      ...whatIf,
    }),
    output: Choke,
    example: { to: 'patient-records' },
    positional: ['to'],
    run: (input, paths) => paths.choke(input),
  }),
  ask({
    name: 'path.profiles',
    does: 'list the adversaries: where they start, what they are good at, what they are after',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(ProfileView), jewels: z.array(Jewel) }),
    example: {},
    columns: ['id', 'title', 'starts', 'does'],
    run: (_, paths) => ({ items: paths.profiles(), jewels: paths.jewels() }),
  }),
]
