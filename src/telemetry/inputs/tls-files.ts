// Files of certificates that cannot be read: said with the path.
import { Fault } from '#kernel'
import { systemErrorText } from '#platform'

/** Throws Fault CONFIG_INVALID. */
export function reasonOfFile(path: string, thrown: unknown): never {
  throw new Fault('CONFIG_INVALID', `${path}: ${systemErrorText(thrown)}`, { cause: thrown })
}
