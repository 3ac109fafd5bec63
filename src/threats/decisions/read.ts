// decisions/*.yaml → what was decided, each with its place, and what is wrong with the files.
import { z } from 'zod'
import type { Issue } from '#kernel'
import { issuesOfZod, parseYaml } from '#platform'
import { Decision } from '../threat.ts'

/** A file below decisions/ of the workspace. */
export interface DecisionText {
  readonly file: string
  readonly text: string
}
export type PlacedDecision = Decision & { readonly file: string; readonly line: number }

const Entry = Decision.refine((one) => one.decision !== 'accepted' || one.until !== undefined, {
  path: ['until'],
  message: 'a threat is accepted until a day: add until: 2027-01-31',
})
const DecisionFile = z.strictObject({ decisions: z.array(Entry).max(10_000).nullish() }).nullable()
const Loose = z.object({ decisions: z.array(z.unknown()) })

/** Reads all files. An entry with a mistake is an issue and is left out; the others of its file count. */
export function readDecisions(texts: readonly DecisionText[]): { decisions: PlacedDecision[]; issues: Issue[] } {
  const decisions: PlacedDecision[] = []
  const issues: Issue[] = []
  for (const { file, text } of texts) {
    const parsed = parseYaml(text, file)
    if (!parsed.ok) {
      issues.push(...parsed.fail)
      continue
    }
    const whole = DecisionFile.safeParse(parsed.value.value)
    if (!whole.success) issues.push(...issuesOfZod(whole.error, parsed.value, file, DecisionFile))
    const loose = Loose.safeParse(parsed.value.value)
    for (const [at, raw] of (loose.success ? loose.data.decisions : []).entries()) {
      const entry = Entry.safeParse(raw)
      const { line = 1 } = parsed.value.place(['decisions', at])
      if (entry.success) decisions.push({ ...entry.data, file, line })
    }
  }
  return { decisions, issues }
}
