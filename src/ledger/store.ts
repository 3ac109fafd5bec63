// The outbox: what was decided in the state store and has yet to be written into the file.
import { type Clock, type Migration, newIdText } from '#kernel'
import { type State, systemRandom } from '#platform'

interface Tables {
  ledger_outbox: Waiting
}

/** A deed that waits, as canonical text. Ids sort in the order of the calls. */
export interface Waiting {
  readonly id: string
  readonly body: string
}

export const migrations: readonly Migration[] = [
  { name: 'ledger-0001-start', sql: ['create table ledger_outbox (id text primary key, body text not null)'] },
]

export type Outbox = ReturnType<typeof outbox>

/** The outbox in the state store; `add` joins the caller's transaction. */
export function outbox(state: State, clock: Clock) {
  const db = () => state.db<Tables>()
  let last = 0
  return {
    async add(body: string): Promise<void> {
      // A millisecond of its own for each, so that two of one moment keep their order.
      last = Math.max(clock.now(), last + 1)
      const id = newIdText('out', last, systemRandom)
      await db().insertInto('ledger_outbox').values({ id, body }).execute()
    },
    /** The oldest ones. */
    first: (limit: number): Promise<Waiting[]> =>
      db().selectFrom('ledger_outbox').selectAll().orderBy('id').limit(limit).execute(),
    all: (): Promise<Waiting[]> => db().selectFrom('ledger_outbox').selectAll().orderBy('id').execute(),
    remove: async (ids: readonly string[]): Promise<void> =>
      void (await db().deleteFrom('ledger_outbox').where('id', 'in', ids).execute()),
  }
}
