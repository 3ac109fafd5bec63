// The past asked for rules that are new or changed: what is found is kept, folded and told as if it had come just now.
import type { Call, Job } from '#kernel'
import type { House } from './house.ts'

/** Runs it once; answers how many rules were asked. */
export const askThePast = (
  { detection, incidents, live, log }: House,
  { at, signal, progress }: Call,
): Promise<number> =>
  detection.retro.run({ at, signal, progress: (done, total) => progress(done, total, 'rules') }, async (found) => {
    const fresh = await detection.keep(found.alerts)
    const folded = await incidents.fold(fresh)
    return () => {
      if (fresh.length === 0) return
      log.info(
        { rule: found.rule.id, hits: found.count, alerts: fresh.length },
        'a new or changed rule found something in the past',
      )
      live.tell({ kind: 'alert', ids: fresh.map(({ id }) => id).slice(0, 100) })
      if (folded.length > 0) live.tell({ kind: 'incident', ids: folded.slice(0, 100) })
    }
  })

export const jobs: readonly Job<House>[] = [
  {
    name: 'rules.retro-hunt',
    does: 'ask stored events of the last 30 days for rules that are new or changed, or whose lists changed',
    schedule: '7 * * * *',
    timeoutSeconds: 3_000,
    retries: 2,
    retryAfterSeconds: 60,
    async run(_payload, house, call) {
      await askThePast(house, call)
    },
  },
]
