// Secrets at rest: AES-256-GCM, one random nonce a value, the name bound to it.
import { randomBytes } from 'node:crypto'
import { Fault, type Migration } from '#kernel'
import { type Keys, secretKeys } from './secret-keys.ts'
import { keyBytes, seal, type SecretKey, secretKey, unseal } from './secret-seal.ts'
import type { State } from './stores.ts'

/** Where passwords and tokens of other systems are kept. Values never reach a log or an error text. */
export interface Secrets {
  /** Stores a value under a name, replacing one that is there. At most 64 KiB. */
  put(name: string, value: string): Promise<void>
  get(name: string): Promise<string | undefined>
  /** Whether there was one. */
  remove(name: string): Promise<boolean>
  /** Names, sorted. */
  names(): Promise<string[]>
  /**
   * Encrypts every value again under another key, all or none, and puts that key into the key file. Until that is done both keys are at hand,
   * so a crash in between loses nothing. A key from the environment must be replaced there by the operator, before the next start.
   */
  rotate(newKey?: Uint8Array): Promise<void>
  /** Throws Fault SECRET_KEY_WRONG when the key at hand does not open what is stored. */
  check(): Promise<void>
}

/** Where the key comes from: CASTELLAN_SECRET_KEY (base64 of 32 bytes) in `env`, else the file, which is made at the first use. */
export interface SecretOptions {
  readonly state: State
  readonly keyFile: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export const secretMigrations: readonly Migration[] = [
  {
    name: 'secrets-0001-start',
    sql: [
      'create table secrets_values (name text primary key, key_id text not null, sealed text not null, updated bigint not null)',
    ],
  },
]

interface SecretRow {
  readonly name: string
  readonly key_id: string
  readonly sealed: string
  readonly updated: number
}
interface Tables {
  secrets_values: SecretRow
}

const mostBytes = 65_536
function checked(name: string, value: string): void {
  if (!/^[\w.:/@-]{1,200}$/.test(name))
    throw new Fault('INPUT_INVALID', 'a secret is named with letters, digits and . _ - : / @')
  if (Buffer.byteLength(value) > mostBytes)
    throw new Fault('TOO_LARGE', `the secret ${name}: at most ${mostBytes} bytes`)
}

/** Opens the store of secrets. The key is read at the first use; its table is made by `secretMigrations`. */
export function openSecrets({ state, keyFile, env }: SecretOptions): Secrets {
  const table = () => state.db<Tables>()
  const rows = (): Promise<SecretRow[]> => table().selectFrom('secrets_values').selectAll().orderBy('name').execute()
  const keys = secretKeys({ keyFile, env, idsInUse: async () => (await rows()).map((row) => row.key_id) })
  const check = async (): Promise<void> => {
    const known = await keys()
    for (const row of await rows()) keyOf(known, row)
  }
  return {
    put: (name, value) =>
      state.transaction(async () => {
        checked(name, value)
        await check()
        const key = (await keys()).present
        const row = { key_id: key.id, sealed: seal(key, name, value), updated: Date.now() }
        const insert = table()
          .insertInto('secrets_values')
          .values({ name, ...row })
        await insert.onConflict((conflict) => conflict.column('name').doUpdateSet(row)).execute()
      }),
    async get(name) {
      const row = await table().selectFrom('secrets_values').selectAll().where('name', '=', name).executeTakeFirst()
      return row && unseal(keyOf(await keys(), row), name, row.sealed)
    },
    async remove(name) {
      const { numDeletedRows } = await table().deleteFrom('secrets_values').where('name', '=', name).executeTakeFirst()
      return numDeletedRows > 0n
    },
    names: async () => (await rows()).map(({ name }) => name),
    async rotate(newKey = randomBytes(keyBytes)) {
      const known = await keys()
      const next = secretKey(newKey)
      await known.prepare(next)
      await state.transaction(async () => {
        for (const row of await rows())
          await sealAgain(state, next, row.name, unseal(keyOf(known, row), row.name, row.sealed))
      })
      await known.finish(next)
    },
    check,
  }
}

async function sealAgain(state: State, key: SecretKey, name: string, value: string): Promise<void> {
  const row = { key_id: key.id, sealed: seal(key, name, value), updated: Date.now() }
  await state.db<Tables>().updateTable('secrets_values').set(row).where('name', '=', name).execute()
}

function keyOf(known: Keys, row: SecretRow): SecretKey {
  const key = known.byId(row.key_id)
  if (key) return key
  throw new Fault('SECRET_KEY_WRONG', `${row.name} was stored with key ${row.key_id}, this one is ${known.present.id}`)
}
