// A search followed: asked again every second, each event shown once.
import { setTimeout as pause } from 'node:timers/promises'
import { type BoundOperation, exitCodes, Fault, isoTime } from '#kernel'
import { Hunted } from '#app'
import { systemClock } from '#platform'
import type { Given, Terminal } from './command.ts'
import { callRemote, findServer } from './remote.ts'
import { printable } from './table.ts'

const every = 1_000
/** Events come late; those whose time is further back are not shown. */
const lateness = 120_000
const mostAtOnce = 1_000
const mostSeen = 50_000

/** Shows what a search without pipes finds from now on, until the terminal's signal. Throws Fault INPUT_INVALID, STORE_DOWN. */
export async function follow(
  q: string,
  operation: BoundOperation,
  { given, terminal }: { readonly given: Given; readonly terminal: Terminal },
): Promise<number> {
  const remote = findServer(given.workspace)
  if (!remote) throw new Fault('STORE_DOWN', '--follow needs a running server; start one with castellan up')
  const seen = new Set<string>()
  const began = systemClock.now()
  while (!terminal.signal.aborted) {
    const since = Math.max(began - every, systemClock.now() - lateness)
    const found = Hunted.parse(await callRemote(remote, operation, { q, since, limit: mostAtOnce }))
    if (found.kind !== 'events')
      throw new Fault('INPUT_INVALID', '--follow shows events; leave out the pipes that compute')
    for (const event of found.items.toReversed()) {
      if (seen.has(event.id)) continue
      seen.add(event.id)
      const { time, host, user, activity, message } = event
      const line = [isoTime(time).replace('T', ' ').slice(0, 19), host || '-', user || '-', activity, message].join(
        '  ',
      )
      terminal.print(given.json ? JSON.stringify(event) : printable(line).slice(0, terminal.width))
    }
    for (const id of [...seen].slice(0, Math.max(0, seen.size - mostSeen))) seen.delete(id)
    await pause(every, undefined, { signal: terminal.signal }).catch(() => undefined)
  }
  return exitCodes.clean
}
