// For tests and measurements: telemetry in stores of its own that has taken lines, and the events as they passed; many rules in the stream held against the store.
import { Readable } from 'node:stream'
import { Fault, seededRandom } from '#kernel'
import { createLog, createMetrics, type EventEngine, type State, systemClock } from '#platform'
import {
  emptyRoad,
  type Event,
  eventMigrations,
  migrations,
  openTelemetry,
  Tally,
  type Tallied,
  type Telemetry,
} from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { alertOfFinding } from '../correlation/alert.ts'
import { Fold } from '../correlation/fold.ts'
import { type Feeds, feedsOf, itemsOf } from '../correlation/item.ts'
import { findStored } from '../correlation/stored.ts'
import type { CompiledCorrelation } from '../correlation/types.ts'
import { createEngine, type Engine } from '../engine.ts'
import type { LoadedRule } from '../load.ts'
import type { AskStore } from './ask.ts'
import { tallyRules, type TallyRules } from './tally.ts'

const limits = {
  recordBytes: 1_000_000,
  batchEvents: 1_000,
  spoolBytes: 67_108_864,
  queryMilliseconds: 600_000,
  queryRows: 10_000,
}

export interface SceneStores {
  readonly folder: string
  readonly state: State
  readonly events: EventEngine
}
type Lines = Iterable<string> | AsyncIterable<string>

/** Telemetry that has taken these lines; the events go to `see` as they pass. Stop it when done. */
export async function tookIn(
  { folder, state, events }: SceneStores,
  lines: Lines,
  see: (events: readonly Event[]) => void,
): Promise<Telemetry> {
  await state.migrate(migrations)
  await events.migrate(eventMigrations())
  const telemetry = await openTelemetry({
    config: { sources: [{ kind: 'http', name: 'test' }], limits, watchHost: false },
    workspace: folder,
    folder: `${folder}/.castellan`,
    state,
    events,
    clock: systemClock,
    random: seededRandom(4),
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    hostTexts: async function* () {},
    exerciseRecords: () => [],
  })
  await telemetry.start({ ...emptyRoad, judge: (some) => (see(some), []) }, () => undefined)
  let [waiting, given]: [string[], number] = [[], 0]
  for await (const line of lines) {
    if (waiting.push(line) < 500) continue
    await give(telemetry, waiting)
    given += waiting.length
    waiting = []
    // What waits stays well below the size of the spool.
    if (given % 5_000 === 0) await telemetry.settled()
  }
  if (waiting.length > 0) await give(telemetry, waiting)
  await telemetry.settled()
  return telemetry
}

async function give(telemetry: Telemetry, some: readonly string[]): Promise<void> {
  const { rejected } = await telemetry.ingestNdjson(Readable.from([Buffer.from(`${some.join('\n')}\n`)]), {
    source: 'test',
  })
  if (rejected > 0) throw new Fault('BUG', `${rejected} lines were refused`)
}

/** What rules match in the stream, counted and hashed as the events pass. */
export class StreamTally {
  events = 0
  /** Fields with several values. */
  lists = 0
  private readonly engine: ReturnType<typeof createEngine>
  private readonly sums = new Map<string, Tally>()
  constructor(rules: readonly CompiledRule[]) {
    this.engine = createEngine(rules)
  }
  see(events: readonly Event[]): void {
    this.events += events.length
    for (const event of events) {
      for (const value of Object.values(event.fields)) if (typeof value === 'object') this.lists++
      for (const { rule } of this.engine.match(event)) this.of(rule.id).add(event.id)
    }
  }
  of(rule: string): Tally {
    const known = this.sums.get(rule) ?? new Tally()
    this.sums.set(rule, known)
    return known
  }
  /** Rules that matched something. */
  get matching(): number {
    return [...this.sums.values()].filter(({ count }) => count > 0).length
  }
  get matches(): number {
    return [...this.sums.values()].reduce((sum, { count }) => sum + count, 0)
  }
}

export interface Difference {
  readonly equal: number
  readonly again: number
  readonly checked: number
  /** In words, rule by rule. */
  readonly wrong: readonly string[]
}

/** Asks every rule of the store and compares how many events it matches and which. */
export async function heldAgainst(
  {
    stream,
    rules,
    store,
  }: { readonly stream: StreamTally; readonly rules: readonly CompiledRule[]; readonly store: AskStore },
  ask: TallyRules = {},
): Promise<Difference> {
  const found = await tallyRules(rules, ask, store)
  const text = ({ count, digest }: Tallied): string => `${count} events (${digest})`
  const wrong = rules.flatMap((rule) => {
    const [inStream, inStore] = [stream.of(rule.id), found.rules.get(rule.id) ?? new Tally()]
    return text(inStream) === text(inStore)
      ? []
      : [`${rule.id} ${rule.title}: stream ${text(inStream)}, store ${text(inStore)}`]
  })
  return { equal: rules.length - wrong.length, again: found.again, checked: found.checked, wrong }
}

/** Correlations over the stream, all events put in order of time; and the same asked of the store. */
export class StreamCorrelations {
  private readonly rules: ReadonlyMap<string, LoadedRule>
  private readonly correlations: readonly CompiledCorrelation[]
  private readonly engine: Engine
  private readonly feeds: Feeds
  private readonly fold: Fold
  /** Matches of the rules that feed. */
  matches = 0
  constructor(rules: readonly LoadedRule[]) {
    this.rules = new Map(rules.map((rule) => [rule.id, rule]))
    this.correlations = rules.flatMap(({ correlation }) => correlation ?? [])
    this.engine = createEngine(rules.flatMap(({ compiled }) => compiled ?? []))
    this.feeds = feedsOf(this.correlations)
    this.fold = new Fold(this.correlations, { bytes: 1e9 })
  }
  see(events: readonly Event[]): void {
    for (const event of events)
      for (const { rule } of this.engine.match(event)) {
        this.matches++
        this.fold.take(itemsOf(rule.id, event, this.feeds).items)
      }
  }
  /** By title, how many alerts in the stream, how many in the store, how many of them are the same, and how the store came to it. */
  async heldAgainst(stored: AskStore) {
    const inStream = this.fold.advance(Infinity)
    const existing = (id: string): LoadedRule => {
      const rule = this.rules.get(id)
      if (!rule) throw new Fault('NOT_FOUND', `rule ${id}`)
      return rule
    }
    const held = []
    for (const { id, title } of this.correlations) {
      const began = performance.now()
      const found = await findStored(existing(id), { now: systemClock.now() }, { existing, stored })
      const inStore = new Set(found.findings.map((finding) => alertOfFinding(finding, 0).id))
      const stream = inStream.filter(({ correlation }) => correlation.id === id).map((one) => alertOfFinding(one, 0).id)
      const equal = stream.filter((one) => inStore.has(one)).length
      const { groups, matches } = found
      held.push({
        title,
        stream: stream.length,
        store: inStore.size,
        equal,
        groups,
        matches,
        took: performance.now() - began,
      })
    }
    return held
  }
}
