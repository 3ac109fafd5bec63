// The `correlation` part of a rule: YAML → what it says, each problem with its place (Sigma correlation rules 2.1).
import { didYouMean, type YamlDocument } from '#platform'
import { isPlain, type Plain } from '../sigma/detection.ts'
import { parseCondition } from '../sigma/condition.ts'
import type { Scope } from '../sigma/item.ts'
import { type Bound, comparisons, type CorrelationSpec, type CorrelationType, correlationTypes } from './types.ts'

/** Where the part stands, and whom to tell what is wrong. */
export interface CorrelationSource {
  readonly place: YamlDocument['place']
  readonly scope: Pick<Scope, 'trouble'>
}
type Path = readonly PropertyKey[]
type Say = (path: Path, text: string, help: string) => void

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, M: 2_629_746_000, y: 31_556_952_000 }
const isUnit = (text: string): text is keyof typeof units => Object.hasOwn(units, text)
const longestTimespan = 366 * units.d
const mostRules = 100
const known = ['type', 'rules', 'group-by', 'timespan', 'aliases', 'condition', 'generate']
const ofValues: readonly CorrelationType[] = [
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
]
const temporals: readonly CorrelationType[] = ['temporal', 'temporal_ordered']

/** `1h`, `30s`: a number and one of s m h d w M y, in milliseconds; undefined when it is none. */
export function timespanOf(value: unknown): number | undefined {
  const [, count = '', unit = ''] = typeof value === 'string' ? (/^(\d{1,9})([smhdwMy])$/.exec(value.trim()) ?? []) : []
  return isUnit(unit) ? Number(count) * units[unit] : undefined
}

/** What a correlation says; nothing when something in it is wrong. All problems go to the scope. */
export function parseCorrelation(value: unknown, { place, scope }: CorrelationSource): CorrelationSpec | undefined {
  let sound = true
  const say: Say = (path, text, help) => {
    sound = false
    const at = place(['correlation', ...path])
    scope.trouble({ state: 'invalid', why: text }, { code: 'sigma-correlation', at, text, help })
  }
  if (!isPlain(value)) {
    say([], 'correlation is not a map', 'write type, rules, timespan and condition below it')
    return undefined
  }
  const type = typeOf(value['type'], say)
  unknownKeys(value, say)
  const rules = namesOf(value['rules'], 'rules', say).map((name) => name.toLowerCase())
  if (rules.length === 0 && sound) say(['rules'], 'the correlation names no rule', 'add `rules:` with ids or names')
  if (rules.length > mostRules) say(['rules'], `more than ${mostRules} rules`, 'split the correlation')
  const timespan = timespanOf(value['timespan']) ?? 0
  if (timespan <= 0 || timespan > longestTimespan)
    say(['timespan'], 'the timespan is missing or is none', 'write a number and s, m, h, d, w, M or y, such as 10m')
  const condition = conditionOf(value['condition'], { type, rules }, say)
  const aliases = aliasesOf(value['aliases'], say)
  const groupBy = namesOf(value['group-by'], 'group-by', say)
  const generate = value['generate'] === true
  return sound ? { type, rules, groupBy, timespan, aliases, generate, ...condition } : undefined
}

function typeOf(value: unknown, say: Say): CorrelationType {
  const word = value === 'temporal_extended' ? 'temporal' : value
  const type = correlationTypes.find((one) => one === word)
  const text = typeof value === 'string' ? value : ''
  if (!type) say(['type'], `the type ${JSON.stringify(value ?? null)} is not Sigma`, didYouMean(text, correlationTypes))
  return type ?? 'event_count'
}

function unknownKeys(value: Plain, say: Say): void {
  for (const key of Object.keys(value))
    if (!known.includes(key)) say([key], `${key} is not part of a correlation`, didYouMean(key, known))
}

/** One name or a list of them. */
function namesOf(value: unknown, key: string, say: Say): string[] {
  if (value === undefined || value === null) return []
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((name, index) => {
    if (typeof name === 'string' && name.trim() !== '') return [name.trim()]
    say([key, index], `${JSON.stringify(name)} is no name`, `${key} is a list of names`)
    return []
  })
}

function aliasesOf(value: unknown, say: Say): CorrelationSpec['aliases'] {
  if (value === undefined) return {}
  const aliases: Record<string, Record<string, string>> = {}
  if (!isPlain(value)) say(['aliases'], 'aliases is not a map', 'write `alias: { rule_name: field }`')
  for (const [alias, fields] of Object.entries(isPlain(value) ? value : {})) {
    const entries = Object.entries(isPlain(fields) ? fields : {})
    const texts = entries.flatMap(([rule, field]) => (typeof field === 'string' ? [[rule.toLowerCase(), field]] : []))
    if (texts.length === 0 || texts.length < entries.length)
      say(['aliases', alias], `${alias} does not name a field for each rule`, 'write `alias: { rule_name: field }`')
    aliases[alias] = Object.fromEntries(texts)
  }
  return aliases
}

type Conditioned = Pick<CorrelationSpec, 'fields' | 'percentile' | 'bounds' | 'when'>
type About = Pick<CorrelationSpec, 'type' | 'rules'>

function conditionOf(value: unknown, about: About, say: Say): Conditioned {
  const none: Conditioned = { fields: [], percentile: 50, bounds: [], when: undefined }
  const isTemporal = temporals.includes(about.type)
  if (value === undefined && isTemporal) return none
  if (typeof value === 'string' && about.type === 'temporal') return { ...none, when: writtenOut(value, about, say) }
  if (!isPlain(value)) {
    const text = typeof value === 'string' ? `a ${about.type} has no condition in words` : 'the condition is no map'
    say(
      ['condition'],
      text,
      isTemporal ? 'leave it out to ask for all rules' : 'write such as `condition: { gte: 10 }`',
    )
    return none
  }
  return { ...none, ...ofMap(value, about, say) }
}

function ofMap(value: Plain, { type }: About, say: Say): Partial<Conditioned> {
  const wantsFields = ofValues.includes(type)
  const others = [...(wantsFields ? ['field'] : []), ...(type === 'value_percentile' ? ['percentile'] : [])]
  const bounds = Object.entries(value).flatMap((entry) => boundOf(entry, others, say))
  if (bounds.length === 0) say(['condition'], 'the condition compares with nothing', 'add such as `gte: 10`')
  if (type === 'temporal_ordered') say(['condition'], 'temporal_ordered asks for all rules', 'leave the condition out')
  const fields = namesOf(value['field'], 'condition', say)
  if (wantsFields && fields.length === 0)
    say(['condition'], `${type} wants a field`, 'add `field:` with the field whose values count')
  if (fields.length > 1 && type !== 'value_count')
    say(['condition', 'field'], `${type} takes one field`, 'only value_count takes several, as a tuple')
  return { bounds, fields, percentile: percentileOf(value['percentile'], type, say) }
}

function boundOf([key, written]: readonly [string, unknown], others: readonly string[], say: Say): Bound[] {
  const is = comparisons.find((one) => one === key)
  if (is && typeof written === 'number' && Number.isFinite(written)) return [{ is, value: written }]
  if (is) say(['condition', key], `${key} wants a number`, `write \`${key}: 10\``)
  else if (!others.includes(key))
    say(['condition', key], `${key} is not part of this condition`, didYouMean(key, [...comparisons, ...others]))
  return []
}

/** The specification's example without `percentile` counts how rare a value is; that is another measure, and is not guessed. */
function percentileOf(value: unknown, type: CorrelationType, say: Say): number {
  if (type !== 'value_percentile') return 50
  if (typeof value === 'number' && value >= 0 && value <= 100) return value
  const help = 'add `percentile: 95`, which compares the 95th percentile of the numbers in the field'
  say(['condition', 'percentile'], 'value_percentile wants a percentile from 0 to 100', help)
  return 50
}

function writtenOut(text: string, { rules }: About, say: Say): Conditioned['when'] {
  const read = parseCondition(text.toLowerCase(), new Set(rules))
  if (read.ok) return read.value
  say(['condition'], read.fail.text, read.fail.help)
  return undefined
}
