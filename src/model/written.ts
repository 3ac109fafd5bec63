// What all files say together, before it is checked: each entry with the way to its place.
import type { Place } from '#kernel'
import type { FlowEnds } from './names.ts'
import type {
  Part,
  WrittenAsset,
  WrittenAssumption,
  WrittenData,
  WrittenFlow,
  WrittenKind,
  WrittenPerson,
  WrittenService,
  WrittenTrust,
  WrittenView,
  WrittenZone,
} from './source.ts'

/** One entry as written. */
export interface Entry<Value> {
  readonly id: string
  readonly value: Value
  /** Where its key stands, or where the value at a path below it begins. */
  readonly place: (path?: readonly PropertyKey[]) => Place
}
type Entries<Value> = ReadonlyMap<string, Entry<Value>>

/** Everything that could be read, in the order of the files. */
export interface Written {
  readonly kinds: Entries<WrittenKind>
  readonly zones: Entries<WrittenZone>
  readonly assets: Entries<WrittenAsset>
  readonly flows: Entries<WrittenFlow & FlowEnds>
  readonly data: Entries<WrittenData>
  readonly services: Entries<WrittenService>
  readonly people: Entries<WrittenPerson>
  readonly trust: Entries<WrittenTrust & FlowEnds>
  readonly assumptions: Entries<WrittenAssumption>
  readonly views: Entries<WrittenView>
  /** By the name of before; the value is the name of now. */
  readonly moved: Entries<string>
  /** Ids of entries that are there but have a problem of their own: naming them is no second problem. */
  readonly broken: Readonly<Record<Part, ReadonlySet<string>>>
  /** Whether every file could be read: only then is what is missing really missing. */
  readonly complete: boolean
}
