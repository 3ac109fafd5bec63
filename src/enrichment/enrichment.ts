// The room at work: enrichers in their order, their tables read again when a file of the workspace changes.
import { resolve } from 'node:path'
import { type Clock, Fault, type Issue, placeText } from '#kernel'
import type { Config, Log } from '#platform'
import type { Enrich, ParsedEvent } from '#telemetry'
import type { Enricher, FactDoc, OpenFacts } from './enricher.ts'
import { estateEnricher, type EstateView } from './estate.ts'
import { geoEnricher } from './geo.ts'
import { groupEnricher } from './group.ts'
import { identityEnricher } from './identity.ts'
import { indicatorValue } from './intelligence/indicator.ts'
import type { Hit } from './intelligence/indicators.ts'
import type { FeedView } from './intelligence/feeds.io.ts'
import { intelligenceEnricher } from './intelligence/intelligence.ts'
import { type ReverseNames, reverseNames } from './reverse-names.io.ts'
import { readTables, stampOf, type Tables, type TablesAt } from './tables.io.ts'
import { every } from './watch.io.ts'

export interface EnrichmentDeps {
  readonly workspace: string
  readonly config: Pick<Config, 'enrichment'>
  readonly model: EstateView
  readonly clock: Clock
  readonly log: Log
}

/** How enrichment stands. */
export interface EnrichmentView {
  readonly gives: readonly FactDoc[]
  readonly indicators: number
  readonly counts: Tables['counts']
  readonly names: ReverseNames['state']
  readonly issues: readonly string[]
}

export interface Enrichment {
  /** What is known of an event beyond its record. */
  readonly enrich: Enrich
  readonly feeds: readonly FeedView[]
  readonly issues: readonly Issue[]
  view(): EnrichmentView
  /** The indicator of a value and the allow-list that knows it as good. Throws Fault INPUT_INVALID for what is no indicator. */
  lookup(text: string): {
    readonly hit: Hit | undefined
    readonly allowed: string | undefined
    readonly value: string
    readonly type: string
  }
  /** Reads the tables again when a file has changed. */
  refresh(): Promise<void>
  /** Looks for changes every half a minute, until the answer is called. */
  watch(): () => void
}

const lookEvery = 30_000
const day = 86_400_000

const tablesAt = ({ workspace, config: { enrichment } }: EnrichmentDeps): TablesAt => {
  const below = (paths: readonly string[]) => paths.map((path) => resolve(workspace, path))
  return {
    workspace,
    paths: below(enrichment.intelligence),
    lasts: enrichment.intelligenceDays * day,
    geo: below(enrichment.geo),
    allow: below(enrichment.allow),
    identities: resolve(workspace, enrichment.identities),
  }
}

/** Every enricher, one line each. `tables` gives those of the moment. */
export const enrichersOf = (model: EstateView, tables: () => Tables): readonly Enricher[] => [
  estateEnricher(model),
  geoEnricher(() => tables().databases),
  identityEnricher(() => tables().directory),
  groupEnricher(model),
  intelligenceEnricher(tables),
]

/** Asks enrichers one after the other. Nothing when none knows anything. */
export const enrichWith =
  (enrichers: readonly Enricher[]): Enrich =>
  (event: ParsedEvent, asset) => {
    const facts: OpenFacts = {}
    for (const enricher of enrichers) enricher.add(event, asset, facts)
    for (const _ in facts) return facts
    return undefined
  }

/** Opens the room: reads its tables, says in the log what is wrong with them. */
export async function openEnrichment(deps: EnrichmentDeps): Promise<Enrichment> {
  const { config, clock, log, model } = deps
  const at = tablesAt(deps)
  const names = reverseNames({ which: config.enrichment.reverseDns, servers: config.enrichment.dnsServers, clock })
  let stamp = await stampOf(at)
  let tables = await readTables(at)
  tell(tables, log)
  const enrichers = [...enrichersOf(model, () => tables), names]
  const refresh = async (): Promise<void> => {
    const now = await stampOf(at)
    if (now === stamp) return
    const read = await readTables(at)
    stamp = now
    tables = read
    tell(tables, log)
  }
  return {
    enrich: enrichWith(enrichers),
    get feeds() {
      return tables.feeds
    },
    get issues() {
      return tables.issues
    },
    view: () => ({
      gives: enrichers.flatMap(({ gives }) => gives),
      indicators: tables.indicators.size,
      counts: tables.counts,
      names: names.state,
      issues: tables.issues.map(({ at: place, text }) => `${placeText(place)}: ${text}`),
    }),
    lookup: (text) => lookupIn(tables, text, clock.now()),
    refresh,
    watch() {
      const stop = every(lookEvery, refresh, (thrown) =>
        log.error({ err: thrown }, 'tables of enrichment not read again'),
      )
      return () => {
        stop()
        names.stop()
      }
    },
  }
}

function lookupIn({ indicators, allow }: Tables, text: string, now: number): ReturnType<Enrichment['lookup']> {
  const asked = indicatorValue(text)
  if (!asked)
    throw new Fault('INPUT_INVALID', `${text.slice(0, 80)} is no address, network, name, URL, hash or mail address`)
  const { type, value } = asked
  const shown = type === 'address' ? text.trim() : value
  const hits =
    type === 'address' || type === 'network'
      ? indicators.address(shown.split('/')[0] ?? '')
      : type === 'domain'
        ? indicators.domain(value)
        : indicators.exact(type, value)
  const hit = hits.find(({ until }) => until > now)
  return { hit, allowed: allow.allows(hit ?? { type, value: shown }), value: shown, type }
}

function tell({ indicators, counts, issues, feeds }: Tables, log: Log): void {
  log.info({ indicators: indicators.size, feeds: feeds.length, ...counts }, 'tables of enrichment read')
  for (const { at, text, code } of issues.slice(0, 20)) log.warn({ at: placeText(at), code }, text)
}
