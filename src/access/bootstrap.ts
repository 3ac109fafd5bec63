// The first admin: whoever has the one-time code that the start prints.
import { Fault } from '#kernel'
import { newCode, secretHash } from './secret-text.io.ts'
import { type Ground, tablesOf } from './store.ts'
import type { Users } from './users.ts'

export const codeLimit = 24 * 3_600_000

/** The one-time code in the state store. */
export function bootstrap(ground: Ground, users: Users) {
  const { clock, random, state } = ground
  const codes = () => tablesOf(ground)
  return {
    /** A new code while there is no user, else null. It takes the place of the one before. */
    code: (): Promise<string | null> =>
      state.transaction(async () => {
        if (await users.any()) return null
        const code = newCode(random)
        await codes().deleteFrom('access_codes').execute()
        await codes()
          .insertInto('access_codes')
          .values({ hash: secretHash(code), expires: clock.now() + codeLimit })
          .execute()
        return code
      }),
    /** Makes the first admin. A code works once: deleting it decides between two who come at the same time. Throws Fault FORBIDDEN, INPUT_INVALID. */
    use: (code: string, name: string, password: string): Promise<void> =>
      state.transaction(async () => {
        const taken = await codes()
          .deleteFrom('access_codes')
          .where('hash', '=', secretHash(code.trim()))
          .where('expires', '>', clock.now())
          .executeTakeFirst()
        if (taken.numDeletedRows === 0n || (await users.any()))
          throw new Fault(
            'FORBIDDEN',
            'this link was used, has expired, or is not the latest one; start castellan again for another',
          )
        await users.create({ name, role: 'admin', password })
      }),
  }
}
