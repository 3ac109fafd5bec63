// Live updates from the server: one event stream, reconnected with growing waits, watched for silence.

/** connecting: first try. live: a pulse came lately. stale: connected but silent. offline: waiting to try again. */
export type LiveState = 'connecting' | 'live' | 'stale' | 'offline'

/** What the server says each second. */
export interface Pulse {
  readonly at: number
  readonly events: number
  readonly perSecond: number
  readonly alerts: number
  readonly spoolRecords: number
  readonly incidentsOpen: number
}

/** What the console knows about its connection. Replaced, never changed. */
export interface LiveView {
  readonly state: LiveState
  readonly pulse: Pulse | null
  /** Milliseconds since 1970 of the last message, 0 before the first. */
  readonly heard: number
  /** When the next try to connect comes; 0 while connected. */
  readonly nextTry: number
}

/** The part of EventSource that is used; tests hand in their own. */
export interface Stream {
  addEventListener(name: string, listener: (event: { data?: unknown }) => void): void
  close(): void
}

export interface LiveDeps {
  open(url: string): Stream
  now(): number
  /** Runs a function after some milliseconds; returns the way to call it off. */
  after(milliseconds: number, run: () => void): () => void
  random(): number
}

export interface LiveFeed {
  start(): void
  stop(): void
  readonly view: LiveView
  readonly watch: (listener: () => void) => () => void
  /** Told with the ids of new alerts or changed incidents. */
  readonly on: (kind: 'alert' | 'incident', listener: (ids: readonly string[]) => void) => () => void
}

const silenceMilliseconds = 6000
const longestWait = 30_000

/** Milliseconds before try number `attempt` (from 1): doubled each time up to half a minute, shortened by up to a third so that consoles do not all come back at once. */
export const waitBefore = (attempt: number, random: number): number =>
  Math.round(Math.min(longestWait, 1000 * 2 ** Math.min(attempt - 1, 10)) * (1 - random / 3))

const pulseKeys = ['at', 'events', 'perSecond', 'alerts', 'spoolRecords', 'incidentsOpen'] as const
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isPulse = (value: unknown): value is Pulse =>
  isRecord(value) && pulseKeys.every((key) => typeof value[key] === 'number')

/** The data of a message, or null when it is not JSON. */
export function dataOf(event: { data?: unknown }): unknown {
  try {
    return typeof event.data === 'string' ? JSON.parse(event.data) : null
  } catch {
    return null
  }
}

const idsOf = (data: unknown): string[] => {
  const ids = isRecord(data) ? data['ids'] : undefined
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []
}

type IdsListener = (ids: readonly string[]) => void

/** What is known and who is told. */
function createHub() {
  const start: LiveView = { state: 'connecting', pulse: null, heard: 0, nextTry: 0 }
  const hub = {
    view: start,
    watchers: new Set<() => void>(),
    listeners: { alert: new Set<IdsListener>(), incident: new Set<IdsListener>() },
    show(next: Partial<LiveView>): void {
      hub.view = { ...hub.view, ...next }
      for (const watcher of hub.watchers) watcher()
    },
    reset: () => void (hub.view = start),
  }
  return hub
}

/** Makes a feed; nothing happens until `start`. */
export function createLiveFeed(deps: LiveDeps, url = '/api/v1/live'): LiveFeed {
  const hub = createHub()
  let stream: Stream | undefined
  let attempt = 0
  let callOff = (): void => undefined
  const arm = (): void => {
    callOff()
    callOff = deps.after(silenceMilliseconds, () => hub.show({ state: 'stale' }))
  }
  const hear = (next: Partial<LiveView>): void => {
    attempt = 0
    arm()
    hub.show({ state: 'live', heard: deps.now(), nextTry: 0, ...next })
  }
  const lose = (): void => {
    stream?.close()
    callOff()
    attempt += 1
    const wait = waitBefore(attempt, deps.random())
    hub.show({ state: 'offline', nextTry: deps.now() + wait })
    callOff = deps.after(wait, connect)
  }
  const tell = (kind: 'alert' | 'incident', event: { data?: unknown }): void => {
    hear({})
    for (const listener of hub.listeners[kind]) listener(idsOf(dataOf(event)))
  }
  function connect(): void {
    stream = deps.open(url)
    arm()
    stream.addEventListener('error', lose)
    stream.addEventListener('pulse', (event) => {
      const pulse = dataOf(event)
      if (isPulse(pulse)) hear({ pulse })
    })
    stream.addEventListener('alert', (event) => tell('alert', event))
    stream.addEventListener('incident', (event) => tell('incident', event))
  }
  function stop(): void {
    stream?.close()
    stream = undefined
    callOff()
    hub.reset()
  }
  const start = (): void => void (stream ?? connect())
  return {
    start,
    stop,
    get view() {
      return hub.view
    },
    watch: (listener) => joined(hub.watchers, listener),
    on: (kind, listener) => joined(hub.listeners[kind], listener),
  }
}

/** Adds to a set; the answer takes it out again. */
function joined<T>(set: Set<T>, member: T): () => void {
  set.add(member)
  return () => void set.delete(member)
}

/** The feed of this page. */
export const liveFeed = createLiveFeed({
  open: (url) => new EventSource(url),
  now: () => Date.now(),
  random: () => Math.random(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
})
