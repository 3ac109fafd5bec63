// Which rules have been asked of the past already, and as what: a rule that is new, or asks something else than before, is asked again.
import { createHash } from 'node:crypto'
import type { Migration } from '#kernel'
import type { Kysely, State } from '#platform'
import type { CompiledRule } from '../compile.ts'
import { rulesBelow } from '../correlation/stored.ts'
import type { LoadedRule } from '../load.ts'
import type { Expression } from '../sigma/rule.ts'

interface Tables {
  detection_rule_marks: { rule: string; asks: string; hunted: number }
}

export const markMigrations: readonly Migration[] = [
  {
    name: 'detection-0003-rule-marks',
    sql: ['create table detection_rule_marks (rule text primary key, asks text not null, hunted bigint not null)'],
  },
]

/** What a tree asks, as text: with the values of its lists, without the names of its selections. */
function asked(when: Expression): unknown {
  if (when.op === 'item') return [when.field, when.tests.map((test) => test.key)]
  return when.op === 'not' ? ['not', asked(when.of)] : [when.op, when.of.map(asked)]
}

/** A short text that is the same as long as a rule asks the same of the same log source. */
export const asksOf = ({ when, source }: CompiledRule): string =>
  createHash('sha256')
    .update(JSON.stringify([source.product, source.service, source.category, asked(when)]))
    .digest('base64url')
    .slice(0, 22)

/** The same for a rule as loaded; of a correlation with what the rules ask that it is made of. */
export function asksOfLoaded(rule: LoadedRule, existing: (id: string) => LoadedRule): string {
  if (!rule.correlation) return rule.compiled ? asksOf(rule.compiled) : ''
  const below = rulesBelow(rule, existing).flatMap(({ id, compiled }) =>
    compiled ? [`${id} ${asksOf(compiled)}`] : [],
  )
  return createHash('sha256')
    .update(JSON.stringify([rule.correlation.version, ...below.sort()]))
    .digest('base64url')
    .slice(0, 22)
}

/** The table of marks. */
export function markStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    async all(): Promise<Map<string, string>> {
      const rows = await db().selectFrom('detection_rule_marks').select(['rule', 'asks']).execute()
      return new Map(rows.map(({ rule, asks }) => [rule, asks]))
    },
    /** Forgets rules, so that the past is asked when they come back. */
    async forget(rules: readonly string[]): Promise<void> {
      for (let from = 0; from < rules.length; from += 100)
        await db()
          .deleteFrom('detection_rule_marks')
          .where('rule', 'in', rules.slice(from, from + 100))
          .execute()
    },
    async mark(rule: string, asks: string, hunted: number): Promise<void> {
      await db()
        .insertInto('detection_rule_marks')
        .values({ rule, asks, hunted })
        .onConflict((conflict) => conflict.column('rule').doUpdateSet({ asks, hunted }))
        .execute()
    },
  }
}
