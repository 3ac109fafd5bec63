// Watches that sources go on sending: a silence or a change of rate becomes an event of that source, which rules judge like any other.
import type { SourceConfig } from '#platform'
import { Cadence, freshCadence, type Change, hear } from './cadence.ts'
import type { SourceBook, SourcePage } from './source-book.ts'
import type { Mark, NewRecord } from './spool-record.ts'
import type { Spool } from './spool.io.ts'

export interface WatchDeps {
  readonly spool: Pick<Spool, 'append' | 'marks'>
  readonly book: SourceBook
  readonly sources: readonly SourceConfig[]
  /** As the state store had them. */
  readonly marks: ReadonlyMap<string, string>
  /** Keeps marks that no record carries. */
  readonly note: (marks: readonly Mark[]) => Promise<void>
}

/** Read once, or invented: their silence means nothing. */
const unwatched = new Set(['evtx', 'exercise'])
const keyOf = (name: string): string => `cadence:${name}`
const noteEvery = 5 * 60_000
/** The parser that reads what is written here. */
export const watchParser = 'source-watch'

const stateIn = (text: string | undefined): Cadence | undefined => {
  if (text === undefined) return undefined
  try {
    return Cadence.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

interface Watched {
  state: Cadence
  /** Records of its page counted so far. */
  counted: number
}

/** Looks at every source whenever step() is called. */
export class SourceWatch {
  private readonly deps: WatchDeps
  private readonly watched = new Map<string, Watched>()
  private noted: number

  constructor(deps: WatchDeps) {
    this.deps = deps
    this.noted = deps.book.clock.now()
    for (const page of deps.book.all) this.of(page)
    // Sources that nobody has configured are known from before.
    for (const key of new Set([...deps.marks.keys(), ...deps.spool.marks.keys()]))
      if (key.startsWith(keyOf(''))) this.recall(key.slice(keyOf('').length))
  }

  private recall(name: string): void {
    const state = this.remembered(name)
    if (state === undefined || this.deps.book.has(name) || state.lastSeen === null) return
    const page = this.deps.book.page(name, 'http')
    page.say('stopped', 'it sent before the last start')
    this.of(page)
  }

  private remembered(name: string): Cadence | undefined {
    const { spool, marks } = this.deps
    const all = [stateIn(spool.marks.get(keyOf(name))), stateIn(marks.get(keyOf(name)))].filter(
      (one) => one !== undefined,
    )
    return all.sort((a, b) => b.at - a.at)[0]
  }

  private of(page: SourcePage): Watched {
    const known = this.watched.get(page.name)
    if (known) return known
    const now = this.deps.book.clock.now()
    const state = this.remembered(page.name)
    if (state) page.resume({ lastSeen: state.lastSeen, bytesToday: state.bytesToday })
    // What was not listened to in between is neither silence nor an hour without records.
    const watched = { state: state ?? freshCadence(now), counted: state ? 0 : page.accepted }
    page.unusual = watched.state.unusual === '' ? '' : unusualTexts[watched.state.unusual]
    this.watched.set(page.name, watched)
    return watched
  }

  /** Looks once. What changed goes into the spool, with the state it changed to; when the spool is full it is looked at again later. */
  async step(): Promise<void> {
    const { book, spool } = this.deps
    const now = book.clock.now()
    for (const page of book.all.filter(({ kind }) => !unwatched.has(kind))) {
      const watched = this.of(page)
      const { accepted } = page
      const count = accepted - watched.counted
      const silentAfter = this.silentAfter(page.name)
      const { state, changes } = hear(watched.state, { now, count, silentAfter })
      const kept = { ...state, lastSeen: page.lastSeen ?? state.lastSeen, bytesToday: page.bytesToday }
      const records = changes.map((change) => this.recordOf(page, change, kept))
      if (records.length > 0 && (await spool.append(records)).full) continue
      watched.state = kept
      watched.counted = accepted
      page.unusual = unusualOf(page.unusual, changes.at(-1))
    }
    if (now - this.noted >= noteEvery) await this.note()
  }

  /** Keeps what was learnt. */
  async note(): Promise<void> {
    this.noted = this.deps.book.clock.now()
    await this.deps.note(
      [...this.watched].map(([name, { state }]) => ({ key: keyOf(name), value: JSON.stringify(state) })),
    )
  }

  private silentAfter(name: string): number | undefined {
    const seconds = this.deps.sources.find((one) => one.name === name)?.silentAfter
    return seconds === undefined ? undefined : seconds * 1000
  }

  private recordOf({ name, kind, lastSeen }: SourcePage, { change, text }: Change, state: Cadence): NewRecord {
    const record = {
      castellan: watchParser,
      time: new Date(state.at).toISOString(),
      change,
      source: name,
      kind,
      lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString(),
      text,
    }
    const mark = { key: keyOf(name), value: JSON.stringify(state) }
    return { source: name, parser: watchParser, text: JSON.stringify(record), mark }
  }
}

const unusualTexts = {
  silent: 'it fell silent before the last start',
  low: 'it sent less than usual before the last start',
  high: 'it sent more than usual before the last start',
} as const

const unusualOf = (before: string, change: Change | undefined): string =>
  change === undefined ? before : change.change === 'usual' ? '' : change.text
