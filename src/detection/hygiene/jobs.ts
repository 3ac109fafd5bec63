// Work of detection that runs by itself.
import type { Job } from '#kernel'
import type { Detection } from '../detection.ts'

export const jobs: readonly Job<Detection>[] = [
  {
    name: 'detection.hygiene',
    does: 'put benign filters aside whose last day is over, forget risk that is worth nothing any more and alerts older than alerts.keepDays',
    schedule: '7 * * * *',
    timeoutSeconds: 600,
    retries: 2,
    retryAfterSeconds: 60,
    async run(_payload, { clean, risk, retention }) {
      await clean.expire()
      await risk.prune()
      await retention.run()
    },
  },
]
