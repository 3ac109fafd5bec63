// Fernhill Health's telemetry: everything its people, servers, patients and unwelcome visitors leave in logs.
import { intrusionsOf } from './attack/intrusions.ts'
import { storyOf } from './attack/story.ts'
import { cloud, cloudSource } from './cloud.ts'
import { engineering } from './engineering.ts'
import { edge } from './firewall.ts'
import { firewallSource, linuxSource, webSource } from './linux.ts'
import { maintenance } from './maintenance.ts'
import { patients } from './patients.ts'
import { post } from './post.ts'
import { scanners } from './scanners.ts'
import { idsSource } from './sensor.ts'
import { staff } from './staff.ts'
import { ordered } from './stream.ts'
import type { AttackStep, ExerciseOptions, ExerciseRecord, Scenario, Stream } from './types.ts'
import { windowsSource } from './windows.ts'

export const fernhillSources = [windowsSource, linuxSource, webSource, firewallSource, cloudSource, idsSource] as const

const streams: readonly Stream[] = [staff, maintenance, engineering, patients, post, cloud, edge, scanners]

/**
 * Records of Fernhill Health in order of time, made as they are asked for.
 * The attack begins five hours before the anchor (standard: `to`); an endless stream without an anchor has none.
 * Throws Fault INPUT_INVALID for a window or scale that makes no sense.
 */
export function fernhill(options: ExerciseOptions): Iterable<ExerciseRecord> {
  const { seed, from, to, scale = 1, anchor = to, scenario = 'story' } = options
  const scene: ExerciseRecord[] = []
  if (anchor !== null && Number.isFinite(anchor)) {
    const { steps, before } = storyOf(seed, anchor)
    scene.push(...before, ...steps.flatMap((step) => step.records))
    if (scenario === 'intrusions') scene.push(...intrusionsOf(seed, anchor).flatMap((step) => step.records))
  }
  return { [Symbol.iterator]: () => ordered(streams, scene, { seed, from, to, scale }) }
}

/** The attack's steps in order, as ground truth: what `fernhill` with the same seed and `to` (or anchor) mixes into ordinary life. */
export const fernhillAttackSteps = ({
  seed,
  to,
  scenario = 'story',
}: {
  readonly seed: number
  readonly to: number
  readonly scenario?: Scenario
}): AttackStep[] => [...(scenario === 'intrusions' ? intrusionsOf(seed, to) : []), ...storyOf(seed, to).steps]
