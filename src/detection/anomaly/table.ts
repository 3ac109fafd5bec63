// Every detector of anomalies. Another one is a file and a line here.
import { Fault } from '#kernel'
import { beaconing } from './beaconing.ts'
import { dnsTunnel } from './dns-tunnel.ts'
import { impossibleTravel } from './impossible-travel.ts'
import { longConnection } from './long-connection.ts'
import { massFiles } from './mass-files.ts'
import { newAdminAction } from './new-admin-action.ts'
import { newBinary } from './new-binary.ts'
import { newCountry } from './new-country.ts'
import { newDestinationVolume } from './new-destination-volume.ts'
import { newParentProcess } from './new-parent-process.ts'
import { newPersistence } from './new-persistence.ts'
import { newUserHost } from './new-user-host.ts'
import { offHoursAdmin } from './off-hours-admin.ts'
import { passwordSpraying } from './password-spraying.ts'
import { rareForPeers } from './rare-for-peers.ts'
import { profiles } from './profile.ts'
import type { Detector, Parameters, Settings } from './types.ts'
import { volume } from './volume.ts'
import { common, type Worker, workerOf } from './worker.ts'

/** What is set in castellan.yaml under `anomalies`: for a detector's name, its parameters. */
export type AnomalySettings = Readonly<Record<string, Readonly<Record<string, number>>>>
interface Entry {
  readonly name: string
  readonly parameters: Parameters
  open(set: Readonly<Record<string, number>>): Worker
}

const holdsAll = <P extends Parameters>(set: Readonly<Record<string, number>>, of: P): set is Settings<P> =>
  Object.keys(of).every((name) => typeof set[name] === 'number')

/** A detector, ready to be opened with what is set for it. */
function entry<Group, P extends Parameters>(detector: Detector<Group, P>): Entry {
  const own = { ...detector.parameters, ...common }
  const standard: Parameters = { ...own, learnDays: { ...common.learnDays, value: detector.learnDays } }
  return {
    name: detector.name,
    parameters: standard,
    open(set) {
      const all = Object.fromEntries(Object.entries(standard).map(([name, one]) => [name, set[name] ?? one.value]))
      if (!holdsAll<typeof own>(all, own)) throw new Fault('BUG', `parameters of ${detector.name}`)
      return workerOf(detector, all)
    },
  }
}

const entries: readonly Entry[] = [
  entry(newUserHost),
  entry(newParentProcess),
  entry(newCountry),
  entry(newBinary),
  entry(newAdminAction),
  entry(newPersistence),
  entry(rareForPeers),
  entry(volume),
  entry(beaconing),
  entry(longConnection),
  entry(dnsTunnel),
  entry(passwordSpraying),
  entry(impossibleTravel),
  entry(massFiles),
  entry(offHoursAdmin),
  entry(newDestinationVolume),
  entry(profiles),
]

/** Opens every detector. Throws Fault CONFIG_INVALID for a detector or a parameter that there is none of. */
export function openDetectors(settings: AnomalySettings = {}): Worker[] {
  for (const [name, set] of Object.entries(settings)) {
    const known = entries.find((one) => one.name === name)
    if (!known)
      throw wrong(
        `anomalies.${name}`,
        entries.map((one) => one.name),
      )
    for (const parameter of Object.keys(set))
      if (!Object.hasOwn(known.parameters, parameter))
        throw wrong(`anomalies.${name}.${parameter}`, Object.keys(known.parameters))
  }
  return entries.map((one) => one.open(Object.hasOwn(settings, one.name) ? (settings[one.name] ?? {}) : {}))
}
const wrong = (place: string, known: readonly string[]): Fault =>
  new Fault('CONFIG_INVALID', `${place}: there is no such; there are ${known.join(', ')}`)
