// Failed logins make the next one wait: by account against guessing one password, by address against trying many accounts.
import { Fault } from '#kernel'
import { type Ground, tablesOf } from './store.ts'
import { secretHash } from './secret-text.io.ts'
import { nameKey } from './types.ts'

/** Tries that cost no waiting. */
export const freeTries = { account: 5, address: 20 } as const
export const longestWait = 15 * 60_000
const forgottenAfter = 24 * 3_600_000

/** How long to wait after so many failed tries, in milliseconds: nothing, then a second, doubled each time, at most 15 minutes. */
export const waitAfter = (failed: number, free: number): number =>
  failed < free ? 0 : Math.min(1000 * 2 ** Math.min(failed - free, 20), longestWait)

/** An address as it is counted: for IPv6 the network of 64 bits, since one subscriber has all of it. */
export function addressGroup(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const [left, right] = [head, tail].map((part) => part.split(':').filter(Boolean))
  if (!left || !right) return address
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

interface Counted {
  readonly key: string
  readonly free: number
}
/** Names are hashed: people type passwords into the wrong field. */
const countedOf = (name: string, address: string): readonly [Counted, Counted] => [
  { key: `account ${secretHash(nameKey(name))}`, free: freeTries.account },
  { key: `address ${addressGroup(address)}`, free: freeTries.address },
]

export type Throttle = ReturnType<typeof throttle>

/** Counts tries in the state store, so that a restart forgives nothing. */
export function throttle(ground: Ground) {
  const { clock, state } = ground
  const tries = () => tablesOf(ground)

  /** Adds one try to a key unless it must wait; how long it must, in milliseconds. */
  async function count({ free, key }: Counted): Promise<number> {
    const now = clock.now()
    const fresh = { key, count: 0, last: now }
    await tries()
      .insertInto('access_tries')
      .values(fresh)
      .onConflict((c) => c.column('key').doNothing())
      .execute()
    // Locked on PostgreSQL: of many at once only as many get through as one after another would.
    const row = await tries()
      .selectFrom('access_tries')
      .selectAll()
      .where('key', '=', key)
      .$if(state.engine === 'postgres', (query) => query.forUpdate())
      .executeTakeFirstOrThrow()
    const wait = row.last + waitAfter(row.count, free) - now
    if (row.count > 0 && wait > 0) return wait
    await tries()
      .updateTable('access_tries')
      .set({ count: row.count + 1, last: now })
      .where('key', '=', key)
      .execute()
    return 0
  }

  return {
    /** Counts a try before it is made. Throws Fault RATE_LIMITED, and counts nothing, while it has to wait. */
    async begin(name: string, address: string): Promise<void> {
      const refused = new Refused()
      try {
        await state.transaction(async () => {
          const old = clock.now() - forgottenAfter
          await tries().deleteFrom('access_tries').where('last', '<', old).execute()
          for (const counted of countedOf(name, address)) {
            refused.wait = await count(counted)
            if (refused.wait > 0) throw refused
          }
        })
      } catch (thrown) {
        if (thrown !== refused) throw thrown
        throw new Fault('RATE_LIMITED', `wait ${Math.ceil(refused.wait / 1000)} seconds before the next try`)
      }
    },
    /** The try was right: the account starts anew, the address is given back this one try only. */
    async succeeded(name: string, address: string): Promise<void> {
      const [account, from] = countedOf(name, address)
      await state.transaction(async () => {
        await tries().deleteFrom('access_tries').where('key', '=', account.key).execute()
        await tries()
          .updateTable('access_tries')
          .set((eb) => ({ count: eb('count', '-', 1) }))
          .where('key', '=', from.key)
          .where('count', '>', 0)
          .execute()
      })
    },
  }
}

/** Undoes what was counted for the first key when the second must wait. */
class Refused extends Error {
  wait = 0
}
