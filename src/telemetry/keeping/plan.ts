// What the next removal takes: by age, by space, and what moves into files. Only reads.
import type { Config, EventEngine } from '#platform'
import { filesTable } from './archive.ts'
import { dueBy, heldBy, youngestDue } from './policy.ts'
import type { ArchiveRow } from './records.ts'
import type { DayPlan, Hold, KeepingPlan } from './types.ts'

const dayLength = 86_400_000
const unhurried = { milliseconds: 3_600_000 }

export type KeepingSettings = Pick<Config, 'retention'> & {
  readonly events: Pick<Config['events'], 'diskBytes' | 'archiveDays'>
}

/** What a plan is made from. */
export interface Planning {
  readonly events: EventEngine
  readonly settings: KeepingSettings
  readonly holds: readonly Hold[]
  readonly archives: readonly ArchiveRow[]
  readonly now: number
}

/** A day as the engine numbers it, such as 20260302. */
export interface NumberedPlan extends DayPlan {
  readonly number: number
  /** The archived file, where it is about one. */
  readonly file: string
}

/** 20260302 as 2026-03-02. */
export const dayText = (day: number): string => `${day}`.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
const dayNumber = (time: number): number => Number(new Date(time).toISOString().slice(0, 10).replaceAll('-', ''))

interface Stored {
  readonly day: number
  readonly events: number
  readonly bytes: number
}

/** Days of the table, the oldest first. */
async function storedDays({ events }: Planning): Promise<Stored[]> {
  const { cluster } = events
  const [parts, table] =
    cluster === '' ? ['system.parts', 'events'] : [`cluster('${cluster}', system.parts)`, 'events_local']
  const asked = `select toUInt32(partition_id) as day, sum(rows) as events, sum(bytes_on_disk) as bytes from ${parts}
    where active and database = currentDatabase() and table = {table:String} group by day order by day`
  return events.query<Stored>(asked, { table }, { rows: 100_000 })
}

/** Events of each day that are due by age, and those of them that are held. */
async function dueDays({
  events,
  settings,
  holds,
  now,
}: Planning): Promise<Map<number, { due: number; held: number }>> {
  const due = dueBy(settings.retention, now)
  const held = heldBy(holds)
  if (settings.retention.length === 0) return new Map()
  const asked = `select toYYYYMMDD(time) as day, count() as due, countIf(${held.sql}) as held from events
    where time < fromUnixTimestamp64Milli({youngest:Int64}, 'UTC') and ${due.sql} group by day`
  const params = { ...due.params, ...held.params, youngest: youngestDue(settings.retention, now) }
  const rows = await events.query<{ day: number; due: number; held: number }>(asked, params, {
    ...unhurried,
    rows: 100_000,
  })
  return new Map(rows.map(({ day, ...counts }) => [day, counts]))
}

async function heldOfDay({ events, holds }: Planning, day: number): Promise<number> {
  if (holds.length === 0) return 0
  const held = heldBy(holds)
  const asked = `select count() as n from events where toYYYYMMDD(time) = {day:UInt32} and ${held.sql}`
  return (await events.query<{ n: number }>(asked, { ...held.params, day }, unhurried))[0]?.n ?? 0
}

/** Files whose events are all due and of which none is held: a file goes whole or stays. */
async function dueFiles(planning: Planning): Promise<NumberedPlan[]> {
  const { events, settings, holds, archives, now } = planning
  const plans: NumberedPlan[] = []
  const due = dueBy(settings.retention, now)
  const held = heldBy(holds)
  for (const row of settings.retention.length === 0 ? [] : archives) {
    if (row.first_time >= youngestDue(settings.retention, now)) continue
    const { sql, params } = filesTable([row.file])
    const asked = `select countIf(${due.sql}) as due, countIf(${held.sql}) as held from (${sql})`
    const [counts] = await events.query<{ due: number; held: number }>(
      asked,
      { ...params, ...due.params, ...held.params },
      unhurried,
    )
    if (!counts || counts.due < row.events) continue
    const { day: number, events: all, bytes, file } = row
    const remove = counts.held === 0 ? all : 0
    plans.push({
      number,
      file,
      day: dayText(number),
      events: all,
      bytes,
      remove,
      held: counts.held,
      why: 'age',
      how: 'file',
    })
  }
  return plans
}

/** The days to remove so that what is stored keeps within its limit: the oldest first, never the latest. */
async function overDays(
  planning: Planning,
  stored: readonly Stored[],
  gone: readonly DayPlan[],
): Promise<NumberedPlan[]> {
  const { diskBytes } = planning.settings.events
  const all = stored.reduce((sum, { bytes }) => sum + bytes, 0)
  const going = gone.reduce((sum, { events, bytes, remove }) => sum + (bytes * remove) / Math.max(1, events), 0)
  let over = diskBytes === 0 ? 0 : all - going - diskBytes
  const plans: NumberedPlan[] = []
  for (const { day: number, events, bytes } of stored.slice(0, -1)) {
    if (over <= 0) break
    const day = dayText(number)
    if (gone.some((one) => one.day === day && one.remove === events)) continue
    const held = await heldOfDay(planning, number)
    const remove = events - held
    const how = held === 0 ? 'whole day' : 'events'
    plans.push({ number, file: '', day, events, bytes, remove, held, why: 'space', how })
    over -= (bytes * remove) / Math.max(1, events)
  }
  return plans
}

/** What the next removal does, in its order. Throws Fault INPUT_INVALID when a hold's search cannot be read, STORE_DOWN. */
export async function planOf(planning: Planning): Promise<Omit<KeepingPlan, 'days'> & { days: NumberedPlan[] }> {
  const { events, settings, holds, archives, now } = planning
  const { diskBytes, archiveDays } = settings.events
  const stored = await storedDays(planning)
  const due = await dueDays(planning)
  const byAge = stored.flatMap(({ day: number, events: all, bytes }): NumberedPlan[] => {
    const counts = due.get(number)
    if (!counts) return []
    const remove = counts.due - counts.held
    const how = remove === all ? 'whole day' : 'events'
    return [{ number, file: '', day: dayText(number), events: all, bytes, remove, held: counts.held, why: 'age', how }]
  })
  const bySpace = await overDays(planning, stored, byAge)
  const leaving = new Set(
    [...byAge, ...bySpace].filter(({ events: all, remove }) => remove === all).map(({ day }) => day),
  )
  const canArchive = events.engine === 'chdb' && archiveDays > 0
  const toFiles = stored
    .filter(({ day }) => canArchive && day < dayNumber(now - archiveDays * dayLength) && !leaving.has(dayText(day)))
    .map(({ day: number, events: all, bytes }): NumberedPlan => ({
      number,
      file: '',
      day: dayText(number),
      events: all,
      bytes,
      remove: 0,
      held: 0,
      why: 'archive',
      how: 'to a file',
    }))
  const bytes = stored.reduce((sum, one) => sum + one.bytes, 0)
  const warnings = [
    ...(archiveDays > 0 && !canArchive
      ? ['events.archiveDays needs chDB: a ClickHouse server has its own storage tiers']
      : []),
    ...(diskBytes > 0 && bytes > diskBytes * 0.9
      ? [
          `stored events take ${Math.round((bytes / diskBytes) * 100)} % of events.diskBytes; beyond it the oldest days go`,
        ]
      : []),
  ]
  const days = [...byAge, ...bySpace, ...(await dueFiles(planning)), ...toFiles]
  return {
    bytes,
    limit: diskBytes,
    holds: holds.length,
    archived: new Set(archives.map(({ day }) => day)).size,
    days,
    warnings,
  }
}
