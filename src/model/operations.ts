// What may be asked of the model.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import type { Model } from './model.ts'
import { Estate } from './types.ts'

const ask = operation<Model>()

const Problem = z.strictObject({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  at: z.strictObject({ file: z.string(), line: z.number().optional(), column: z.number().optional() }),
  text: z.string(),
  help: z.string().optional(),
})

export const operations: readonly RoomOperation<Model>[] = [
  ask({
    name: 'model.show',
    does: 'show the estate: zones, assets, flows, data, services',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: Estate,
    example: {},
    run: (_, model) => model.estate,
  }),
  ask({
    name: 'model.check',
    does: "read the model's files again and list what is wrong with them",
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      issues: z.array(Problem),
      counts: z.strictObject({
        zones: z.number(),
        assets: z.number(),
        flows: z.number(),
        data: z.number(),
        services: z.number(),
      }),
    }),
    example: {},
    columns: ['severity', 'at', 'text', 'help'],
    found: ({ issues }) => issues.some(({ severity }) => severity === 'error'),
    async run(_, model) {
      await model.reload()
      const { zones, assets, flows, data, services } = model.estate
      return {
        issues: [...model.issues],
        counts: {
          zones: zones.length,
          assets: assets.length,
          flows: flows.length,
          data: data.length,
          services: services.length,
        },
      }
    },
  }),
]
