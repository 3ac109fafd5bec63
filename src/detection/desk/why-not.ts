// Why a rule does not match an event: its log source part by part, its condition line by line.
import type { LogSource } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { itemHolds, type Matchable } from '../explain.ts'
import { concerns } from '../index/group.ts'
import type { Expression, Item, RuleSource } from '../sigma/rule.ts'
import { fieldOf, isList, textsOf } from '../sigma/tests.ts'

/** One part of the log source: what the rule wants, what the event has. */
export interface Routed {
  readonly part: 'product' | 'service' | 'category'
  readonly rule: string
  readonly event: string
  readonly fits: boolean
}
/** One step of the condition, the whole first. `depth` says what it lies below. */
export interface Step {
  readonly depth: number
  readonly op: 'and' | 'or' | 'not' | 'line'
  readonly holds: boolean
  readonly selection: string
  readonly field: string
  readonly modifiers: readonly string[]
  /** What the rule asks; the first some. */
  readonly asked: readonly string[]
  /** What the event says; empty when the field is not there. */
  readonly found: string
  /** Another field of the event whose name differs in case only. */
  readonly near: string
}
export interface WhyNot {
  readonly matches: boolean
  /** One sentence: what stands in the way first. */
  readonly why: string
  readonly routing: readonly Routed[]
  readonly steps: readonly Step[]
}
export type Explained = Matchable & { readonly logsource: LogSource }

const mostAsked = 10
const longest = 300
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

/** Goes through a rule for one event. */
export function whyNot({ when, source }: Pick<CompiledRule, 'when' | 'source'>, event: Explained): WhyNot {
  const routing = routed(source, event.logsource)
  const steps: Step[] = []
  const holds = walk(when, event, 0, steps)
  const routes = concerns(source, event.logsource)
  return { matches: routes && holds, why: sentence(routing, holds, when, event), routing, steps }
}

function routed(rule: RuleSource, event: LogSource): Routed[] {
  const all: Routed[] = []
  const say = (part: Routed['part'], wanted: string | undefined, has: readonly (string | undefined)[]) => {
    const given = has.filter((one) => one !== undefined)
    if (wanted !== undefined) all.push({ part, rule: wanted, event: given.join(', '), fits: given.includes(wanted) })
  }
  say('product', rule.product, [event.product])
  say('service', rule.service, [event.service])
  say('category', rule.category, event.categories)
  return all
}

function walk(when: Expression, event: Matchable, depth: number, steps: Step[]): boolean {
  const at = steps.length
  if (when.op === 'item') {
    const holds = itemHolds(when, event)
    steps.push(lineOf(when, event, depth, holds))
    return holds
  }
  const blank = { depth, selection: '', field: '', modifiers: [], asked: [], found: '', near: '' }
  steps.push({ ...blank, op: when.op, holds: false })
  const parts = when.op === 'not' ? [when.of] : when.of
  const all = parts.map((part) => walk(part, event, depth + 1, steps))
  const holds = when.op === 'not' ? !all[0] : when.op === 'and' ? all.every(Boolean) : all.some(Boolean)
  steps[at] = { ...blank, op: when.op, holds }
  return holds
}

function lineOf({ selection, field, modifiers, tests }: Item, event: Matchable, depth: number, holds: boolean): Step {
  const value = fieldOf(event.fields, field)
  const found =
    field === ''
      ? (event.raw ?? '')
      : value === null
        ? 'null'
        : isList(value)
          ? value.join(', ')
          : textsOf(value).join('')
  const near =
    field === '' || value !== undefined
      ? undefined
      : Object.keys(event.fields).find((name) => name.toLowerCase() === field.toLowerCase())
  const asked = tests.slice(0, mostAsked).map(({ shown }) => short(shown))
  if (tests.length > mostAsked) asked.push(`… and ${tests.length - mostAsked} more`)
  return { depth, op: 'line', holds, selection, field, modifiers, asked, found: short(found), near: near ?? '' }
}

function sentence(routing: readonly Routed[], holds: boolean, when: Expression, event: Matchable): string {
  const stray = routing.find(({ fits }) => !fits)
  if (stray)
    return `the rule is about ${stray.part} ${stray.rule}, the event has ${stray.event === '' ? 'none' : stray.event}: the rule never meets it`
  if (holds) return 'the rule matches this event'
  const blocking = blocker(when, event, true)
  return blocking ? because(blocking.item, event, blocking.wanted) : 'no part of the condition can hold'
}

/** The first line that keeps a tree from being what is wanted. Of alternatives the one that comes furthest. */
function blocker(when: Expression, event: Matchable, wanted: boolean): { item: Item; wanted: boolean } | undefined {
  if (when.op === 'item') return itemHolds(when, event) === wanted ? undefined : { item: when, wanted }
  if (when.op === 'not') return blocker(when.of, event, !wanted)
  const all = when.of.map((part) => blocker(part, event, wanted))
  const everyOneNeeded = (when.op === 'and') === wanted
  if (!everyOneNeeded && all.includes(undefined)) return undefined
  return all.find((one) => one !== undefined)
}

function because({ selection, field, modifiers, tests }: Item, event: Matchable, wanted: boolean): string {
  const [first] = tests
  const line = [field === '' ? 'a keyword' : field, ...modifiers].join('|')
  const asked = `${short(first?.shown ?? 'nothing')}${tests.length > 1 ? ` or ${tests.length - 1} others` : ''}`
  const value = fieldOf(event.fields, field)
  if (!wanted) return `${selection} leaves the event out: ${line} finds ${asked}`
  if (tests.length === 0) return `${selection}: ${line} has no value left to look for`
  if (field === '') return `${selection}: ${asked} stands nowhere in the event`
  if (value === undefined) return `${selection}: the event has no field ${field}`
  return `${selection}: ${line} asks for ${asked}, the event has ${short(textsOf(value).join(', '))}`
}
