// How the stores are, all at once.
import { asFault } from '#kernel'
import type { StoreHealth } from './stores.ts'

/** One store under the name that people see. */
export type NamedHealth = StoreHealth & { readonly name: string }

/** Asks every store; one that does not answer within `patience` milliseconds is not well. Never rejects. */
export const healthOfStores = (
  stores: Readonly<Record<string, { check(): Promise<StoreHealth> }>>,
  patience = 5_000,
): Promise<NamedHealth[]> =>
  Promise.all(
    Object.entries(stores).map(async ([name, store]) => {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<StoreHealth>((done) => {
        const detail = `no answer within ${patience} ms`
        timer = setTimeout(() => done({ ok: false, engine: name, detail }), patience)
      })
      try {
        return { name, ...(await Promise.race([store.check(), late])) }
      } catch (thrown) {
        return { name, ok: false, engine: name, detail: asFault(thrown).message }
      } finally {
        clearTimeout(timer)
      }
    }),
  )
