// Names in the model: what an id may be made of, the two ends of a flow, and names with their part before them.
import { isPart, type Part } from './source.ts'

/** What an id may be made of. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/

/** The two ends of a flow and what tells it apart from others between the same two. */
export interface FlowEnds {
  readonly from: string
  readonly to: string
  readonly label: string
}

const flowPattern = /^\s*([^\s()]+)\s*->\s*([^\s()]+)(?:\s+\(([^()]{1,60})\))?\s*$/

/** A flow's key read: `from -> to` or `from -> to (label)`. Undefined when it is neither. */
export function flowEnds(key: string): FlowEnds | undefined {
  const [, from, to, label = ''] = key.length > 300 ? [] : (flowPattern.exec(key) ?? [])
  return from === undefined || to === undefined ? undefined : { from, to, label: label.trim() }
}

/** The id of a flow: its key with single spaces. */
export const flowId = ({ from, to, label }: FlowEnds): string => `${from} -> ${to}${label === '' ? '' : ` (${label})`}`

/** A name with the part that it is of. */
export interface PartName {
  readonly part: Part
  readonly id: string
}

/** `zones.dmz` → part and id; a name without a part is an asset's. */
export function partNameOf(text: string): PartName | undefined {
  const dot = text.indexOf('.')
  const part = dot < 0 ? '' : text.slice(0, dot)
  const named: PartName = isPart(part) ? { part, id: text.slice(dot + 1) } : { part: 'assets', id: text }
  const id = idIn(named.part, named.id)
  return id === undefined ? undefined : { part: named.part, id }
}

/** A key as the id of an entry of this part, or undefined when it cannot be one. */
export function idIn(part: Part, key: string): string | undefined {
  if (part === 'moved') {
    const name = partNameOf(key)
    return name && (name.part === 'assets' ? name.id : `${name.part}.${name.id}`)
  }
  if (part !== 'flows' && part !== 'trust') return idPattern.test(key) ? key : undefined
  const ends = flowEnds(key)
  return ends && flowId(ends)
}
