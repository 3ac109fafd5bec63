// Rules from folders: every file read, every document accounted for with a state, and why when it does not run.
import { relative } from 'node:path'
import type { Issue } from '#kernel'
import { listFiles, readTextFile } from '#platform'
import { attackOf, type Level } from '#standards'
import { type CompiledRule, compileRule } from './compile.ts'
import type { Lists } from './sigma/modifiers.ts'
import { type Parsed, type ParsedCorrelation, type ParsedFilter, type ParsedRule, parseSigma } from './sigma/parse.ts'
import type { RuleHead, RuleSource, Trouble } from './sigma/rule.ts'
import type { RuleView } from './types.ts'

/** A rule as loaded. `compiled` is there when it runs. */
export interface LoadedRule {
  readonly id: string
  readonly title: string
  readonly level: Level
  readonly status: string
  readonly state: RuleView['state']
  readonly why: string
  readonly source: RuleSource
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  /** Path of its file. */
  readonly file: string
  /** Line on which its document begins. */
  readonly line: number
  readonly compiled?: CompiledRule | undefined
}

/** What loading gives: all rules, in order of files, and everything that is wrong with any of them. */
export interface LoadedRules {
  readonly rules: readonly LoadedRule[]
  readonly issues: readonly Issue[]
}

/** How to load; `lists` are the values of placeholders (`expand`). */
export interface LoadOptions {
  readonly lists?: Lists
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
}

const mostFiles = 50_000
const mostBytes = 5_000_000
const endings = ['.yml', '.yaml']

/** Loads every Sigma document below the folders. Never throws for what is in them; a folder that is not there is an Issue. */
export async function loadRules(folders: readonly string[], options: LoadOptions = {}): Promise<LoadedRules> {
  const issues: Issue[] = []
  const documents: Parsed[] = []
  const files = (await Promise.all(folders.map((folder) => listFiles(folder, { endings, maxFiles: mostFiles })))).flat()
  for (const [at, file] of [...new Set(files)].entries()) {
    options.signal?.throwIfAborted()
    options.progress?.(at, files.length)
    const text = await readTextFile(file, { maxBytes: mostBytes })
    if (!text.ok) {
      issues.push(text.fail)
      continue
    }
    const parsed = parseSigma(text.value, file, options.lists)
    documents.push(...parsed.documents)
    issues.push(...parsed.issues)
  }
  return { rules: accountFor(documents, issues), issues }
}

/** Joins filters with their rules, puts aside what correlations ask for, and takes the first of each id. */
function accountFor(documents: readonly Parsed[], issues: Issue[]): LoadedRule[] {
  const filters = documents.filter((one): one is ParsedFilter => one.kind === 'filter')
  const correlations = documents.filter((one): one is ParsedCorrelation => one.kind === 'correlation')
  const seen = new Map<string, RuleHead>()
  const rules = documents.flatMap((one) => (one.kind === 'filter' ? [] : [loaded(one, filters, correlations)]))
  return rules.filter((rule) => {
    const first = seen.get(rule.id)
    if (first) issues.push(twice(rule, first))
    else seen.set(rule.id, headOf(rule))
    return !first
  })
}

const headOf = ({ id, title, level, status, source, file, line }: LoadedRule): RuleHead => ({
  id,
  name: undefined,
  title,
  level,
  status,
  tags: [],
  source,
  at: { file, line },
})

const twice = (rule: LoadedRule, first: RuleHead): Issue => ({
  code: 'rule-twice',
  severity: 'warning',
  at: { file: rule.file, line: rule.line },
  text: `rule ${rule.id} (${rule.title}) is in ${relative('.', first.at.file)} already; this one is left out`,
  help: 'give it an id of its own, or take one of the two out',
})

const names = (one: ParsedFilter | ParsedCorrelation, head: RuleHead): boolean =>
  one.rules.some((name) => name === head.id || (head.name !== undefined && name === head.name))

function loaded(
  one: ParsedRule | ParsedCorrelation,
  filters: readonly ParsedFilter[],
  correlations: readonly ParsedCorrelation[],
): LoadedRule {
  const { head } = one
  const { techniques, tactics } = attackOf(head.tags)
  const { id, title, level, status, source } = head
  const known = { id, title, level, status, source, techniques, tactics, file: head.at.file, line: head.at.line ?? 1 }
  const trouble = one.trouble ?? askedFor(head, correlations)
  if (trouble || one.kind === 'correlation') return { ...known, state: trouble?.state ?? 'unsupported', why: trouble?.why ?? '' }
  const joined = filters.filter((filter) => filter.trouble === undefined && concernsFilter(filter, head))
  const when = joined.length === 0 ? one.when : ({ op: 'and', of: [one.when, ...joined.map((filter) => filter.when)] } as const)
  return { ...known, state: 'running', why: '', compiled: compileRule(head, when) }
}

/** A filter concerns the rules it names; without names, every rule of its log source. */
const concernsFilter = (filter: ParsedFilter, head: RuleHead): boolean =>
  sameSource(filter.head.source, head.source) && (filter.rules.length === 0 || names(filter, head))

const sameSource = (filter: RuleSource, rule: RuleSource): boolean =>
  (['product', 'service', 'category'] as const).every((part) => filter[part] === undefined || filter[part] === rule[part])

function askedFor(head: RuleHead, correlations: readonly ParsedCorrelation[]): Trouble | undefined {
  const by = correlations.find((correlation) => !correlation.generate && names(correlation, head))
  return by && { state: 'disabled', why: `it speaks only through the correlation “${by.head.title}”, which does not run yet` }
}
