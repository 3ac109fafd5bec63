// A place where objects lie: a folder of this machine or a bucket. The input knows nothing else of them.

/** An object as a listing shows it. `version` differs when the content does. */
export interface Listed {
  readonly key: string
  readonly size: number
  /** Milliseconds UTC. */
  readonly modified: number
}

export interface ObjectPlace {
  /** For people: where it is. */
  readonly name: string
  /** All objects that changed at this time or later, in no order. */
  list(since: number, signal: AbortSignal): AsyncIterable<Listed>
  /** The bytes of an object. Throws when it is gone. */
  read(key: string, signal: AbortSignal): AsyncIterable<Uint8Array>
}
