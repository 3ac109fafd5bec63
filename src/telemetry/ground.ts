// What reading events stands on: the engine, the clock, and the days that lie in files.
import type { EventEngine } from '#platform'
import { relationOf } from './keeping/archive.ts'
import type { ArchiveRow } from './keeping/records.ts'

/** The days that lie in files now. */
export type Archives = () => readonly ArchiveRow[]

/** `now` is what relative times of a search count from. */
export interface Ground {
  readonly events: EventEngine
  readonly now: () => number
  readonly archives: Archives
}

/** What a search between these times selects from, and the values of its places. */
export const reach = (
  { archives }: Pick<Ground, 'archives'>,
  { since, until }: { readonly since?: number | undefined; readonly until?: number | undefined },
): ReturnType<typeof relationOf> => relationOf(archives(), since, until)
