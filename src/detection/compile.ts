// A rule that can run: its tree and what alerts say of it.
import { attackOf, type Level } from '#standards'
import type { Expression, RuleHead, RuleSource } from './sigma/rule.ts'

export interface CompiledRule {
  readonly id: string
  readonly title: string
  readonly level: Level
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  readonly source: RuleSource
  readonly when: Expression
}

/** A rule ready for the engine. */
export const compileRule = (head: RuleHead, when: Expression): CompiledRule => compileLater(head, () => when)

/** The same, with a tree that is made when somebody asks for it: of most rules no event ever comes. */
export function compileLater(head: RuleHead, tree: () => Expression): CompiledRule {
  let when: Expression | undefined
  return {
    id: head.id,
    title: head.title,
    level: head.level,
    ...attackOf(head.tags),
    source: head.source,
    get when() {
      return (when ??= tree())
    },
  }
}
