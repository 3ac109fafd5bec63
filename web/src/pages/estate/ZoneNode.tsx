// A zone in the drawing: a ground with its name and trust.
import type { Node, NodeProps } from '@xyflow/react'
import type { ViewZone } from './near.ts'

export type ZoneNodeType = Node<{ zone: ViewZone }, 'zone'>

/** Least trusted zones are marked, so that one sees where the outside begins. */
const trustWord = (trust: number): string => (trust <= 10 ? 'untrusted' : `trust ${trust}`)

export const ZoneNode = ({ data: { zone } }: NodeProps<ZoneNodeType>) => (
  <div className="zone" data-depth={Math.min(3, zone.depth)} data-untrusted={zone.trust <= 10 || undefined}>
    <span className="zone-title">{zone.title}</span>
    <span className="zone-trust number">{trustWord(zone.trust)}</span>
  </div>
)
