// Keeping events as long as they are wanted and no longer: holds, removal by age and by space, and days moved into files.
import { type Actor, asFault, type Clock, Fault, newIdText, type Random } from '#kernel'
import type { EventEngine, Log, State } from '#platform'
import { localTable } from '../schema.ts'
import type { EventStore } from '../store.ts'
import { archiving } from './archive.ts'
import { namesOf, openArchiveFolder, removeFile, settleFile } from './files.io.ts'
import { dayText, type KeepingSettings, type NumberedPlan, planOf } from './plan.ts'
import { dueBy, heldBy, type Part } from './policy.ts'
import { type ArchiveRow, keepingRecords } from './records.ts'
import { type ArchivedDay, type Hold, HoldId, type KeepingPlan } from './types.ts'

export interface KeepingDeps {
  readonly events: EventEngine
  readonly state: State
  readonly settings: KeepingSettings
  /** Where archived days lie. */
  readonly folder: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly exclusive: EventStore['exclusive']
}

/** What a hold is placed on. */
export type HoldOn = Pick<Hold, 'q' | 'source' | 'since' | 'until' | 'reason'>

export type Keeping = Awaited<ReturnType<typeof openKeeping>>

/** The days in files, as they are now; what searches read. */
export interface ArchiveList {
  rows: readonly ArchiveRow[]
}

/** Opens it: what a run that died left between table and file is put right first. Throws Fault STORE_DOWN, CONFIG_INVALID. */
export async function openKeeping(deps: KeepingDeps, list: ArchiveList) {
  const keeper = new Keeper(deps, list)
  await keeper.recover()
  return {
    plan: (): Promise<KeepingPlan> => keeper.shownPlan(),
    run: (signal: AbortSignal): Promise<void> => keeper.run(signal),
    holds: (released: boolean): Promise<Hold[]> => keeper.records.holds(released),
    place: (on: HoldOn, actor: Actor): Promise<Hold> => keeper.place(on, actor),
    release: (id: HoldId, actor: Actor): Promise<void> => keeper.records.release(id, deps.clock.now(), actor.name),
    archived: (): ArchivedDay[] =>
      list.rows.map(({ day, file, events, bytes }) => ({ day: dayText(day), file, events, bytes })),
  }
}

class Keeper {
  readonly records: ReturnType<typeof keepingRecords>
  private readonly deps: KeepingDeps
  private readonly list: ArchiveList
  private readonly archive: ReturnType<typeof archiving>
  private running = false

  constructor(deps: KeepingDeps, list: ArchiveList) {
    this.deps = deps
    this.list = list
    this.records = keepingRecords(deps.state)
    this.archive = archiving(deps.events)
  }

  /** A file that was whole when its run died: kept when the table has none of its events any more, else written again another time. */
  async recover(): Promise<void> {
    const rows = await this.records.archives()
    if (rows.length > 0 || this.deps.settings.events.archiveDays > 0) await openArchiveFolder(this.deps.folder)
    for (const row of rows.filter(({ state }) => state === 'moving')) {
      const left = await this.archive.leftOf(row.file, row.day)
      if (left === 0) await this.records.markKept(row.file)
      else if (left === row.events) await this.drop(row)
      else
        throw new Fault(
          'STORE_DOWN',
          `${row.file} and the table share ${left} of ${row.events} events; neither was touched`,
        )
    }
    await this.reread()
  }

  private async drop({ file }: Pick<ArchiveRow, 'file'>): Promise<void> {
    await this.records.forgetArchive(file)
    await removeFile(file)
  }

  private async reread(): Promise<void> {
    this.list.rows = (await this.records.archives()).filter(({ state }) => state === 'kept')
  }

  private async planned() {
    const { events, settings, clock } = this.deps
    const holds = await this.records.holds()
    return planOf({ events, settings, holds, archives: this.list.rows, now: clock.now() })
  }

  async shownPlan(): Promise<KeepingPlan> {
    const { days, ...rest } = await this.planned()
    return { ...rest, days: days.map(({ number: _number, file: _file, ...day }) => day) }
  }

  async place(on: HoldOn, actor: Actor): Promise<Hold> {
    const { clock, random } = this.deps
    const now = clock.now()
    const hold: Hold = {
      ...on,
      id: HoldId.parse(newIdText('hld', now, random)),
      placed: now,
      by: actor.name,
      released: null,
    }
    heldBy([hold])
    await this.records.place(hold)
    return hold
  }

  /** One removal. A day that fails does not stop the others; the first failure is thrown at the end. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.running) throw new Fault('CONFLICT', 'a removal runs already')
    this.running = true
    try {
      const { days, warnings } = await this.planned()
      for (const text of warnings) this.deps.log.warn(text)
      const failed: unknown[] = []
      for (const day of days) {
        if (signal.aborted) break
        await this.one(day).catch((thrown: unknown) => {
          this.deps.log.error({ err: thrown, day: day.day }, 'a day could not be removed or archived')
          failed.push(thrown)
        })
      }
      if (failed.length > 0) throw asFault(failed[0])
    } finally {
      this.running = false
    }
  }

  private async one(day: NumberedPlan): Promise<void> {
    const { log } = this.deps
    if (day.why === 'archive') await this.toFile(day)
    else if (day.remove === 0) return
    else if (day.how === 'file') {
      await this.dropFile(day)
    } else await this.remove(day)
    log.info({ day: day.day, why: day.why, how: day.how, events: day.remove }, 'events kept long enough')
  }

  /** Everything is asked again here: a hold may be younger than the plan. */
  private async remove({ number: day, why }: NumberedPlan): Promise<void> {
    const { events, settings, clock, exclusive } = this.deps
    const due: Part = why === 'space' ? { sql: '1', params: {} } : dueBy(settings.retention, clock.now())
    const on = events.cluster === '' ? 'events' : `${localTable} on cluster '${events.cluster}'`
    const held = heldBy(await this.records.holds())
    const params = { ...due.params, ...held.params, day }
    const isWhole = await exclusive(async () => {
      const asked = `select count() as n, countIf(${due.sql} and not ${held.sql}) as going from events where toYYYYMMDD(time) = {day:UInt32}`
      const [found] = await events.query<{ n: number; going: number }>(asked, params, { milliseconds: 3_600_000 })
      if (found === undefined || found.n !== found.going) return false
      await events.command(`alter table ${on} drop partition ${day}`)
      return true
    })
    if (!isWhole)
      await events.command(
        `delete from ${on} where toYYYYMMDD(time) = {day:UInt32} and ${due.sql} and not ${held.sql}`,
        params,
      )
  }

  private async dropFile({ file }: NumberedPlan): Promise<void> {
    this.list.rows = this.list.rows.filter((row) => row.file !== file)
    await this.drop({ file })
  }

  /** Written, on the disk, compared with the table while nothing is inserted, and only then taken out of the table. */
  private async toFile({ number: day, day: text }: NumberedPlan): Promise<void> {
    const { events, folder, exclusive } = this.deps
    const known = await this.records.archives()
    const names = namesOf(
      folder,
      text,
      known.map(({ file }) => file),
    )
    await this.archive.write(day, names.part)
    const bytes = await settleFile(names.part, names.file, folder)
    await exclusive(async () => {
      const [inTable, inFile] = [await this.archive.ofDay(day), await this.archive.ofFile(names.file)]
      if (inTable.events !== inFile.events || inTable.sum !== inFile.sum) {
        await removeFile(names.file)
        throw new Fault(
          'CONFLICT',
          `${text} changed while it was archived (${inTable.events} events, ${inFile.events} in the file); it stays in the table`,
        )
      }
      const row: ArchiveRow = { ...inFile, file: names.file, day, bytes, state: 'moving' }
      await this.records.addArchive(row)
      await events.command(`alter table events drop partition ${day}`)
      this.list.rows = [...this.list.rows, { ...row, state: 'kept' }]
      await this.records.markKept(names.file)
    })
  }
}
