// The room of telemetry, opened: inputs into the spool, the spool into the store, the store searched.
import { isAbsolute, join, resolve } from 'node:path'
import { asFault, type Clock, Fault, type Random } from '#kernel'
import {
  type Config,
  type EventEngine,
  type Log,
  type Metrics,
  type SourceConfig,
  type State,
  systemErrorText,
} from '#platform'
import { type Consumer, startConsumer } from './consumer.ts'
import { type Explore, exploring } from './explore/explore.ts'
import { type Exports, exports } from './export.io.ts'
import { counting } from './hunt.ts'
import { type Dashboards, dashboards } from './saved/dashboards.ts'
import { type Hunts, hunts } from './saved/hunts.ts'
import { contextOf, type Ingested, ingestLines, type IntakeDeps } from './ingest.ts'
import type { InputContext } from './inputs/input.ts'
import { runInput } from './inputs/table.ts'
import { type ArchiveList, type Keeping, openKeeping } from './keeping/keeping.ts'
import { backOff, endingOfMany, pause } from './pause.io.ts'
import { type Positions, positionStore } from './positions.ts'
import type { PushRecord } from './inputs/push/protocol.ts'
import { pushDocument, type Pushed, pushRecords } from './push.ts'
import type { Enrich, Locate, Road } from './road.ts'
import { recordParser } from './parsers/parse-record.ts'
import type { Parser } from './parsers/parser.ts'
import { SourceBook } from './source-book.ts'
import type { NewRecord } from './spool-record.ts'
import { type Appended, openSpool, type Spool } from './spool.io.ts'
import { type EventStore, eventStore } from './store.ts'
import { SourceWatch } from './source-watch.ts'
import type { SourceHealth } from './types.ts'

/** What the room stands on. */
export interface TelemetryDeps {
  readonly config: Pick<Config, 'sources' | 'limits' | 'watchHost'> & {
    readonly retention?: Config['retention']
    readonly events?: Partial<Pick<Config['events'], 'diskBytes' | 'archiveDays' | 'archive'>>
  }
  /** Relative paths of sources are from here. */
  readonly workspace: string
  /** The workspace's own folder; the spool lies below it. */
  readonly folder: string
  readonly state: State
  readonly events: EventEngine
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
  /** Facts of this machine, or what has changed since the last look; asked once a minute. */
  readonly hostTexts: InputContext['hostTexts']
  /** Records of an exercise in order of time; see InputContext. */
  readonly exerciseRecords: InputContext['exerciseRecords']
  /** Parsers of the user's own, asked before ours. */
  readonly parsers?: readonly Parser[]
}

/** The spool as people see it. `oldest`: when the oldest record that waits was received. */
export interface SpoolView {
  readonly records: number
  readonly bytes: number
  readonly oldest: number | null
  readonly full: boolean
}

export interface Telemetry extends Pick<
  EventStore,
  | 'search'
  | 'show'
  | 'histogram'
  | 'facets'
  | 'stored'
  | 'hunt'
  | 'matching'
  | 'reading'
  | 'doubts'
  | 'tally'
  | 'moments'
  | 'sql'
> {
  readonly explore: Explore
  /** Writes what a search finds into a file that can be fetched once. */
  readonly exports: Pick<Exports, 'export' | 'fetch'>
  readonly hunts: Hunts
  readonly dashboards: Dashboards
  /** Begins to take in events and to carry them along the road. */
  start<Found, Kept>(road: Road<Found, Kept>, locate: Locate, enrich?: Enrich): Promise<void>
  /** Stops the inputs, finishes the batch at hand, closes the spool. What was accepted stays in it. */
  stop(): Promise<void>
  /** Takes lines for a source of kind http, or one that nobody has configured; resolves when those accepted are on the disk. */
  ingestNdjson(lines: AsyncIterable<Uint8Array | string>, to: { readonly source: string }): Promise<Ingested>
  /** Takes a document of events: a list, a wrapper such as {"Records":[…]}, objects, lines. All of it or nothing. */
  ingestDocument(text: string, to: { readonly source: string }): Promise<Ingested>
  /** Takes records that a protocol over HTTP has decoded; resolves when they are on the disk. */
  push(records: readonly PushRecord[], to: { readonly source: string; readonly via: string }): Promise<Pushed>
  /** The highest sequence number on the disk. */
  lastTaken(): number
  /** Takes records; all, or none when the spool is full. */
  append(records: readonly NewRecord[]): Promise<Appended>
  health(): SourceHealth[]
  spool(): SpoolView
  /** Counted since the start. */
  readonly counters: Readonly<Record<string, number>>
  /** Records accepted per second, over the last ten seconds. */
  perSecond(): number
  /** Resolves when everything accepted so far is stored and judged. */
  settled(): Promise<void>
  hasSource(name: string): boolean
  /** Holds, removal and days in files. */
  readonly keeping: Keeping
}

/** Opens the spool and the store's view. Throws Fault STORE_DOWN. The migrations of both stores must have been applied. */
export async function openTelemetry(deps: TelemetryDeps): Promise<Telemetry> {
  const { config, events, clock, log, random, state } = deps
  const positions = positionStore(state)
  const archives: ArchiveList = { rows: [] }
  const store = eventStore(
    events,
    () => clock.now(),
    () => archives.rows,
  )
  const keeping = await openKeeping(keepingDeps(deps, store), archives)
  const [{ seq: after, marks }, storedUpTo] = await Promise.all([positions.load(), store.lastSeq()])
  const spool = await openSpool({
    folder: join(deps.folder, 'spool'),
    spoolBytes: config.limits.spoolBytes,
    after,
    floor: storedUpTo,
    random,
    now: () => clock.now(),
    issue: (issue) => log.error({ issue }, 'the spool is damaged'),
  })
  const book = new SourceBook(clock, deps.metrics)
  const sources = sourcesOf(deps)
  for (const { name, kind, quota } of sources) book.page(name, kind).limit(quota)
  const { hostTexts, exerciseRecords } = deps
  // A record must fit into the spool several times, or it could never be taken.
  const recordBytes = Math.min(config.limits.recordBytes, Math.floor(config.limits.spoolBytes / 4))
  const intake: IntakeDeps = { spool, book, clock, log, sources, marks, recordBytes, hostTexts, exerciseRecords }
  return new OpenTelemetry({ deps, keeping, spool, store, positions, intake, after, storedUpTo })
}

function keepingDeps({ config, events, state, workspace, folder, ...rest }: TelemetryDeps, { exclusive }: EventStore) {
  const { retention = [], events: { diskBytes = 0, archiveDays = 0, archive = '' } = {} } = config
  const where = archive === '' ? join(folder, 'archive') : resolve(workspace, archive)
  const { clock, random, log } = rest
  const settings = { retention, events: { diskBytes, archiveDays } }
  return { events, state, settings, folder: where, clock, random, log, exclusive }
}

/** The sources of the configuration, with this machine when it is to be watched; paths from the workspace. */
function sourcesOf({ config, workspace }: TelemetryDeps): SourceConfig[] {
  const { sources, watchHost } = config
  const hasHost = sources.some(({ kind, name }) => kind === 'host' || name === 'host')
  const all: SourceConfig[] = watchHost && !hasHost ? [...sources, { kind: 'host', name: 'host' }] : [...sources]
  const from = (path: string): string => (isAbsolute(path) ? path : resolve(workspace, path))
  return all.map((source) => {
    if (source.kind === 'syslog-tls') {
      const { cert, key, clients } = source
      const tls = { cert: from(cert), key: from(key) }
      return { ...source, ...tls, ...(clients && { clients: { ...clients, ca: from(clients.ca) } }) }
    }
    if (source.kind === 'objects' && !source.from.startsWith('s3://')) return { ...source, from: from(source.from) }
    if (source.kind === 'kafka' && source.ca !== undefined) return { ...source, ca: from(source.ca) }
    if (source.kind === 'pcap') return { ...source, path: from(source.path), rules: source.rules.map(from) }
    return 'path' in source ? { ...source, path: from(source.path) } : source
  })
}

interface Parts {
  readonly deps: TelemetryDeps
  readonly keeping: Keeping
  readonly spool: Spool
  readonly store: EventStore
  readonly positions: Positions
  readonly intake: IntakeDeps
  readonly after: number
  readonly storedUpTo: number
}
/** How often it is looked whether sources go on sending. */
const watchMilliseconds = 5_000
const [firstWait, longestWait, steadyMilliseconds] = [1_000, 60_000, 60_000]

class OpenTelemetry implements Telemetry {
  readonly search: Telemetry['search']
  readonly show: Telemetry['show']
  readonly histogram: Telemetry['histogram']
  readonly facets: Telemetry['facets']
  readonly stored: Telemetry['stored']
  readonly keeping: Keeping
  readonly explore: Explore
  readonly hunt: Telemetry['hunt']
  readonly matching: Telemetry['matching']
  readonly reading: Telemetry['reading']
  readonly doubts: Telemetry['doubts']
  readonly tally: Telemetry['tally']
  readonly moments: Telemetry['moments']
  readonly sql: Telemetry['sql']
  readonly exports: Exports
  readonly hunts: Hunts
  readonly dashboards: Dashboards
  private readonly parts: Parts
  private readonly ending = endingOfMany()
  private consumer: Consumer | undefined
  private inputs: Promise<void>[] = []

  constructor(parts: Parts) {
    this.parts = parts
    const { store } = parts
    this.search = (filter) => store.search(filter)
    this.show = (id) => store.show(id)
    this.histogram = (filter) => store.histogram(filter)
    this.facets = (filter) => store.facets(filter)
    this.stored = () => store.stored()
    this.keeping = parts.keeping
    this.explore = exploring(store)
    this.hunt = (filter) => store.hunt(filter)
    this.matching = (asked) => store.matching(asked)
    this.reading = (asked) => store.reading(asked)
    this.doubts = (asked) => store.doubts(asked)
    this.tally = (asked) => store.tally(asked)
    this.moments = (asked) => store.moments(asked)
    this.sql = (asked) => store.sql(asked)
    const { clock, random, folder, state, log, workspace } = parts.deps
    const { ground } = store
    const now = () => clock.now()
    this.hunts = hunts({ state, clock, log, hunt: this.hunt, count: counting(ground) })
    this.dashboards = dashboards({ workspace, now, hunt: this.hunt })
    this.exports = exports({ ground, random, folder: join(folder, 'exports') })
  }

  start<Found, Kept>(road: Road<Found, Kept>, locate: Locate, enrich?: Enrich): Promise<void> {
    if (this.consumer) throw new Fault('BUG', 'telemetry was started twice')
    const { deps, spool, store, positions, intake, after, storedUpTo } = this.parts
    const { state, clock, log, config } = deps
    const { batchEvents } = config.limits
    const { book, sources } = intake
    const own = deps.parsers ?? []
    const parse = own.length > 0 ? { parse: recordParser(own) } : {}
    const ground = { spool, store, state, positions, clock, log, book, ...parse }
    this.consumer = startConsumer({ ...ground, road, locate, enrich, batchEvents, after, storedUpTo })
    this.inputs = [...sources.map((source) => this.supervise(source)), this.watch()]
    return Promise.resolve()
  }

  /** Looks after the sources until the end, and keeps what it learnt of them. */
  private async watch(): Promise<void> {
    const { intake, positions, deps } = this.parts
    const { log, clock } = deps
    const { signal } = this.ending
    const watch = new SourceWatch({ ...intake, note: (marks) => positions.note(marks, clock.now()) })
    while (!signal.aborted) {
      await pause(watchMilliseconds, signal)
      const looking = signal.aborted ? watch.note() : watch.step()
      await looking.catch((thrown: unknown) => log.warn({ err: thrown }, 'sources were not looked at'))
    }
  }

  /** Runs an input again and again, after growing waits when it fails. */
  private async supervise(source: SourceConfig): Promise<void> {
    const { intake, deps } = this.parts
    const { signal } = this.ending
    const page = intake.book.page(source.name, source.kind)
    const waits = backOff(firstWait, longestWait)
    while (!signal.aborted) {
      const began = deps.clock.now()
      try {
        page.say('running', 'starting')
        await runInput(source, contextOf(source, page, signal, intake))
      } catch (thrown) {
        if (signal.aborted) break
        if (deps.clock.now() - began > steadyMilliseconds) waits.reset()
        const wait = waits.next()
        const why = reasonOf(thrown)
        page.say('failed', `${why}; trying again in ${Math.round(wait / 1000)} s`)
        deps.log.warn({ source: source.name, kind: source.kind, why }, 'an input failed')
        await pause(wait, signal)
      }
    }
    page.say('stopped')
  }

  async stop(): Promise<void> {
    this.ending.abort()
    await Promise.all(this.inputs)
    await this.consumer?.stop()
    await this.exports.close()
    await this.parts.spool.close()
  }

  ingestNdjson(lines: AsyncIterable<Uint8Array | string>, { source }: { readonly source: string }): Promise<Ingested> {
    return ingestLines(lines, source, this.parts.intake)
  }

  ingestDocument(text: string, to: { readonly source: string }): Promise<Ingested> {
    return pushDocument(text, to, this.parts.intake)
  }

  push(records: readonly PushRecord[], to: { readonly source: string; readonly via: string }): Promise<Pushed> {
    return pushRecords(records, to, this.parts.intake)
  }

  lastTaken(): number {
    return this.parts.spool.last
  }

  append(records: readonly NewRecord[]): Promise<Appended> {
    return this.parts.spool.append(records)
  }

  health(): SourceHealth[] {
    const why = this.consumer?.waiting ?? ''
    const { health } = this.parts.intake.book
    if (why === '') return health
    return health.map((one) =>
      one.state === 'running'
        ? { ...one, state: 'waiting', detail: `${one.detail}; events wait in the spool: ${why}` }
        : one,
    )
  }

  spool(): SpoolView {
    const { spool, after } = this.parts
    const records = Math.max(0, spool.last - (this.consumer?.position ?? after))
    return { records, bytes: records === 0 ? 0 : spool.bytes, oldest: this.consumer?.oldest ?? null, full: spool.full }
  }

  get counters(): Readonly<Record<string, number>> {
    const { accepted, rejected, unparsed } = this.parts.intake.book
    return {
      events: this.consumer?.stored ?? 0,
      accepted,
      rejected,
      unparsed,
      aside: this.consumer?.aside ?? 0,
      spoolDamaged: this.parts.spool.skipped,
    }
  }

  perSecond(): number {
    const { book, clock } = this.parts.intake
    return book.rate.perSecond(clock.now())
  }

  async settled(): Promise<void> {
    await this.consumer?.settled()
  }

  hasSource(name: string): boolean {
    return this.parts.intake.book.has(name)
  }
}

/** Why an input failed, in words that help. */
function reasonOf(thrown: unknown): string {
  const { message } = asFault(thrown)
  return thrown instanceof Fault ? message : thrown instanceof Error ? systemErrorText(thrown) : message
}
