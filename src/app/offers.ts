// What every room offers, one line a room. Doors, jobs, stores and reports are all read from here.
import {
  type Action,
  bind,
  type BoundOperation,
  type Evidence,
  Fault,
  type Job,
  type Migration,
  type RoomOperation,
  type Section,
} from '#kernel'
import { join } from 'node:path'
import * as access from '#access'
import * as detection from '#detection'
import * as drawing from '#drawing'
import * as enrichment from '#enrichment'
import * as exchange from '#exchange'
import * as host from '#host'
import * as incidents from '#incidents'
import * as ledger from '#ledger'
import * as model from '#model'
import * as paths from '#paths'
import * as reality from '#reality'
import { bindJobs, jobMigrations, secretMigrations, systemClock } from '#platform'
import * as telemetry from '#telemetry'
import * as threats from '#threats'
import { bindActions, bindEvidence, bindSections } from './bound.ts'
import type { House, Offered } from './house.ts'
import { operations as ownOperations } from './operations/table.ts'
import { jobs as ownJobs } from './retro.ts'

/** The lists that a room may export. */
interface Lists<Room> {
  readonly operations?: readonly RoomOperation<Room>[]
  readonly jobs?: readonly Job<Room>[]
  readonly evidence?: readonly Evidence<Room>[]
  readonly actions?: readonly Action<Room>[]
  readonly sections?: readonly Section<Room>[]
  /** Of the state store. */
  readonly migrations?: readonly Migration[]
}

/** Opens a room that needs no store, for commands that only read it. */
type Alone<Room> = (workspace: string) => Promise<Room>

const offer = <Room>(room: (house: House) => Room, lists: Lists<Room>, alone?: Alone<Room>) => ({
  alone: alone && (async (workspace: string) => bind(lists.operations ?? [], await alone(workspace))),
  catalogue: (lists.operations ?? []).map(unopened),
  migrations: lists.migrations ?? [],
  of: (house: House): Offered => ({
    operations: bind(lists.operations ?? [], room(house)),
    jobs: bindJobs(lists.jobs ?? [], room(house)),
    evidence: bindEvidence(lists.evidence ?? [], room(house)),
    actions: bindActions(lists.actions ?? [], room(house)),
    sections: bindSections(lists.sections ?? [], room(house)),
  }),
})

function unopened<Room>(operation: RoomOperation<Room>): BoundOperation {
  const run = (): Promise<never> => Promise.reject(new Fault('BUG', `${operation.name} was asked of a closed house`))
  return { ...operation, run }
}

const threatsAlone = async (workspace: string): Promise<threats.Threats> => {
  const estate = await model.openModel({ workspace })
  return threats.openThreats({
    workspace,
    model: estate,
    clock: systemClock,
    estateAt: async (rev) => (await estate.at(rev)).estate,
  })
}

const offers = [
  offer((house) => house, {
    jobs: ownJobs,
    operations: ownOperations,
    migrations: [...jobMigrations, ...secretMigrations],
  }),
  offer(
    (house) => house.model,
    model,
    (workspace) => model.openModel({ workspace }),
  ),
  offer(
    (house) => house.exchange,
    exchange,
    async (workspace) => ({ workspace, model: await model.openModel({ workspace }) }),
  ),
  offer(
    (house) => house.drawing,
    drawing,
    async (workspace) =>
      drawing.openDrawing({ model: await model.openModel({ workspace }), folder: join(workspace, '.castellan') }),
  ),
  offer((house) => house.reality, reality),
  offer((house) => house.threats, threats, threatsAlone),
  offer(
    (house) => house.paths,
    paths,
    async (workspace) => paths.openPaths({ model: await model.openModel({ workspace }) }),
  ),
  offer(
    () => host.thisHost,
    host,
    () => Promise.resolve(host.thisHost),
  ),
  offer((house) => house.telemetry, telemetry),
  offer((house) => house.enrichment, enrichment),
  offer((house) => house.detection, detection),
  offer((house) => house.incidents, incidents),
  offer((house) => house.ledger, ledger),
  offer((house) => house.access, access),
]

/** Every operation without a room behind it: what help, docs and clients are printed from. */
export const catalogue: readonly BoundOperation[] = offers.flatMap((room) => room.catalogue)

/** An operation that reads a room without stores, bound to that room alone; nothing for all others. */
export async function standalone(name: string, workspace: string): Promise<BoundOperation | undefined> {
  const isIt = (one: BoundOperation) => one.name === name && one.kind === 'read'
  const room = offers.find(({ alone, catalogue: own }) => alone !== undefined && own.some(isIt))
  return (await room?.alone?.(workspace))?.find(isIt)
}

/** Every step of the state store's schema. */
export const migrations: readonly Migration[] = offers.flatMap((room) => room.migrations)

/** Everything that the rooms of an opened house offer. */
export function offeredBy(house: House): Offered {
  const all = offers.map((room) => room.of(house))
  return {
    operations: all.flatMap((room) => room.operations),
    jobs: all.flatMap((room) => room.jobs),
    evidence: all.flatMap((room) => room.evidence),
    actions: all.flatMap((room) => room.actions),
    sections: all.flatMap((room) => room.sections),
  }
}
