// Where inputs are tried: a spool on disk, a book of sources, and the input at work between them.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '#kernel'
import { createLog, createMetrics, type SourceConfig, systemClock } from '#platform'
import { temporaryFolder } from '#testkit'
import { contextOf, type IntakeDeps } from '../ingest.ts'
import { SourceBook } from '../source-book.ts'
import { openSpool } from '../spool.io.ts'
import { runInput } from './table.ts'

/** An input in a room of its own: a spool, a book, nothing else. */
export interface Desk {
  readonly folder: string
  /** Runs an input; the answer stops it. A new run stands for a restart: it knows only what is on the disk. */
  readonly run: (source: SourceConfig, more?: Partial<IntakeDeps>) => Promise<() => Promise<void>>
  readonly texts: () => Promise<string[]>
  /** Waits until the spool holds these texts, in order. */
  readonly holds: (...texts: string[]) => Promise<void>
  readonly health: (name: string) => ReturnType<SourceBook['page']>['health']
}

/** A desk whose spool is gone after the test. */
export async function desk(t: TestContext, spoolBytes = 2 ** 26, recordBytes = 10_000): Promise<Desk> {
  const folder = temporaryFolder(t)
  const open = () =>
    openSpool({ folder: join(folder, 'spool'), spoolBytes, after: 0, floor: 0, random: seededRandom(3), now: () => 9 })
  let spool = await open()
  let book = new SourceBook(systemClock, createMetrics())
  const ends: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const end of ends) await end()
    await spool.close()
  })
  const texts = async () => (await spool.read(1, 1e6, 1e9)).map(({ text }) => text)
  return {
    folder,
    texts,
    async run(source, more) {
      await spool.close()
      spool = await open()
      book = new SourceBook(systemClock, createMetrics())
      const ending = new AbortController()
      const page = book.page(source.name, source.kind)
      const deps: IntakeDeps = {
        spool,
        book,
        clock: systemClock,
        log: createLog({ level: 'silent' }),
        sources: [source],
        marks: new Map(),
        recordBytes,
        hostTexts: async function* () {},
        exerciseRecords: () => [],
        ...more,
      }
      const running = runInput(source, contextOf(source, page, ending.signal, deps))
      running.catch((thrown: unknown) => page.say('failed', thrown instanceof Error ? thrown.message : ''))
      const end = async () => {
        ending.abort()
        await running.catch(() => undefined)
      }
      ends.push(end)
      while (page.health.state === 'stopped') await sleep(5)
      return end
    },
    async holds(...wanted) {
      const patience = performance.now() + 8_000
      while ((await texts()).length < wanted.length && performance.now() < patience) await sleep(20)
      await sleep(30)
      assert.deepEqual(await texts(), wanted)
    },
    health: (name) => book.page(name, '').health,
  }
}
