// The part of the room that correlates: what judged batches come to, and correlations asked of what is stored.
import { type Clock, Fault } from '#kernel'
import type { LoadedRule } from '../load.ts'
import type { AskStore } from '../past/ask.ts'
import type { Alert } from '../types.ts'
import { alertOfFinding } from './alert.ts'
import { backtest, type Backtest, type Backtested } from './backtest.ts'
import type { Correlator, Fed } from './work.ts'

interface Correlating {
  readonly clock: Clock
  readonly stored: AskStore | undefined
  readonly onlyFeed: () => ReadonlySet<string>
  readonly existing: (id: string) => LoadedRule
}

/** What correlations make of judged batches, inside the batch's transaction; `committed` says that it stands. */
export function correlating(correlator: Correlator, { clock, stored, onlyFeed, existing }: Correlating) {
  return {
    async keep(fed: readonly Fed[], now?: number): Promise<{ alerts: Alert[]; turn: number }> {
      const { findings, turn } = await correlator.keep(fed, now)
      const silent = onlyFeed()
      const loud = findings.filter(({ correlation }) => !silent.has(correlation.id))
      return { alerts: loud.map((finding) => alertOfFinding(finding, clock.now())), turn }
    },
    committed: (turn: number): void => correlator.committed(turn),
    /** Whether the clock alone could bring something about. */
    waits: (): boolean => correlator.waits,
    /** Asks a correlation of what is stored. */
    async hunt(asked: Backtest): Promise<Backtested> {
      if (!stored) throw new Fault('BUG', 'detection was opened without stored events')
      return backtest(asked, { existing, stored })
    },
  }
}
