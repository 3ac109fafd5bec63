// Correlations over files of events: everything is read first, then put in order of time, so nothing is late.
import { type Event, EventId, type ParsedEvent } from '#telemetry'
import type { LoadedRule } from '../load.ts'
import type { Alert } from '../types.ts'
import { alertOfFinding } from './alert.ts'
import { Fold } from './fold.ts'
import { feedsOf, itemsOf } from './item.ts'

/** Memory for all correlations together, in bytes. */
const mostBytes = 1_000_000_000

/** What correlations make of matches in files. */
export interface FileCorrelation {
  /** Whether a rule's match is an alert of its own. */
  readonly alerts: (rule: string) => boolean
  /** Takes a match; `number` tells events apart. */
  readonly take: (rule: string, event: ParsedEvent, at: { readonly file: string; readonly number: number }) => void
  /** Everything found, in order of time, and how many matches had to be forgotten for want of memory. */
  readonly finish: () => { readonly alerts: readonly Alert[]; readonly shed: number }
}

/** Correlations of loaded rules. The alerts' `source` is the file of the last event. */
export function correlateFiles(rules: readonly LoadedRule[]): FileCorrelation {
  const correlations = rules.flatMap(({ correlation }) => correlation ?? [])
  const silent = new Set(rules.flatMap(({ id, onlyFeeds }) => (onlyFeeds === true ? [id] : [])))
  const feeds = feedsOf(correlations)
  const fold = new Fold(correlations, { bytes: mostBytes / Math.max(1, correlations.length) })
  return {
    alerts: (rule) => !silent.has(rule),
    take(rule, event, { file, number }) {
      if (!feeds.has(rule)) return
      const id = EventId.parse(`evt_${number}`)
      const whole: Event = { ...event, id, seq: number, received: event.time, source: file, raw: '' }
      const { items, missed } = itemsOf(rule, whole, feeds)
      fold.take(items)
      for (const correlation of missed) fold.missed(correlation)
    },
    finish() {
      const found = fold.advance(Infinity).filter(({ correlation }) => !silent.has(correlation.id))
      const shed = correlations.reduce((sum, { id }) => sum + (fold.counts(id)?.shed ?? 0), 0)
      return { alerts: found.map((finding) => alertOfFinding(finding, finding.time)), shed }
    },
  }
}
