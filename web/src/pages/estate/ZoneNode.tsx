// A zone in the drawing: a ground with its name and trust.
import type { Node, NodeProps } from '@xyflow/react'
import type { Zone } from '../../client/nouns.ts'

export type ZoneNodeType = Node<{ zone: Zone; depth: number }, 'zone'>

/** Least trusted zones are marked, so that one sees where the outside begins. */
const trustWord = (trust: number): string => (trust <= 10 ? 'untrusted' : `trust ${trust}`)

export const ZoneNode = ({ data: { zone, depth } }: NodeProps<ZoneNodeType>) => (
  <div className="zone" data-depth={Math.min(3, depth)} data-untrusted={zone.trust <= 10 || undefined}>
    <span className="zone-title">{zone.title}</span>
    <span className="zone-trust number">{trustWord(zone.trust)}</span>
  </div>
)
