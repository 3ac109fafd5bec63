// The end of normalising: what must be there from what is known, then from the schema; profiles named, observables gathered.
import type { OcsfAttribute, OcsfClassShape } from '#standards'
import { baseName, caption, complete, completeInside, least } from './complete.ts'
import type { Draft } from './draft.ts'
import type { Normalisable } from './event.ts'
import { observablesOf } from './observables.ts'
import { isOcsfObject } from './value.ts'

const programs = [
  'process',
  'process.parent_process',
  'actor.process',
  'actor.process.parent_process',
  'module',
  'driver',
]
/** What runs is a regular file, in a folder. */
function regularFile(draft: Draft, at: string): void {
  const top = at.startsWith('actor') ? 'actor' : at.startsWith('process') ? 'process' : at
  const path = draft.event[top] === undefined ? undefined : draft.text(`${at}.file.path`)
  if (path === undefined) return
  draft.place(`${at}.file.type_id`, 1)
  const name = baseName(path)
  if (name.length < path.length) draft.place(`${at}.file.parent_folder`, path.slice(0, -name.length - 1))
}

/** What the class requires and the record knows by another name. */
function standIns(draft: Draft, event: Normalisable): void {
  const { shape, event: out } = draft
  const missing = (name: string): boolean => shape.attributes.get(name)?.need === 'required' && out[name] === undefined
  const { service, product } = event.logsource
  if (missing('actor')) draft.place('actor.app_name', service ?? product ?? event.parser)
  if (missing('device') && event.source !== undefined) draft.place('device.name', event.source)
  if (missing('job')) draft.place('job.name', event.file ?? event.activity)
  const noEnds = out['src_endpoint'] === undefined && out['dst_endpoint'] === undefined
  if (shape.category === 4 && noEnds) draft.place('dst_endpoint.hostname', event.host)
}

function completeProfiles({ shape, event: out, profiles }: Draft): void {
  for (const name of Object.keys(out)) {
    const added = shape.attributes.has(name) ? undefined : shape.byProfile.get(name)
    const value = out[name]
    if (added && value !== undefined) completeInside(added.attribute, value)
  }
  for (const profile of profiles)
    for (const attribute of neededBy(shape, profile)) {
      caption(attribute, out)
      if (attribute.need === 'required') out[attribute.name] ??= least(attribute, out)
    }
}

const needed = new WeakMap<OcsfClassShape, Map<string, readonly OcsfAttribute[]>>()
/** Attributes of a profile that are required or an enumeration. */
function neededBy(shape: OcsfClassShape, profile: string): readonly OcsfAttribute[] {
  let known = needed.get(shape)
  if (!known) needed.set(shape, (known = new Map()))
  let attributes = known.get(profile)
  if (!attributes) {
    attributes = [...shape.byProfile.values()]
      .filter((one) => one.profile === profile)
      .map(({ attribute }) => attribute)
      .filter(({ captions, need }) => captions !== undefined || need === 'required')
    known.set(profile, attributes)
  }
  return attributes
}

/** Makes the draft a whole event of its class. */
export function finish(draft: Draft, event: Normalisable): void {
  const { shape, event: out } = draft
  standIns(draft, event)
  for (const at of programs) regularFile(draft, at)
  complete(shape, out)
  completeProfiles(draft)
  const { metadata } = out
  if (isOcsfObject(metadata) && draft.profiles.size > 0) metadata['profiles'] = [...draft.profiles].sort()
  const observables = observablesOf(shape, out)
  if (observables.length > 0) out['observables'] = observables
}
