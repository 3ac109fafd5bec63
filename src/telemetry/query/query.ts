// From a search text to a condition, in one step; and what the language can say, for documentation and help.
import { checkQuery } from './check.ts'
import { expressionsOf, type Written } from './expressions.ts'
import { parseQuery } from './parse.ts'
import type { Doubt } from './resolve.ts'
import { type Condition, conditionOf } from './sql.ts'

/** A search ready to run. */
export interface Search extends Condition {
  readonly doubts: readonly Doubt[]
  readonly expressions: readonly Written[]
}

/** Reads a search text; `now` is what times such as now-15m count from. Throws Fault INPUT_INVALID whose text ends in `at character N`. */
export function readSearch(text: string, now: number): Search {
  const parsed = parseQuery(text)
  const { tree, doubts } = checkQuery(parsed, now)
  return { ...conditionOf(tree), doubts, expressions: expressionsOf(parsed) }
}

/** What can be written and what it finds. */
export const queryDocs: readonly { readonly write: string; readonly finds: string }[] = [
  { write: 'powershell', finds: 'the text anywhere in the message or the raw record, in either case' },
  { write: '"failed password"', finds: 'these words in this order; in quotes * and ? are themselves' },
  { write: 'pass*root', finds: 'any text in place of *, one character in place of ?' },
  { write: 'host:db01', finds: 'events whose host is db01' },
  { write: 'host:ws-*', finds: 'hosts that begin with ws-' },
  { write: 'user:(ada or grace)', finds: 'either of several values' },
  { write: 'CommandLine:*-enc*', finds: "a field by the source's own name, with any text before and after" },
  { write: 'fields.host:db01', finds: "the source's own field where a column has the same name" },
  { write: '"odd name":value', finds: 'a field whose name needs quotes' },
  { write: 'TargetUserName:*', finds: 'events that have the field' },
  { write: 'user:""', finds: 'events without a user' },
  { write: 'src_ip:10.20.0.0/16', finds: 'addresses in a network; ip means source or destination' },
  {
    write: 'url:/^\\/admin.*\\.php/',
    finds: 'a regular expression of RE2 anywhere in the value; a space is written \\s',
  },
  { write: 'exists:user', finds: 'events that have the field; also user:*' },
  { write: 'any:10.2.3.4', finds: 'the value in any column, any field, or the record' },
  { write: 'src.country:RU', finds: 'what is known beyond the record: asset., src., dst., intel., identity., geo.' },
  { write: 'source.ip:10.2.3.4', finds: 'a column by its name in OCSF or ECS' },
  { write: 'dst_port>1024', finds: 'a greater number; also >=, <, <=, and dst_port:>1024' },
  { write: 'port:[1 to 1024]', finds: 'a number between two, both included; * leaves an end open' },
  { write: 'time:2026-03-01', finds: 'the whole day, UTC' },
  { write: 'time>-15m', finds: 'the last quarter of an hour, also now-15m; s, m, h, d, w' },
  { write: 'a b', finds: 'both; and may be written' },
  { write: 'a or b', finds: 'either; and binds more tightly than or' },
  { write: 'not a', finds: 'events without it; also -a' },
  { write: '(a or b) not c', finds: 'parentheses group' },
]
