// Decisions laid on threats: which one counts for which threat, and which have run out or lost their threat.
import type { Issue } from '#kernel'
import type { Move } from '#model'
import { nearest } from '#platform'
import type { Threat } from '../threat.ts'
import type { PlacedDecision } from './read.ts'

const day = 86_400_000

/** Whether a decision no longer holds at this time: its last day (UTC) is over. */
export const hasExpired = ({ until }: { readonly until?: string | undefined }, now: number): boolean =>
  until !== undefined && now >= Date.parse(`${until}T00:00:00Z`) + day

/**
 * Threats with the decision that counts for each: one that names it before one with a pattern, and of equals the later. Decisions that have run
 * out, or that no threat is named by any more, are issues. Names of before count as the names of now (`moved`).
 */
export function decided(
  threats: readonly Threat[],
  decisions: readonly PlacedDecision[],
  { moves, now }: { readonly moves: readonly Move[]; readonly now: number },
): { threats: Threat[]; issues: Issue[] } {
  const renamed = renaming(moves)
  const known = decisions.map((decision) => ({ decision, pattern: renamed(decision.threat) }))
  const exact = new Map<string, PlacedDecision>()
  for (const { decision, pattern } of known) if (!pattern.includes('*')) exact.set(pattern, decision)
  const wide = known
    .filter(({ pattern }) => pattern.includes('*'))
    .map((one) => ({ ...one, fits: fitting(one.pattern) }))
  const holds = (decision: PlacedDecision | undefined) => decision !== undefined && !hasExpired(decision, now)
  const ids = new Set(threats.map(({ id }) => id))
  const issues = known.flatMap(({ decision, pattern }) => {
    const used = pattern.includes('*') ? threats.some(({ id }) => fitting(pattern)(id)) : ids.has(pattern)
    if (!used) return [orphaned(decision, pattern, [...ids])]
    return hasExpired(decision, now) && (pattern.includes('*') || exact.get(pattern) === decision)
      ? [expired(decision)]
      : []
  })
  const laid = threats.map((threat) => {
    const named = exact.get(threat.id)
    const decision = holds(named) ? named : wide.findLast((one) => one.fits(threat.id) && holds(one.decision))?.decision
    return decision ? { ...threat, decision } : threat
  })
  return { threats: laid, issues }
}

/** A pattern as a question: * stands for any letters. Linear in the text for each star. */
export function fitting(pattern: string): (id: string) => boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.at(-1)
  if (last === undefined) return (id) => id === pattern
  return (id) => {
    if (!id.startsWith(first) || !id.endsWith(last) || id.length < first.length + last.length) return false
    let at = first.length
    for (const part of rest.slice(0, -1)) {
      const found = id.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return at <= id.length - last.length
  }
}

/** An id with names of before, in the names of now: rule@old-name, rule@old-name -> other. */
export function renaming(moves: readonly Move[]): (id: string) => string {
  const bare = (name: string) => name.replace(/^(assets|people|data|zones|services|flows)\./, '')
  const now = new Map(moves.map(({ from, to }) => [bare(from), bare(to)]))
  const newest = (name: string): string => {
    const seen = new Set<string>()
    let at = name
    for (let next = now.get(at); next !== undefined && !seen.has(at); next = now.get(at)) {
      seen.add(at)
      at = next
    }
    return at
  }
  return (id) => {
    const split = id.indexOf('@')
    if (split < 0 || now.size === 0) return id
    const target = newest(id.slice(split + 1))
    const ends = /^(\S+) -> (\S+)(.*)$/.exec(target)
    const text = ends ? `${newest(ends[1] ?? '')} -> ${newest(ends[2] ?? '')}${ends[3] ?? ''}` : target
    return `${id.slice(0, split)}@${text}`
  }
}

const expired = ({ threat, until, owner, file, line }: PlacedDecision): Issue => ({
  code: 'decision-expired',
  severity: 'warning',
  at: { file, line },
  text: `the decision about ${threat} ended on ${until ?? ''}; the threat is open again`,
  help: `let ${owner} decide again, with a new day`,
})

const orphaned = ({ threat, file, line }: PlacedDecision, pattern: string, ids: readonly string[]): Issue => {
  const near = nearestId(pattern, ids)
  return {
    code: 'decision-orphaned',
    severity: 'warning',
    at: { file, line },
    text: `no threat is called ${threat} any more`,
    help: near === undefined ? 'take the entry out' : `take the entry out, or write ${near}`,
  }
}

/** The id that was probably meant: of the same rule the one with the most similar target, or the only one; else the most similar id. */
function nearestId(pattern: string, ids: readonly string[]): string | undefined {
  const rule = pattern.slice(0, pattern.indexOf('@') + 1)
  const same = ids.filter((id) => rule !== '' && id.startsWith(rule))
  const target = nearest(
    pattern.slice(rule.length),
    same.map((id) => id.slice(rule.length)),
  )
  if (target !== undefined) return rule + target
  return same.length === 1 ? same[0] : nearest(pattern, ids)
}
