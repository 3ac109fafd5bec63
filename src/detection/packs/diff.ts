// What changes for a workspace when a pack of rules moves from one commit to another.
import type { LoadedRule } from '../load.ts'
import { asksOf } from '../past/store.ts'

/** How a rule of the pack changes. `words`: only its text, level or state; what it asks stays. */
export const changeKinds = ['added', 'removed', 'asks', 'words'] as const
export interface RuleChange {
  readonly kind: (typeof changeKinds)[number]
  readonly id: string
  readonly title: string
  readonly before: LoadedRule | undefined
  readonly after: LoadedRule | undefined
  /** What is different, in words. */
  readonly what: string
}

function differences(before: LoadedRule, after: LoadedRule): { kind: 'asks' | 'words'; what: string } | undefined {
  const said = (['title', 'level', 'status', 'state'] as const)
    .filter((key) => before[key] !== after[key])
    .map((key) => `${key}: ${before[key]} → ${after[key]}`)
  const asks = ({ compiled, correlation }: LoadedRule): string =>
    compiled ? asksOf(compiled) : (correlation?.version ?? '')
  const changed = asks(before) !== asks(after)
  if (changed) return { kind: 'asks', what: ['it asks something else', ...said].join('; ') }
  if (said.length > 0) return { kind: 'words', what: said.join('; ') }
  return before.text === after.text ? undefined : { kind: 'words', what: 'its text' }
}

/** Every rule that is added, removed or changed, in order of the title. */
export function packDiff(before: readonly LoadedRule[], after: readonly LoadedRule[]): RuleChange[] {
  const old = new Map(before.map((rule) => [rule.id, rule]))
  const now = new Map(after.map((rule) => [rule.id, rule]))
  const changes: RuleChange[] = []
  for (const rule of before)
    if (!now.has(rule.id))
      changes.push({
        kind: 'removed',
        id: rule.id,
        title: rule.title,
        before: rule,
        after: undefined,
        what: rule.level,
      })
  for (const rule of after) {
    const was = old.get(rule.id)
    const found = was ? differences(was, rule) : { kind: 'added' as const, what: rule.level }
    if (found) changes.push({ ...found, id: rule.id, title: rule.title, before: was, after: rule })
  }
  return changes.sort(
    (a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) || (a.title < b.title ? -1 : 1),
  )
}
