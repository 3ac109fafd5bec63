// Rule folders → rules, each with how it stands. Nothing is left out in silence.
import { Fault, type Issue } from '#kernel'
import { listFiles, readTextFile, readTextFileSync } from '#platform'
import { attackOf, type Level } from '#standards'
import { type CompiledRule, compileLater } from './compile.ts'
import { type Compiled, compileCorrelations, onlyFeeding } from './correlation/compile.ts'
import type { CompiledCorrelation } from './correlation/types.ts'
import { overridden, type Overrides } from './overriding.ts'
import { openRuleCache, type ReadFile } from './rule-cache.io.ts'
import type { Lists } from './sigma/modifiers.ts'
import { type Parsed, type ParsedCorrelation, type ParsedFilter, type ParsedRule, parseSigma } from './sigma/parse.ts'
import type { Expression, RuleSource, Trouble } from './sigma/rule.ts'
import type { ruleStates } from './types.ts'

export type RuleState = (typeof ruleStates)[number]

/** A rule as loaded; it has `compiled`, or `correlation`, exactly when its state is `running`. */
export interface LoadedRule {
  readonly id: string
  readonly title: string
  readonly level: Level
  readonly status: string
  readonly state: RuleState
  readonly why: string
  readonly source: RuleSource
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  readonly file: string
  readonly text: string
  readonly compiled?: CompiledRule
  /** Of a correlation that runs. */
  readonly correlation?: CompiledCorrelation
  /** Whether it only feeds correlations: then its matches are no alerts of their own. */
  readonly onlyFeeds?: boolean
}
export interface LoadedRules {
  readonly rules: readonly LoadedRule[]
  readonly issues: readonly Issue[]
}

export interface LoadOptions {
  readonly overrides?: Overrides
  /** Values for `%name%` where rules use the modifier `expand`. */
  readonly lists?: Lists
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
  /** What was read before, by file; files that are the same are not read as YAML again. Kept up to date. */
  readonly known?: Map<string, ReadFile>
  /** File that keeps what was read for the next start. */
  readonly cache?: string | undefined
  /** Rules that are there without a file, by the name shown for one; those of the folders go before them. */
  readonly builtIn?: ReadonlyMap<string, string>
}

const limits = { files: 50_000, bytes: 2_000_000, together: 32 } as const

/**
 * Every rule below the folders (`.yml`, `.yaml`), in order of path. Of rules with the same id the first counts.
 * Throws Fault CANCELLED, TOO_LARGE (more than 50,000 files) or UNREADABLE (a folder that cannot be read).
 */
export async function loadRules(folders: readonly string[], options: LoadOptions = {}): Promise<LoadedRules> {
  const issues: Issue[] = []
  const files = await ruleFiles(folders, issues)
  const read = await readAll(files, options, issues)
  for (const [file, text] of options.builtIn ?? []) read.set(file, { text, parsed: parseSigma(text, file) })
  const documents = [...read].flatMap(([file, { text, parsed }]) => {
    issues.push(...parsed.issues)
    return parsed.documents.length === 0 && parsed.issues.length > 0
      ? [{ file, text, parsed: unreadable(file, parsed.issues) }]
      : parsed.documents.map((one) => ({ file, text, parsed: one }))
  })
  return { rules: assembled(overridden(documents, options.overrides ?? {}, issues), issues), issues }
}

/** Rule files below folders as texts, for those who look at them without running them. */
export async function readRules(
  folders: readonly string[],
): Promise<{ files: { file: string; text: string }[]; issues: Issue[] }> {
  const issues: Issue[] = []
  const files: { file: string; text: string }[] = []
  for (const file of await ruleFiles(folders, issues)) {
    const text = await readTextFile(file, { maxBytes: limits.bytes })
    if (text.ok) files.push({ file, text: text.value })
    else issues.push(text.fail)
  }
  return { files, issues }
}

async function ruleFiles(folders: readonly string[], issues: Issue[]): Promise<string[]> {
  const all = new Set<string>()
  for (const folder of folders) {
    const files = await listFiles(folder, { endings: ['.yml', '.yaml'], maxFiles: limits.files })
    for (const file of files) all.add(file)
    if (files.length > 0) continue
    const text = 'there are no rules in this folder'
    const help =
      'put Sigma rules (.yml) into it, or take it out of `rules`; packs are fetched by `castellan rule update`'
    issues.push({ code: 'rules-none', severity: 'warning', at: { file: folder }, text, help })
  }
  return [...all]
}

/** Gives way to whatever else waits. */
const others = (): Promise<void> => new Promise((done) => setImmediate(done))

async function readAll(
  files: readonly string[],
  options: LoadOptions,
  issues: Issue[],
): Promise<Map<string, ReadFile>> {
  const { known, cache, lists = {}, signal, progress } = options
  const all = new Map<string, ReadFile>()
  const isFirst = known === undefined || known.size === 0
  const cached = cache !== undefined && isFirst ? openRuleCache(cache, lists) : undefined
  for (let at = 0; at < files.length; at += limits.together) {
    if (signal?.aborted) throw new Fault('CANCELLED', 'loading rules')
    for (const file of files.slice(at, at + limits.together)) {
      const read = cached?.get(file) ?? readAnew(file, { before: known?.get(file), lists }, issues)
      if (read) all.set(file, read)
    }
    await others()
    progress?.(Math.min(at + limits.together, files.length), files.length)
  }
  await cached?.keep(all)
  remember(all, known)
  return all
}

function remember(all: ReadonlyMap<string, ReadFile>, known: Map<string, ReadFile> | undefined): void {
  known?.clear()
  for (const [file, read] of all) known?.set(file, read)
}

function readAnew(
  file: string,
  { before, lists }: { readonly before: ReadFile | undefined; readonly lists: Lists },
  issues: Issue[],
): ReadFile | undefined {
  const text = readTextFileSync(file, { maxBytes: limits.bytes })
  if (!text.ok) return void issues.push(text.fail)
  return before?.text === text.value ? before : { text: text.value, parsed: parseSigma(text.value, file, lists) }
}

/** A file that is not YAML still stands in the list of rules. */
function unreadable(file: string, [first]: readonly Issue[]): ParsedRule {
  const base = file.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/i, '')
  const at = first?.at ?? { file }
  return {
    kind: 'rule',
    head: { id: base, name: undefined, title: base, level: 'medium', status: 'not stated', tags: [], source: {}, at },
    when: { op: 'or', of: [] },
    trouble: { state: 'invalid', why: first?.text ?? 'the file cannot be read' },
  }
}

interface Document<Kind extends Parsed = Parsed> {
  readonly file: string
  readonly text: string
  readonly parsed: Kind
}
const isKind =
  <Kind extends Parsed['kind']>(kind: Kind) =>
  (document: Document): document is Document<Extract<Parsed, { kind: Kind }>> =>
    document.parsed.kind === kind

function assembled(documents: readonly Document[], issues: Issue[]): LoadedRule[] {
  const rules = documents.filter(isKind('rule'))
  const correlations = documents.filter(isKind('correlation'))
  const filters = documents.filter(isKind('filter')).map(({ parsed }) => parsed)
  const known = rules.map(({ parsed: { head, trouble } }) => ({ ...head, trouble }))
  const read = correlations.map(({ parsed }) => parsed)
  const compiled = compileCorrelations(read, known)
  const feeding = onlyFeeding(read, compiled)
  const marked = (rule: LoadedRule): LoadedRule => (feeding.has(rule.id) ? { ...rule, onlyFeeds: true } : rule)
  const found = [
    ...rules.map((document) =>
      marked(loaded(document, () => filtered(document.parsed, filters), document.parsed.trouble)),
    ),
    ...correlations.map((document, at) => marked(loadedCorrelation(document, compiled[at], issues))),
  ]
  issues.push(
    ...filters.flatMap((filter) =>
      filterIssues(
        filter,
        rules.map(({ parsed }) => parsed),
      ),
    ),
  )
  return firstOfEachId(found, documents, issues)
}

function loadedCorrelation(
  document: Document<ParsedCorrelation>,
  compiled: Compiled | undefined,
  issues: Issue[],
): LoadedRule {
  const trouble = compiled?.ok === false ? compiled.trouble : undefined
  // What is wrong in its own text was said with its place when it was read.
  if (trouble && !document.parsed.trouble)
    issues.push({
      code: 'sigma-correlation',
      severity: trouble.state === 'invalid' ? 'error' : 'warning',
      at: document.parsed.head.at,
      text: `the correlation "${document.parsed.head.title}" does not run: ${trouble.why}`,
      help: 'it names rules by id or name; they must be loaded and run',
    })
  const { compiled: _, ...rule } = loaded(document, () => ({ op: 'or', of: [] }), trouble)
  return compiled?.ok ? { ...rule, correlation: compiled.correlation } : rule
}

const loaded = (
  { file, text, parsed: { head } }: Document,
  tree: () => Expression,
  trouble: Trouble | undefined,
): LoadedRule => ({
  id: head.id,
  title: head.title,
  level: head.level,
  status: head.status,
  state: trouble?.state ?? 'running',
  why: trouble?.why ?? '',
  source: head.source,
  ...attackOf(head.tags),
  file,
  text,
  ...(trouble ? {} : { compiled: compileLater(head, tree) }),
})

const names = (filter: ParsedFilter, { id, name }: ParsedRule['head']): boolean =>
  filter.rules.length === 0 || filter.rules.some((rule) => rule === id || rule === name?.toLowerCase())
const covers = (filter: RuleSource, rule: RuleSource): boolean =>
  (['product', 'service', 'category'] as const).every(
    (part) => filter[part] === undefined || filter[part] === rule[part],
  )

/** The rule's tree with the filters that name it: rule and filter, as pySigma reads it. */
function filtered({ head, when }: ParsedRule, filters: readonly ParsedFilter[]): Expression {
  const of = filters.filter(
    (filter) => !filter.trouble && names(filter, head) && covers(filter.head.source, head.source),
  )
  return of.length === 0 ? when : { op: 'and', of: [when, ...of.map((filter) => filter.when)] }
}

function filterIssues(filter: ParsedFilter, rules: readonly ParsedRule[]): Issue[] {
  const { head, trouble } = filter
  const say = (text: string, help: string): Issue => ({
    code: 'sigma-filter',
    severity: 'warning',
    at: head.at,
    text,
    help,
  })
  if (trouble)
    return [say(`the filter "${head.title}" is not applied: ${trouble.why}`, 'rules run without it until it is mended')]
  if (rules.some((rule) => names(filter, rule.head) && covers(head.source, rule.head.source))) return []
  return [
    say(`the filter "${head.title}" fits no rule`, 'it names rules by id or name, and its log source must be theirs'),
  ]
}

function firstOfEachId(found: readonly LoadedRule[], documents: readonly Document[], issues: Issue[]): LoadedRule[] {
  const first = new Map<string, LoadedRule>()
  const placeOf = new Map(documents.map(({ file, parsed }) => [`${file}\0${parsed.head.id}`, parsed.head.at]))
  for (const rule of found) {
    const known = first.get(rule.id)
    if (!known) {
      first.set(rule.id, rule)
      continue
    }
    const at = placeOf.get(`${rule.file}\0${rule.id}`) ?? { file: rule.file }
    const text = `the id ${rule.id} is taken by ${known.file}; this rule does not run`
    issues.push({ code: 'sigma-id-twice', severity: 'error', at, text, help: 'give it an id of its own' })
  }
  return [...first.values()]
}
