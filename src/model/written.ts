// What all files say together, before it is checked: each entry with the way to its place.
import type { Place } from '#kernel'
import type { FlowEnds, Kind, WrittenAsset, WrittenData, WrittenFlow, WrittenService, WrittenZone } from './source.ts'

/** One entry as written. */
export interface Entry<Value> {
  readonly id: string
  readonly value: Value
  /** Where its key stands, or where the value at a path below it begins. */
  readonly place: (path?: readonly PropertyKey[]) => Place
}

/** Everything that could be read, in the order of the files. */
export interface Written {
  readonly zones: ReadonlyMap<string, Entry<WrittenZone>>
  readonly assets: ReadonlyMap<string, Entry<WrittenAsset>>
  readonly flows: ReadonlyMap<string, Entry<WrittenFlow & FlowEnds>>
  readonly data: ReadonlyMap<string, Entry<WrittenData>>
  readonly services: ReadonlyMap<string, Entry<WrittenService>>
  /** Ids of entries that are there but have a problem of their own: naming them is no second problem. */
  readonly broken: Readonly<Record<Kind, ReadonlySet<string>>>
  /** Whether every file could be read: only then is what is missing really missing. */
  readonly complete: boolean
}
