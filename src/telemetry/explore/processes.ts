// The tree of processes around an event: who started its process, and what that started in turn. Bounded in depth, width and time.
import { eventIdOf, momentParam } from '../columns.ts'
import type { EventId, EventView } from '../types.ts'
import type { Finding } from './finding.ts'

/** One process. A `host:pid` is used again when its process has ended, so a node is named by the event of its start where there is one. */
export interface ProcessNode {
  readonly key: string
  /** Key of the process that started it; empty at the top. */
  readonly parent: string
  readonly uid: string
  readonly process: string
  readonly command_line: string
  readonly user: string
  /** When it was started; null when no event says so. */
  readonly started: number | null
  /** The event that tells of it; null for a parent that only its child names. */
  readonly event: EventId | null
  /** Processes that it started but that are not shown. */
  readonly more: number
}
export interface ProcessTree {
  /** Key of the event's own process; empty when the event names none. */
  readonly focus: string
  readonly host: string
  readonly nodes: ProcessNode[]
  /** Other processes started by the same parent. */
  readonly siblings: number
}

interface Row {
  readonly seq: number
  readonly at: number
  readonly uid: string
  readonly parent_uid: string
  readonly process: string
  readonly parent_process: string
  readonly command_line: string
  readonly user: string
  readonly starts: number
}

export const treeLimits = { up: 20, down: 6, wide: 40, nodes: 200, rows: 2_000 } as const
const day = 86_400_000
/** A service may have started long before; what a process starts comes soon. */
const [before, after] = [90 * day, 7 * day]

const starts = "class_uid = 1007 and (activity_id = 1 or activity = 'process started')"
const read = `seq, toUnixTimestamp64Milli(time) as at, process_uid as uid, parent_process_uid as parent_uid, process, parent_process, command_line, user, (${starts}) as starts`

/** A process known well enough to look for its parent and children. */
interface Known {
  readonly node: ProcessNode
  readonly at: number
  readonly parentUid: string
  readonly parentProcess: string
}
const knownOf = (row: Row, parent: string): Known => ({
  node: {
    key: row.starts ? eventIdOf(row.seq) : row.uid,
    parent,
    uid: row.uid,
    process: row.process,
    command_line: row.command_line,
    user: row.user,
    started: row.starts ? row.at : null,
    event: eventIdOf(row.seq),
    more: 0,
  },
  at: row.at,
  parentUid: row.parent_uid,
  parentProcess: row.parent_process,
})

/** Asks about processes of one host within the stretch of time around an event. */
async function asker({ events, where }: Finding, { host, time }: Pick<EventView, 'host' | 'time'>) {
  const { from, sql, params: bounds } = await where({ since: time - before, until: time + after })
  const here = `${sql} and lower(host) = {host:String}`
  const params = { ...bounds, host: host.toLowerCase() }
  return {
    /** What tells of a process at a time: its latest start until then, else the last event that names it. */
    async at(uid: string, at: number): Promise<Row | undefined> {
      const asked = `select ${read} from ${from} where ${here} and lower(process_uid) = lower({uid:String}) and time <= ${momentParam('at')} order by starts desc, time desc, seq desc limit 1`
      const [row] = await events.query<Row>(asked, { ...params, uid, at })
      return row
    },
    /** Processes with one of these parents; of a process without a start, its first events. */
    children: (uids: readonly string[]): Promise<Row[]> =>
      events.query<Row>(
        `select ${read} from ${from} where ${here} and parent_process_uid in {uids:Array(String)} and process_uid != '' order by starts desc, time, seq limit 50 by process_uid limit ${treeLimits.rows}`,
        { ...params, uids },
        { rows: treeLimits.rows },
      ),
    /** When each of these was started, again and again. */
    startsOf: (uids: readonly string[]): Promise<{ uid: string; at: number }[]> =>
      events.query<{ uid: string; at: number }>(
        `select process_uid as uid, toUnixTimestamp64Milli(time) as at from ${from} where ${here} and process_uid in {uids:Array(String)} and ${starts} order by at limit ${treeLimits.rows}`,
        { ...params, uids },
        { rows: treeLimits.rows },
      ),
  }
}
type Ask = Awaited<ReturnType<typeof asker>>

/** The tree around an event. Nothing but an empty focus when the event names no process. */
export async function processTree(ground: Finding, event: EventView): Promise<ProcessTree> {
  const { host, process_uid: uid, time } = event
  if (uid === '') return { focus: '', host, nodes: [], siblings: 0 }
  const ask = await asker(ground, event)
  const row = await ask.at(uid, time)
  const focus = row ? knownOf(row, '') : knownOf(rowOfEvent(event), '')
  const line = await ancestors(ask, focus)
  const [parent] = line.slice(-2)
  const family = parent && parent !== focus ? await childrenOf(ask, [parent]) : []
  const nodes = line.map(({ node }, at) => ({ ...node, parent: line[at - 1]?.node.key ?? '' }))
  const last = nodes.at(-1)
  const below = last ? await descendants(ask, { ...focus, node: last }, nodes.length) : []
  return {
    focus: focus.node.key,
    host,
    nodes: [...nodes.slice(0, -1), ...below],
    siblings: family.filter(({ node }) => node.key !== focus.node.key).length,
  }
}

const rowOfEvent = (event: EventView): Row => ({
  seq: 0,
  at: event.time,
  uid: event.process_uid,
  parent_uid: event.parent_process_uid,
  process: event.process,
  parent_process: event.parent_process,
  command_line: event.command_line,
  user: event.user,
  starts: 0,
})

/** From the eldest to the focus. */
async function ancestors(ask: Ask, focus: Known): Promise<Known[]> {
  const line = [focus]
  const seen = new Set([focus.node.key, focus.node.uid])
  for (let child = focus; line.length <= treeLimits.up;) {
    const { parentUid, parentProcess, at } = child
    if (parentUid === '') break
    const row = await ask.at(parentUid, at)
    const parent = row ? knownOf(row, '') : ghost(parentUid, parentProcess, at)
    if (seen.has(parent.node.key)) break
    seen.add(parent.node.key)
    line.unshift(parent)
    child = parent
  }
  return line
}

/** A parent that only its child names. */
const ghost = (uid: string, process: string, at: number): Known => ({
  node: { key: uid, parent: '', uid, process, command_line: '', user: '', started: null, event: null, more: 0 },
  at,
  parentUid: '',
  parentProcess: '',
})

/** The children of these processes, each under the run of its parent's `host:pid` in which it was started. */
async function childrenOf(ask: Ask, parents: readonly Known[]): Promise<Known[]> {
  const uids = [...new Set(parents.map(({ node }) => node.uid))]
  const [rows, begun] = await Promise.all([ask.children(uids), ask.startsOf(uids)])
  const isStarted = new Set(rows.filter(({ starts: is }) => is).map(({ uid }) => uid))
  const told = new Set<string>()
  return rows.flatMap((row) => {
    const isOld = told.has(row.uid)
    if (!row.starts) told.add(row.uid)
    if (!row.starts && (isStarted.has(row.uid) || isOld)) return []
    const parent = parents.find(({ node }) => node.uid === row.parent_uid && isDuring(row.at, node, begun))
    return parent && row.uid !== row.parent_uid ? [knownOf(row, parent.node.key)] : []
  })
}

/** Whether a time falls into a process's own run: from its start until its uid is used anew. */
function isDuring(at: number, { uid, started }: ProcessNode, begun: readonly { uid: string; at: number }[]): boolean {
  if (started !== null && at < started) return false
  const next = begun.find((one) => one.uid === uid && one.at > (started ?? Number.NEGATIVE_INFINITY))
  // Of a process whose start was not seen, what comes before a later start with the same number is its own.
  return next === undefined || at < next.at
}

/** The process and what it started, level by level; what does not fit is counted at its parent. */
async function descendants(ask: Ask, top: Known, used: number): Promise<ProcessNode[]> {
  const all = new Map([[top.node.key, top.node]])
  let level: readonly Known[] = [top]
  for (let depth = 0; depth <= treeLimits.down && level.length > 0; depth++) {
    const found = (await childrenOf(ask, level)).filter(({ node }) => !all.has(node.key))
    const next: Known[] = []
    for (const parent of level) {
      const own = found.filter(({ node }) => node.parent === parent.node.key)
      const room = depth === treeLimits.down ? 0 : treeLimits.nodes - used - all.size
      const shown = own.slice(0, Math.max(0, Math.min(treeLimits.wide, room)))
      for (const one of shown) all.set(one.node.key, one.node)
      all.set(parent.node.key, { ...parent.node, more: own.length - shown.length })
      next.push(...shown)
    }
    level = next
  }
  return [...all.values()]
}
