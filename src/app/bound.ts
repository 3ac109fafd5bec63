// What rooms offer beside operations, with the room in hand.
import type { Action, Call, Evidence, EvidenceItem, Section, SectionBody } from '#kernel'

export interface BoundEvidence extends Pick<Evidence, 'name' | 'does'> {
  collect(call: Call): Promise<EvidenceItem>
}
export interface BoundAction extends Pick<Action, 'name' | 'does' | 'risk'> {
  run(target: string, call: Call): Promise<string>
}
export interface BoundSection extends Pick<Section, 'name' | 'title'> {
  write(call: Call): Promise<SectionBody>
}

export const bindEvidence = <Room>(all: readonly Evidence<Room>[], room: Room): BoundEvidence[] =>
  all.map((one) => ({ name: one.name, does: one.does, collect: (call) => one.collect(room, call) }))

export const bindActions = <Room>(all: readonly Action<Room>[], room: Room): BoundAction[] =>
  all.map((one) => ({
    name: one.name,
    does: one.does,
    risk: one.risk,
    run: (target, call) => one.run(target, room, call),
  }))

export const bindSections = <Room>(all: readonly Section<Room>[], room: Room): BoundSection[] =>
  all.map((one) => ({ name: one.name, title: one.title, write: (call) => one.write(room, call) }))
