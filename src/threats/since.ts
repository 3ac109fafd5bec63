// What a change of the model does to its threats: the same rules asked of both estates.
import type { Estate } from '#model'
import { renaming } from './decisions/apply.ts'
import { threatsOf } from './engine.ts'
import { rootCauses } from './group.ts'
import type { ThreatRule } from './rule.ts'
import type { RootCause, Threat } from './threat.ts'

export interface Since {
  /** Root causes of the threats that were not there before. */
  readonly added: RootCause[]
  /** Ids of threats that are gone. */
  readonly gone: string[]
  /** Threats that were there before with another level. */
  readonly changed: { id: string; before: Threat['level']; now: Threat['level'] }[]
}

/** Threats added, gone and changed between two estates. A renamed thing is the same thing. */
export function threatsSince(before: Estate, now: Estate, rules: readonly ThreatRule[]): Since {
  const renamed = renaming(now.moves)
  const old = new Map(threatsOf(before, rules).map((threat) => [renamed(threat.id), threat]))
  const all = threatsOf(now, rules)
  const ids = new Set(all.map(({ id }) => id))
  return {
    added: rootCauses(
      all.filter(({ id }) => !old.has(id)),
      now,
    ),
    gone: [...old.keys()].filter((id) => !ids.has(id)),
    changed: all.flatMap(({ id, level }) => {
      const was = old.get(id)
      return was && was.level !== level ? [{ id, before: was.level, now: level }] : []
    }),
  }
}
