// "This is benign" as a Sigma filter: which fields of the event it asks for, and its text.
import { Fault } from '#kernel'
import type { EventView } from '#telemetry'
import { isCommand, isStable, rankOf, type Worth, worthOf } from '../draft/fields.ts'
import { sigmaText, yamlText } from '../draft/text.ts'
import type { RuleSource } from '../sigma/rule.ts'
import type { MatchedField } from '../types.ts'

export interface Asked {
  readonly field: string
  readonly value: string
}

const mostFields = 4
const enough = 2
const longestCommand = 1_000

/** A command line may be long; everything else must look like something that comes again. */
const isUsable = (field: string, value: string): boolean =>
  isCommand(field) ? value !== '' && value.length <= longestCommand && isStable(value.slice(0, 300)) : isStable(value)

/** Fields of an event that could be asked for, those that the rule looked at and those that say most first. */
export function usableFields(fields: EventView['fields'], matched: readonly MatchedField[]): Asked[] {
  const looked = new Set(matched.map(({ field }) => field))
  const worth: readonly Worth[] = ['telling', 'plain', 'place', 'changing']
  const order = (field: string): number => worth.indexOf(worthOf(field)) * 1_000 + rankOf(field, false)
  return Object.entries(fields)
    .map(([field, value]) => ({ field, value }))
    .filter(({ field, value }) => worthOf(field) !== 'changing' && !field.includes('|') && isUsable(field, value))
    .sort((a, b) => Number(looked.has(b.field)) - Number(looked.has(a.field)) || order(a.field) - order(b.field))
}

/**
 * What an event must have to be benign: whole values of telling fields, at most four; where there are fewer than two, of plainer ones,
 * and of the host and user last. `wanted` chooses instead. Throws Fault INPUT_INVALID when nothing is left, or a wanted field is not there.
 */
export function chosenFields(
  event: Pick<EventView, 'fields' | 'categories'>,
  matched: readonly MatchedField[],
  wanted: readonly string[] | undefined,
): Asked[] {
  if (wanted !== undefined && wanted.length > 0)
    return wanted.map((field) => {
      const value = event.fields[field]
      if (value === undefined || value === '')
        throw new Fault(
          'INPUT_INVALID',
          `fields: the event has no ${field}; it has ${Object.keys(event.fields).join(', ')}`,
        )
      return { field, value }
    })
  // Beside a category the number of the event says nothing.
  const usable = usableFields(event.fields, matched).filter(
    ({ field }) => field !== 'EventID' || event.categories.length === 0,
  )
  const telling = usable.filter(({ field }) => worthOf(field) === 'telling').slice(0, mostFields)
  const chosen =
    telling.length >= enough
      ? telling
      : [...telling, ...usable.filter(({ field }) => worthOf(field) !== 'telling')].slice(0, enough)
  if (chosen.length === 0)
    throw new Fault(
      'INPUT_INVALID',
      'fields: the event has none that would come again; name some, or suppress the alert',
    )
  return chosen
}

export interface FilterFacts {
  readonly id: string
  readonly rule: { readonly id: string; readonly title: string; readonly source: RuleSource }
  readonly asked: readonly Asked[]
  readonly reason: string
  readonly owner: string
  readonly alert: string
  /** `2026-01-31`. */
  readonly date: string
  readonly expires: string
}

const key = (field: string): string => (/^[A-Za-z_][\w.-]*$/.test(field) ? field : yamlText(field))
/** On one line whatever it holds. */
const line = (text: string): string => yamlText(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))

/** The filter as text (Sigma 2.1, filters): what it asks for is taken away from the rule. */
export function filterText({ id, rule, asked, reason, owner, alert, date, expires }: FilterFacts): string {
  const source = (['product', 'category', 'service'] as const).flatMap((part) => {
    const text = rule.source[part]
    return text === undefined ? [] : [`  ${part}: ${line(text)}`]
  })
  const lines = [
    `title: ${line(`Benign: ${rule.title}`)}`,
    `id: ${id}`,
    `description: ${line(reason)}`,
    `author: ${line(owner)}`,
    `date: ${date}`,
    ...(expires === '' ? [] : [`expires: ${expires}`]),
    `alert: ${alert}`,
    'logsource:',
    ...source,
    'filter:',
    '  rules:',
    `    - ${line(rule.id)}`,
    '  benign:',
    ...asked.map(({ field, value }) => `    ${key(field)}: ${yamlText(sigmaText(value))}`),
    '  condition: not benign',
  ]
  return `${lines.join('\n')}\n`
}

/** The name of the filter's file: the rule's words and the beginning of the filter's id. */
export function filterFile(title: string, id: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return `benign-${[...words.slice(0, 8), id.slice(0, 8)].join('-').slice(0, 100)}.yml`
}
