// What may be asked of the host.
import { z } from 'zod'
import { operation, responders, type RoomOperation } from '#kernel'
import { HostFacts } from './types.ts'

/** The host room: the machine it runs on. */
export interface Host {
  /** Reads the machine anew. */
  read(): Promise<HostFacts>
}

const ask = operation<Host>()

export const operations: readonly RoomOperation<Host>[] = [
  ask({
    name: 'host.show',
    does: 'show what the machine that Castellan runs on is: addresses, listening ports, packages, accounts',
    kind: 'read',
    may: [...responders, 'auditor'],
    input: z.strictObject({
      packages: z.boolean().default(false).meta({ description: 'list every package, not only how many there are' }),
    }),
    output: HostFacts,
    example: {},
    async run({ packages }, host) {
      const facts = await host.read()
      return packages ? facts : { ...facts, packages: { ...facts.packages, items: [] } }
    },
  }),
]
