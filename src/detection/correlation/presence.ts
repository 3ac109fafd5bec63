// Which parts of a correlation were seen, as a condition over them.
import { type Condition, namesFitting } from '../sigma/condition.ts'
import type { Presence } from './types.ts'

/** A condition over the parts by number, or why it cannot be one. */
export function presenceOf(when: Condition, parts: readonly string[]): Presence | string {
  if (when.op === 'name') {
    const part = parts.indexOf(when.name)
    return part < 0 ? `the condition names ${when.name}, which is not among its rules` : { op: 'part', part }
  }
  if (when.op === 'each') {
    const of = namesFitting(when.pattern, parts).map((name): Presence => ({ op: 'part', part: parts.indexOf(name) }))
    return of.length === 0 ? `no rule fits ${when.pattern}` : { op: when.all ? 'and' : 'or', of }
  }
  if (when.op === 'not') {
    const of = presenceOf(when.of, parts)
    return typeof of === 'string' ? of : { op: 'not', of }
  }
  const of: Presence[] = []
  for (const one of when.of) {
    const part = presenceOf(one, parts)
    if (typeof part === 'string') return part
    of.push(part)
  }
  return { op: when.op, of }
}

export const hasNot = (when: Presence): boolean => when.op === 'not' || (when.op !== 'part' && when.of.some(hasNot))

/** The parts that must be there, not those that must not. */
export function positives(when: Presence, isPositive: boolean): number[] {
  if (when.op === 'part') return isPositive ? [when.part] : []
  if (when.op === 'not') return positives(when.of, !isPositive)
  return when.of.flatMap((one) => positives(one, isPositive))
}

/** Whether a condition holds, given which parts were seen. */
export function holdsFor(when: Presence, seen: (part: number) => boolean): boolean {
  switch (when.op) {
    case 'part':
      return seen(when.part)
    case 'not':
      return !holdsFor(when.of, seen)
    case 'and':
      return when.of.every((one) => holdsFor(one, seen))
    case 'or':
      return when.of.some((one) => holdsFor(one, seen))
  }
}
