// This machine as a source of events: what it is at first, then what changes, also while we did not look.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#kernel'
import { hostChanges, hostEvents, HostFacts, readHostFacts } from '#host'
import { writeFileAtomic } from '#platform'

/** Facts of the last look, if they can still be read. */
async function remembered(file: string): Promise<HostFacts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return HostFacts.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** One look at this machine as lines of JSON: all that it is at the very first, then what changed since the look before. Well under a second. */
export async function* hostTexts({ folder, clock }: { folder: string; clock: Clock }): AsyncGenerator<string> {
  const file = join(folder, 'host.json')
  const before = await remembered(file)
  const now = await readHostFacts({ root: '/', clock })
  yield* hostEvents(before === undefined ? now : hostChanges(before, now))
  await writeFileAtomic(file, JSON.stringify(now), 0o600)
}
