// Opens the house on a workspace: configuration, stores, rooms, and what holds them together. Closed in reverse, whatever happens.
import { timingSafeEqual } from 'node:crypto'
import { type Actor, type BoundOperation, isoTime, systemActor } from '#kernel'
import type { Access } from '#access'
import { type Config, createJobs, type Log, type Metrics, systemRandom } from '#platform'
import type { Telemetry } from '#telemetry'
import { type Closers, closers, openGround, type OpenOptions } from './ground.ts'
import type { House } from './house.ts'
import { createLive, type Live } from './live.ts'
import { assetOf } from './locate.ts'
import { migrations, offeredBy } from './offers.ts'
import { openRooms } from './open-rooms.ts'
import { storesOf } from './operations/system.ts'
import { version } from './place.ts'
import { pulse } from './pulse.ts'
import { rests } from './rests.ts'
import { roadOf } from './road.ts'
import { createRun, type Run } from './run.ts'

/** An opened house, as the doors see it. */
export interface Castellan {
  readonly config: Config
  readonly version: string
  readonly log: Log
  readonly access: Access
  readonly telemetry: Pick<Telemetry, 'exports' | 'ingestDocument' | 'ingestNdjson' | 'lastTaken' | 'push'>
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

async function openHouse(options: OpenOptions, close: Closers): Promise<House> {
  const ground = await openGround(options, migrations, close)
  const { state, clock, random, log } = ground
  const jobs = createJobs({ state, clock, random, log: log.child({ room: 'jobs' }) })
  const house: House = {
    ...ground,
    ...(await openRooms(ground, close)),
    jobs,
    version: version(),
    opened: clock.now(),
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
  const { config, clock, ledger, state, telemetry, detection, enrichment, model, jobs, log } = house
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
      await telemetry.start(road, (event) => assetOf(event, (facts) => model.locate(facts)), enrichment.enrich)
      close.add(() => telemetry.stop())
      close.add(detection.watch())
      close.add(enrichment.watch())
      await jobs.start()
      close.add(() => jobs.stop())
      close.add(telemetry.hunts.listen((told) => house.live.tell({ kind: 'hunt', ...told })))
      close.add(pulse(house, road))
      close.add(rests(house, road))
    },
    stop: () => close.close(),
  }
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
