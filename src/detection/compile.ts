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
export const compileRule = (head: RuleHead, when: Expression): CompiledRule => ({
  id: head.id,
  title: head.title,
  level: head.level,
  ...attackOf(head.tags),
  source: head.source,
  when,
})
