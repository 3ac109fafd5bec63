// A decision while it is written: what is missing or wrong, and what is sent.
import type { Input } from '../../client/nouns.ts'
import type { DecisionKind } from './read.ts'

export interface Draft {
  readonly threat: string
  readonly decision: DecisionKind
  readonly reason: string
  readonly owner: string
  readonly until: string
  readonly control: string
}
export type Wrong = Partial<Record<keyof Draft, string>>

/** The day in the viewer's zone as files write it: 2027-01-31. */
export function dayText(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** What keeps a decision from being written, by field. */
export function wrongWith({ threat, decision, reason, owner, until }: Draft, today: string): Wrong {
  return {
    ...(threat.trim() === '' ? { threat: 'which threat it is about' } : {}),
    ...(reason.trim() === '' ? { reason: 'say why, for whoever reads it in a year' } : {}),
    ...(owner.trim() === '' ? { owner: 'say who answers for it' } : {}),
    ...(decision === 'accepted' && until === '' ? { until: 'a threat is accepted until a day' } : {}),
    ...(until !== '' && until < today ? { until: 'that day is over' } : {}),
  }
}

/** The decision as it is sent: empty fields left out. */
export const decisionOf = ({ threat, decision, reason, owner, until, control }: Draft): Input<'threat.decide'> => ({
  threat: threat.trim(),
  decision,
  reason: reason.trim(),
  owner: owner.trim(),
  ...(until === '' ? {} : { until }),
  ...(control.trim() === '' ? {} : { control: control.trim() }),
})
