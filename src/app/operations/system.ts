// How the program itself is.
import { memoryUsage } from 'node:process'
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { healthOfStores } from '#platform'
import type { House } from '../house.ts'

const ask = operation<House>()

export const StoreView = z.strictObject({
  name: z.string(),
  engine: z.string(),
  ok: z.boolean(),
  detail: z.string().meta({ description: 'where it is and its version, or what is wrong' }),
  bytes: z.number().optional(),
})

/** Asks both stores. Never rejects. */
export const storesOf = ({ state, events }: Pick<House, 'state' | 'events'>): Promise<z.output<typeof StoreView>[]> =>
  healthOfStores({ state, events })

export const systemOperations: readonly RoomOperation<House>[] = [
  ask({
    name: 'system.health',
    does: 'show how the program and its stores are',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      ok: z.boolean(),
      version: z.string(),
      uptimeSeconds: z.number(),
      memoryBytes: z.number().meta({ description: 'resident set of this process' }),
      stores: z.array(StoreView),
      counters: z.record(z.string(), z.number()).meta({ description: 'counted since start' }),
    }),
    example: {},
    found: ({ ok }) => !ok,
    async run(_input, house) {
      const stores = await storesOf(house)
      return {
        ok: stores.every((store) => store.ok),
        version: house.version,
        uptimeSeconds: Math.round((house.clock.now() - house.opened) / 1000),
        memoryBytes: memoryUsage().rss,
        stores,
        counters: { ...house.telemetry.counters },
      }
    },
  }),
]
