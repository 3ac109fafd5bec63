// Opens the house on a workspace: configuration, stores, rooms, and what holds them together. Closed in reverse, whatever happens.
import { timingSafeEqual } from 'node:crypto'
import { join, resolve } from 'node:path'
import { type Actor, type BoundOperation, Fault, isoTime, placeText, systemActor } from '#kernel'
import { type Access, openAccess } from '#access'
import { openDetection } from '#detection'
import { openIncidents } from '#incidents'
import { openLedger } from '#ledger'
import { openModel } from '#model'
import {
  type Config,
  createJobs,
  createMetrics,
  type EventEngine,
  loadConfig,
  lockFolder,
  type Log,
  type Metrics,
  openEvents,
  openSecrets,
  openState,
  type State,
  systemClock,
  systemRandom,
} from '#platform'
import { eventMigrations, openTelemetry, type Telemetry } from '#telemetry'
import { exerciseRecords } from './exercise.ts'
import { hostTexts } from './host-watch.ts'
import type { House } from './house.ts'
import { createLive, type Live } from './live.ts'
import { assetOf } from './locate.ts'
import { openLog } from './logbook.ts'
import { migrations, offeredBy } from './offers.ts'
import { version } from './place.ts'
import { pulse } from './pulse.ts'
import { roadOf } from './road.ts'
import { createRun, type Run } from './run.ts'
import { storesOf } from './operations/system.ts'

/** How to open a workspace. `quiet` writes the log into the workspace instead of standard error. */
export interface OpenOptions {
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly flags: Readonly<Record<string, string>>
  readonly quiet: boolean
}

/** An opened house, as the doors see it. */
export interface Castellan {
  readonly config: Config
  readonly version: string
  readonly log: Log
  readonly access: Access
  readonly telemetry: Pick<Telemetry, 'ingestNdjson'>
  readonly live: Live
  readonly metrics: Metrics
  readonly operations: readonly BoundOperation[]
  readonly run: Run
  /** Proof of having read the workspace's own folder: who has it is at the terminal. */
  readonly terminalToken: string
  readonly terminalActor: (token: string) => Actor | null
  /** Writes something that no operation did into the ledger. */
  recordOutside(operation: string, input: Readonly<Record<string, unknown>>): Promise<void>
  healthy(): Promise<boolean>
  /** Begins to take in events and to run jobs. */
  start(): Promise<void>
  /** Finishes what was accepted and closes the stores. */
  stop(): Promise<void>
}

/** Closes what was opened, the last first; goes on when one fails. */
function closers() {
  const all: (() => unknown)[] = []
  return {
    add: (close: () => unknown) => void all.push(close),
    async close(): Promise<void> {
      const failed: unknown[] = []
      for (const close of all.splice(0).reverse()) {
        try {
          await close()
        } catch (thrown) {
          failed.push(thrown)
        }
      }
      if (failed.length > 0) throw failed[0]
    },
  }
}
type Closers = ReturnType<typeof closers>

/** The settings, or one fault that names every problem in them. */
async function configOf({ workspace, env, flags }: OpenOptions): Promise<Config> {
  const loaded = await loadConfig({ workspace, env, flags })
  if (loaded.ok) return loaded.value
  const lines = loaded.fail.map(
    (issue) => `${placeText(issue.at)}: ${issue.text}${issue.help ? `; ${issue.help}` : ''}`,
  )
  throw new Fault('CONFIG_INVALID', lines.join('\n  '))
}

async function openStores(
  config: Config,
  folder: string,
  close: Closers,
): Promise<{ state: State; events: EventEngine }> {
  const lock = await lockFolder(folder)
  close.add(() => lock.release())
  const state = await openState({ url: config.state.url, folder })
  close.add(() => state.close())
  await state.migrate(migrations)
  const events = await openEvents({ url: config.events.url, folder: join(folder, 'events'), limits: config.limits })
  close.add(() => events.close())
  await events.migrate(eventMigrations)
  return { state, events }
}

async function openHouse(options: OpenOptions, close: Closers): Promise<House> {
  const config = await configOf(options)
  const { workspace, env } = options
  const folder = join(workspace, '.castellan')
  const ground = { clock: systemClock, random: systemRandom, ...(await openStores(config, folder, close)) }
  const log = openLog({ level: config.log.level, folder: options.quiet ? folder : undefined })
  const metrics = createMetrics()
  const { state, events, clock, random } = ground
  const keyFile =
    config.secrets.keyFile === '' ? join(folder, 'secret.key') : resolve(workspace, config.secrets.keyFile)
  const secrets = openSecrets({ state, keyFile, env })
  const ledger = await openLedger({
    state,
    folder: join(folder, 'ledger'),
    clock,
    secrets,
    log: log.child({ room: 'ledger' }),
  })
  close.add(() => ledger.close())
  const model = await openModel({ workspace })
  const folders = config.rules.map((rules) => resolve(workspace, rules))
  const detection = await openDetection({ folders, state, clock, log: log.child({ room: 'detection' }) })
  const jobs = createJobs({ state, clock, random, log: log.child({ room: 'jobs' }) })
  const house: House = {
    workspace,
    config,
    version: version(),
    opened: clock.now(),
    log,
    metrics,
    secrets,
    ledger,
    model,
    detection,
    jobs,
    ...ground,
    access: openAccess({ state, clock, random }),
    incidents: openIncidents({ state, alerts: detection, clock, random }),
    telemetry: await openTelemetry({
      config,
      workspace,
      folder,
      state,
      events,
      clock,
      random,
      metrics,
      log: log.child({ room: 'telemetry' }),
      hostTexts: () => hostTexts({ folder, clock }),
      exerciseRecords,
    }),
    live: createLive(),
    offered: { operations: [], jobs: [], evidence: [], actions: [], sections: [] },
  }
  Object.assign(house.offered, offeredBy(house))
  await jobs.register(house.offered.jobs)
  return house
}

/** Opens the house on a workspace. Throws Fault CONFIG_INVALID (all problems named), STORE_BUSY, STORE_DOWN. */
export async function openCastellan(options: OpenOptions): Promise<Castellan> {
  const close = closers()
  try {
    return doorside(await openHouse(options, close), close)
  } catch (thrown) {
    await close.close().catch(() => undefined)
    throw thrown
  }
}

/** What of the house the doors see. */
function doorside(house: House, close: Closers): Castellan {
  const { config, clock, ledger, state, telemetry, detection, model, jobs, log } = house
  const terminalToken = `cst_terminal_${Buffer.from(systemRandom.bytes(24)).toString('hex')}`
  const recordOutside: Castellan['recordOutside'] = async (operation, input) => {
    const { id, name, role, via } = systemActor
    const actor = { id, name, role, via }
    await state.transaction(() =>
      ledger.record({ at: clock.now(), actor, operation, input, result: { outcome: 'done' } }),
    )
    await ledger.drain()
  }
  return {
    config,
    version: house.version,
    log,
    access: house.access,
    telemetry,
    live: house.live,
    metrics: house.metrics,
    operations: house.offered.operations,
    run: createRun({ state, ledger, log, now: () => clock.now() }),
    terminalToken,
    terminalActor: (token) =>
      same(token, terminalToken) ? { ...systemActor, name: 'terminal', via: 'terminal' } : null,
    recordOutside,
    healthy: async () => (await storesOf(house)).every(({ ok }) => ok),
    async start() {
      log.info({ version: house.version, at: isoTime(house.opened) }, 'castellan starts')
      const road = roadOf(house)
      await telemetry.start(road, (event) => assetOf(event, (facts) => model.locate(facts)))
      close.add(() => telemetry.stop())
      const unwatch = detection.watch()
      close.add(unwatch)
      await jobs.start()
      close.add(() => jobs.stop())
      close.add(pulse(house, road))
    },
    stop: () => close.close(),
  }
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
