// YAML text → Sigma documents: rules, filters, correlations, each with its places and what is wrong with it.
import type { Issue, Place } from '#kernel'
import { didYouMean, parseYamlAll, type YamlDocument } from '#platform'
import { type Level, levels } from '#standards'
import { checkRule } from './check.ts'
import { type Detection, detectionOf, isPlain, type Plain, type Source } from './detection.ts'
import type { Scope } from './item.ts'
import { isTestDocument } from '../testing/cases.ts'
import type { Lists } from './modifiers.ts'
import type { Expression, RuleHead, RuleSource, Trouble } from './rule.ts'

/** A document that detects: it can run when `trouble` is absent. */
export interface ParsedRule {
  readonly kind: 'rule'
  readonly head: RuleHead
  readonly when: Expression
  readonly trouble: Trouble | undefined
}
/** A filter (Sigma filters 2.1): `when` is joined with `and` to the rules it names; no names mean every rule of its log source. */
export interface ParsedFilter {
  readonly kind: 'filter'
  readonly head: RuleHead
  readonly when: Expression
  readonly rules: readonly string[]
  readonly trouble: Trouble | undefined
}
/** A correlation of other rules, named by id or name. */
export interface ParsedCorrelation {
  readonly kind: 'correlation'
  readonly head: RuleHead
  readonly rules: readonly string[]
  /** Whether the rules also alert alone. */
  readonly generate: boolean
  readonly trouble: Trouble
}
export type Parsed = ParsedRule | ParsedFilter | ParsedCorrelation

export interface ParsedFile {
  readonly documents: readonly Parsed[]
  readonly issues: readonly Issue[]
}

/** A document as it was read, for those who look closer than running it needs. */
export interface ReadDocument {
  readonly kind: Parsed['kind']
  readonly value: Plain
  readonly head: RuleHead
  readonly place: YamlDocument['place']
  readonly detection: Detection | undefined
  readonly trouble: Trouble | undefined
}

/** Every document of a rule file; each that is one goes to `seen` too. Never throws: what cannot be read is an Issue, and a rule that cannot run says so in its trouble. */
export function parseSigma(
  text: string,
  file: string,
  lists: Lists = {},
  seen?: (document: ReadDocument) => void,
): ParsedFile {
  const read = parseYamlAll(text, file)
  if (!read.ok) return { documents: [], issues: read.fail }
  const issues: Issue[] = []
  const spelled = spelling(text)
  const documents = merged(read.value, issues).flatMap((document, index) => {
    const known = { ...document, index, file, spelled }
    const one = documentOf(known, lists, issues)
    if (!one) return []
    const { kind, head, trouble } = one.parsed
    seen?.({ kind, head, trouble, value: document.value, place: document.place, detection: one.detection })
    return [one.parsed]
  })
  return { documents, issues }
}

/** A document with what `action: global` and `action: repeat` (rule collections of older Sigma) put under it. */
interface Merged {
  readonly value: Plain
  readonly place: YamlDocument['place']
}

function merged(documents: readonly YamlDocument[], issues: Issue[]): Merged[] {
  const all: Merged[] = []
  let global: Merged | undefined
  let before: Merged | undefined
  for (const document of documents) {
    const { value } = document
    if (value === null || (isPlain(value) && isTestDocument(value))) continue
    if (!isPlain(value)) {
      const text = 'a rule is a map of keys such as title, logsource and detection'
      issues.push({
        code: 'sigma-shape',
        severity: 'error',
        at: document.place([]),
        text,
        help: 'begin with `title: …`',
      })
      continue
    }
    const { action, ...rest } = value
    if (typeof action === 'string')
      issues.push({
        code: 'sigma-action',
        severity: 'warning',
        at: document.place(['action'], 'key'),
        text: `action: ${action} belongs to Sigma before version 2; it is read as it was meant then`,
        help: 'write each rule out in a document of its own, without `action`',
      })
    const own: Merged = { value: action === undefined ? value : rest, place: document.place }
    if (action === 'reset') global = undefined
    else if (action === 'global') global = over(global, own)
    else {
      const base: Merged | undefined = action === 'repeat' ? before : global
      before = over(base, own)
      all.push(before)
    }
  }
  return all
}

const over = (base: Merged | undefined, own: Merged): Merged =>
  base
    ? {
        value: deepOver(base.value, own.value),
        place: (path, of) => (holds(own.value, path) ? own.place(path, of) : base.place(path, of)),
      }
    : own

const deepOver = (base: Plain, own: Plain): Plain =>
  Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(own)])].map((key) => {
      const [under, above] = [base[key], own[key]]
      if (!Object.hasOwn(own, key)) return [key, under]
      return [key, isPlain(under) && isPlain(above) ? deepOver(under, above) : above]
    }),
  )

const holds = (value: unknown, path: readonly PropertyKey[]): boolean => {
  const [key, ...rest] = path
  if (key === undefined) return true
  if (Array.isArray(value)) return Number(key) < value.length
  return isPlain(value) && Object.hasOwn(value, key) && holds(value[String(key)], rest)
}

/** Finds how a number was written at a place: unquoted `0x1F3FFF` is meant as written as often as not. */
function spelling(text: string): Source['spelled'] {
  let lines: string[] | undefined
  return (value, at) => {
    lines ??= text.split('\n')
    const rest = lines[(at.line ?? 1) - 1]?.slice((at.column ?? 1) - 1) ?? ''
    const written = /^[\w.+-]+/.exec(rest)?.[0]
    if (written === undefined || written === String(value) || !/\d/.test(written)) return undefined
    return Number(written) === value || Number.parseInt(written.replace('0o', ''), 8) === value ? written : undefined
  }
}

interface Known extends Merged {
  readonly index: number
  readonly file: string
  readonly spelled: Source['spelled']
}

/** What a document became, and its detection as read. */
interface One {
  readonly parsed: Parsed
  readonly detection?: Detection
}

function documentOf(known: Known, lists: Lists, issues: Issue[]): One | undefined {
  const { value, place } = known
  const head = headOf(known, issues)
  const found: { trouble?: Trouble } = {}
  const scope: Scope = {
    lists,
    issues,
    trouble(trouble, issue) {
      // A list that is missing is said last: what is wrong in the rule itself comes first.
      if (found.trouble === undefined || found.trouble.state === 'needs-list') found.trouble = trouble
      if (issue) issues.push({ ...issue, severity: trouble.state === 'invalid' ? 'error' : 'warning' })
    },
  }
  if ('correlation' in value) return { parsed: correlationOf(value['correlation'], head) }
  const source: Source = { document: { place }, spelled: known.spelled }
  const taxonomy = value['taxonomy']
  if (taxonomy !== undefined && taxonomy !== 'sigma')
    scope.trouble({
      state: 'unsupported',
      why: `its fields are of the taxonomy ${JSON.stringify(taxonomy)}, not of sigma`,
    })
  if ('filter' in value) return filterOf(value['filter'], head, source, { scope, found })
  const detection = value['detection']
  if (!isPlain(detection)) return without(detection, known, { head, scope, found })
  const read = detectionOf(detection, { path: ['detection'] }, source, scope)
  sourceTrouble(head, place, scope)
  if (found.trouble === undefined || found.trouble.state === 'needs-list')
    issues.push(...checkRule({ value, head, place, detection: read }))
  return { parsed: { kind: 'rule', head, when: read.when, trouble: found.trouble ?? standing(value) }, detection: read }
}

/** A document without `detection`: a broken rule when it looks like one, else no Sigma at all. */
function without(
  detection: unknown,
  { value, place }: Known,
  { head, scope, found }: { head: RuleHead; scope: Scope; found: { trouble?: Trouble } },
): One | undefined {
  const text = detection === undefined ? 'this rule has no detection' : 'detection is not a map of selections'
  const help = 'add `detection:` with a selection and a condition'
  scope.trouble({ state: 'invalid', why: text }, { code: 'sigma-detection', at: place(['detection']), text, help })
  if (!('title' in value || 'logsource' in value || 'detection' in value)) return undefined
  return { parsed: { kind: 'rule', head, when: { op: 'or', of: [] }, trouble: found.trouble } }
}

function sourceTrouble({ source }: RuleHead, place: Merged['place'], scope: Scope): void {
  if (source.product !== undefined || source.service !== undefined || source.category !== undefined) return
  const text = 'the rule names no log source'
  const help = 'add `logsource:` with product, service or category'
  scope.trouble({ state: 'invalid', why: text }, { code: 'sigma-logsource', at: place(['logsource']), text, help })
}

/** Rules that their author took out of use. */
function standing(value: Plain): Trouble | undefined {
  if (value['enabled'] === false) return { state: 'disabled', why: 'switched off in its file: enabled: false' }
  if (value['status'] === 'deprecated') return { state: 'disabled', why: 'its author marks it deprecated' }
  if (value['status'] === 'unsupported') return { state: 'unsupported', why: 'its author marks it unsupported' }
  return undefined
}

const textOr = <Other>(value: unknown, other: Other): string | Other =>
  typeof value === 'string' && value.trim() !== '' ? value : typeof value === 'number' ? String(value) : other

function headOf({ value, place, index, file }: Known, issues: Issue[]): RuleHead {
  const base = file.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/i, '')
  const name = textOr(value['name'], undefined)
  const tags = Array.isArray(value['tags']) ? value['tags'].filter((tag) => typeof tag === 'string') : []
  const detects = !('filter' in value)
  return {
    id: textOr(value['id'], undefined)?.toLowerCase() ?? name ?? (index === 0 ? base : `${base}#${index + 1}`),
    name,
    title: textOr(value['title'], base),
    level: levelOf(value['level'], () => place(['level']), detects ? issues : []),
    status: textOr(value['status'], 'not stated'),
    tags,
    source: sourceOf(value['logsource']),
    at: place([]),
  }
}

/** A rule without a level counts as medium. */
function levelOf(value: unknown, at: () => Place, issues: Issue[]): Level {
  const known = levels.find((level) => level === value)
  if (known === undefined && value !== undefined)
    issues.push({
      code: 'sigma-level',
      severity: 'warning',
      at: at(),
      text: `the level ${JSON.stringify(value)} is not Sigma; the rule counts as medium`,
      help: typeof value === 'string' ? didYouMean(value, levels) : `levels: ${levels.join(', ')}`,
    })
  return known ?? 'medium'
}

function sourceOf(value: unknown): RuleSource {
  const part = (name: string) => {
    const text = isPlain(value) ? textOr(value[name], undefined) : undefined
    return text?.toLowerCase()
  }
  return { product: part('product'), service: part('service'), category: part('category') }
}

const namesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? [...value] : [value]).filter((name): name is string => typeof name === 'string')

function correlationOf(value: unknown, head: RuleHead): ParsedCorrelation {
  const correlation = isPlain(value) ? value : {}
  return {
    kind: 'correlation',
    head,
    rules: namesIn(correlation['rules']).map((name) => name.toLowerCase()),
    generate: correlation['generate'] === true,
    trouble: { state: 'unsupported', why: 'correlation rules do not run yet; they come with a later release' },
  }
}

function filterOf(
  value: unknown,
  head: RuleHead,
  source: Source,
  { scope, found }: { scope: Scope; found: { trouble?: Trouble } },
): One {
  const plain: Plain = isPlain(value) ? value : {}
  const read: Detection = detectionOf(plain, { path: ['filter'], more: ['rules'] }, source, scope)
  if (!mentionsNot(read.when)) {
    const text = 'this filter keeps only what its selections match: rules fire when it holds'
    const help = 'to leave matches out, write `condition: not selection`'
    scope.issues.push({
      code: 'sigma-filter-keeps',
      severity: 'warning',
      at: source.document.place(['filter', 'condition']),
      text,
      help,
    })
  }
  const rules = namesIn(plain['rules']).map((name) => name.toLowerCase())
  const named = rules.includes('any') ? [] : rules
  return { parsed: { kind: 'filter', head, when: read.when, rules: named, trouble: found.trouble }, detection: read }
}

const mentionsNot = (when: Expression): boolean =>
  when.op === 'not' || ((when.op === 'and' || when.op === 'or') && when.of.some(mentionsNot))
