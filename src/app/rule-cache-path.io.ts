// Where rules as read are kept between runs outside a workspace: with the other caches of the user.
import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** The file for rules of these folders, below XDG_CACHE_HOME or ~/.cache (XDG Base Directory Specification); undefined for who has no home. */
export function ruleCachePath(
  folders: readonly string[],
  { XDG_CACHE_HOME: caches, HOME: home }: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const digest = createHash('sha256').update(folders.join('\0')).digest('hex').slice(0, 16)
  const below = caches?.startsWith('/') === true ? caches : home && join(home, '.cache')
  return below ? join(below, 'castellan', `rules-${digest}.json`) : undefined
}
