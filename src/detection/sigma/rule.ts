// A Sigma rule as read: a tree of questions about one event.
import type { Fields } from '#telemetry'
import type { Level } from '#standards'
import type { Place } from '#kernel'
import type { Relation } from './numbers.ts'
import type { Literal, Pattern } from './values.ts'

/** What a test asks, as data, for those who ask it elsewhere than in this process. */
export type Asks =
  | { readonly is: 'text'; readonly pattern: Pattern; readonly cased: boolean }
  | { readonly is: 'regex'; readonly source: string; readonly flags: string }
  | { readonly is: 'cidr'; readonly range: string }
  | {
      readonly is: 'number'
      readonly relation: Relation | undefined
      readonly value: number | bigint
      readonly ofTime: boolean
    }
  | { readonly is: 'null' }
  | { readonly is: 'exists'; readonly wanted: boolean }
  | {
      readonly is: 'field'
      readonly other: string
      readonly start: boolean
      readonly end: boolean
      readonly cased: boolean
    }

/** A question about one value of a field (or, in a keyword search, about one text of the event). */
export interface ValueTest {
  readonly of: 'value'
  /** What was asked, as a person reads it. */
  readonly shown: string
  /** Tests with the same key have the same answers. */
  readonly key: string
  readonly asks: Asks
  /** Of these one stands in every value for which the test holds. Absent: look at every value. */
  readonly literals?: readonly Literal[] | undefined
  holds(text: string): boolean
}

/** A question about the event: is a field there, is it null, does it equal another field. */
export interface EventTest {
  readonly of: 'event'
  readonly shown: string
  readonly key: string
  readonly asks: Asks
  holds(fields: Fields): boolean
}
export type Test = ValueTest | EventTest

/** One line of a selection: holds when any of its tests does. An empty `field` is a keyword search. */
export interface Item {
  readonly op: 'item'
  readonly selection: string
  readonly field: string
  readonly modifiers: readonly string[]
  readonly tests: readonly Test[]
}

/** What a rule asks, without names: selections are written out where the condition names them. */
export type Expression =
  | { readonly op: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly op: 'not'; readonly of: Expression }
  | Item

/** The events a rule is about. Absent parts say nothing. */
export interface RuleSource {
  readonly product?: string | undefined
  readonly service?: string | undefined
  readonly category?: string | undefined
}

/** What a document says about itself. */
export interface RuleHead {
  readonly id: string
  readonly name: string | undefined
  readonly title: string
  readonly level: Level
  readonly status: string
  readonly tags: readonly string[]
  readonly source: RuleSource
  readonly at: Place
}

/** Why a rule cannot run. */
export interface Trouble {
  readonly state: 'disabled' | 'needs-list' | 'unsupported' | 'invalid'
  readonly why: string
}
