// A search text held against an alert: the search language's filter, on what an alert says.
import { Fault } from '#kernel'
import { parseQuery, type QueryTree } from '#telemetry'
import type { Alert } from '../types.ts'

type Facts = ReadonlyMap<string, readonly string[]>

/** What an alert says, by names in lower case. */
function factsOf({ rule, source, activity, message, host, user, asset, entities, matched }: Alert): Facts {
  const facts = new Map<string, string[]>([
    ['rule', [rule.id]],
    ['title', [rule.title]],
    ['level', [rule.level]],
    ['technique', rule.techniques],
    ['tactic', rule.tactics],
    ['source', [source]],
    ['activity', [activity]],
    ['message', [message]],
    ['host', [host]],
    ['user', [user]],
    ['asset', [asset]],
    ['address', entities.addresses],
  ])
  for (const { field, value } of matched) {
    const name = field.toLowerCase()
    facts.set(name, [...(facts.get(name) ?? []), value])
  }
  return facts
}

/** Whether a text fits a pattern in which `*` is any text and `?` one character, in either case. Linear in practice: one way back only. */
export function fitsWild(pattern: string, text: string): boolean {
  const [asked, given] = [pattern.toLowerCase(), text.toLowerCase()]
  let [at, from, star, mark] = [0, 0, -1, 0]
  while (from < given.length) {
    const letter = asked[at]
    if (letter === '*') {
      star = at
      mark = from
      at += 1
    } else if (letter !== undefined && (letter === '?' || letter === given[from])) {
      at += 1
      from += 1
    } else if (star >= 0) {
      at = star + 1
      mark += 1
      from = mark
    } else return false
  }
  while (asked[at] === '*') at += 1
  return at === asked.length
}

type Match = Extract<QueryTree, { kind: 'match' }>
const same = ({ text, quoted }: Match, value: string): boolean =>
  quoted ? value.toLowerCase() === text.toLowerCase() : fitsWild(text, value)
const within = ({ text, quoted }: Match, value: string): boolean =>
  quoted ? value.toLowerCase().includes(text.toLowerCase()) : fitsWild(`*${text}*`, value)

function holds(tree: QueryTree, facts: Facts): boolean {
  switch (tree.kind) {
    case 'and':
      return tree.parts.every((part) => holds(part, facts))
    case 'or':
      return tree.parts.some((part) => holds(part, facts))
    case 'not':
      return !holds(tree.part, facts)
    case 'match':
      return tree.field
        ? (facts.get(tree.field.name.toLowerCase()) ?? []).some((value) => same(tree, value))
        : [...facts.values()].flat().some((value) => within(tree, value))
    case 'pattern':
    case 'compare':
    case 'range':
      return false
  }
}

/** Throws Fault INPUT_INVALID for what an alert cannot be asked. */
function checkTree(tree: QueryTree): void {
  if ('parts' in tree) for (const part of tree.parts) checkTree(part)
  else if (tree.kind === 'not') checkTree(tree.part)
  else if (tree.kind !== 'match') {
    const { name } = tree.field
    throw new Fault('INPUT_INVALID', `q: ${name} of an alert is compared as text only; write ${name}:value`)
  }
}

/** The check of a search text, to be used many times. Throws Fault INPUT_INVALID with the place of a mistake. */
export function alertFilter(q: string): (alert: Alert) => boolean {
  const tree = parseQuery(q)
  checkTree(tree)
  return (alert) => holds(tree, factsOf(alert))
}
