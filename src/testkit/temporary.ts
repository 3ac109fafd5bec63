// Folders and stores that last for one test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { sql } from 'kysely'
import { type EventEngine, openEvents, openState, type State } from '#platform'
import { clickhouseStandIn } from './clickhouse-stand-in.ts'

/** What a temporary thing needs of a test: a place to say that it can go. */
export type Ends = Pick<TestContext, 'after'>

/** An empty folder, gone after the test. */
export function temporaryFolder(t: Ends): string {
  const folder = newFolder()
  t.after(() => remove(folder))
  return folder
}
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'castellan-test-'))
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })

/** A new SQLite state store, closed and gone after the test. */
export async function temporaryState(t: Ends): Promise<State> {
  const folder = newFolder()
  const state = await openState({ url: '', folder })
  t.after(async () => {
    await state.close()
    remove(folder)
  })
  return state
}

/** Where tests find PostgreSQL; its user must be allowed to make schemas. */
export const postgresVariable = 'CASTELLAN_TEST_POSTGRES'

let schemas = 0
/** A state store in a new schema of the PostgreSQL that CASTELLAN_TEST_POSTGRES names, dropped after the test. */
export async function temporaryPostgres(t: Ends): Promise<State> {
  const { url, drop } = await temporarySchema()
  const state = await openState({ url, folder: '' })
  t.after(async () => {
    await state.close()
    await drop()
  })
  return state
}

/** The URL of a new, empty schema of the test PostgreSQL, and the way to drop it. */
export async function temporarySchema(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env[postgresVariable] ?? ''
  const schema = `castellan_test_${process.pid}_${(schemas += 1)}`
  const run = async (statement: ReturnType<typeof sql>): Promise<void> => {
    const owner = await openState({ url: server, folder: '' })
    await statement.execute(owner.db())
    await owner.close()
  }
  await run(sql`create schema ${sql.id(schema)}`)
  const url = new URL(server)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return { url: url.href, drop: () => run(sql`drop schema ${sql.id(schema)} cascade`) }
}

/** One test on each state engine: SQLite always; PostgreSQL when CASTELLAN_TEST_POSTGRES names one, else skipped with the reason shown. */
export function eachState(name: string, work: (state: State, t: TestContext) => unknown): void {
  void test(`${name} (SQLite)`, async (t) => void (await work(await temporaryState(t), t)))
  const skip = process.env[postgresVariable] ? false : `set ${postgresVariable}=postgres://… to run this on PostgreSQL`
  void test(`${name} (PostgreSQL)`, { skip }, async (t) => void (await work(await temporaryPostgres(t), t)))
}

/** A new event engine in this process (chDB), closed and gone after the test. One at a time: chDB has one folder a process. */
export async function temporaryEvents(t: Ends, limits = usualLimits): Promise<EventEngine> {
  const folder = newFolder()
  const events = await openEvents({ url: '', folder, limits })
  t.after(async () => {
    await events.close()
    remove(folder)
  })
  return events
}
const usualLimits = { queryMilliseconds: 30_000, queryRows: 10_000 }

/** Where tests find a ClickHouse server; its user must be allowed to make databases. */
export const clickhouseVariable = 'CASTELLAN_TEST_CLICKHOUSE'

/**
 * One test on each form of the event engine: chDB; the client for servers, against a stand-in that speaks ClickHouse's HTTP with chDB behind it;
 * and a real server when CASTELLAN_TEST_CLICKHOUSE names one, else skipped with the reason shown.
 */
export function eachEvents(name: string, work: (events: EventEngine, t: TestContext) => unknown): void {
  void test(`${name} (chDB)`, async (t) => void (await work(await temporaryEvents(t), t)))
  void test(`${name} (ClickHouse's HTTP, a stand-in)`, async (t) => {
    const { url, close } = await clickhouseStandIn(
      await temporaryEvents(t, { queryMilliseconds: 600_000, queryRows: 1e6 }),
    )
    const events = await openEvents({ url, folder: '', limits: usualLimits })
    t.after(async () => {
      await events.close()
      await close()
    })
    await work(events, t)
  })
  const server = process.env[clickhouseVariable]
  const skip = server ? false : `set ${clickhouseVariable}=http://… to run this on a ClickHouse server`
  void test(
    `${name} (ClickHouse)`,
    { skip },
    async (t) => void (await work(await temporaryDatabase(t, server ?? ''), t)),
  )
}

async function temporaryDatabase(t: Ends, server: string): Promise<EventEngine> {
  const owner = await openEvents({ url: server, folder: '', limits: usualLimits })
  const database = `castellan_test_${process.pid}_${(schemas += 1)}`
  await owner.command('create database {name:Identifier}', { name: database })
  const url = new URL(server)
  url.pathname = `/${database}`
  const events = await openEvents({ url: url.href, folder: '', limits: usualLimits })
  t.after(async () => {
    await events.close()
    await owner.command('drop database {name:Identifier}', { name: database })
    await owner.close()
  })
  return events
}
