// Live updates: what happened is told to whoever listens now; nobody waits for them and nothing depends on them.

/** A second's summary for the console's frame. */
export interface Pulse {
  readonly at: number
  readonly events: number
  readonly perSecond: number
  readonly alerts: number
  readonly spoolRecords: number
  readonly incidentsOpen: number
}
export type LiveMessage =
  | { readonly kind: 'alert'; readonly ids: readonly string[] }
  | { readonly kind: 'incident'; readonly ids: readonly string[] }
  /** A scheduled hunt has found something. */
  | { readonly kind: 'hunt'; readonly name: string; readonly count: number; readonly before: number | null }
  | { readonly kind: 'pulse'; readonly pulse: Pulse }

export interface Live {
  tell(message: LiveMessage): void
  /** Returns the way to stop listening. A listener that throws is dropped. */
  listen(listener: (message: LiveMessage) => void): () => void
  readonly listeners: number
}

/** A hub without memory: a listener hears only what is told while it listens. */
export function createLive(): Live {
  const all = new Set<(message: LiveMessage) => void>()
  return {
    get listeners() {
      return all.size
    },
    listen(listener) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell(message) {
      for (const listener of all) {
        try {
          listener(message)
        } catch {
          all.delete(listener)
        }
      }
    },
  }
}
