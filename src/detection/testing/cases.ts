// Tests of rules as they are written: beside a rule, within it, or in the layout of SigmaHQ's regression data.
import { z } from 'zod'
import type { Issue } from '#kernel'
import { issuesOfZod, parseYamlAll, type YamlDocument } from '#platform'

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** One event and whether the rule must match it: as fields, as a record, or as a file of events. */
const Case = z
  .strictObject({
    name: z.string().max(500).default(''),
    match: z.boolean().default(true),
    event: z.record(z.string(), z.union([Value, z.array(Value)])).optional(),
    raw: z.string().optional(),
    parser: z.string().max(100).optional(),
    file: z
      .string()
      .max(1_000)
      .refine((path) => !/^([\\/]|[a-z]:)|(^|[\\/])\.\.([\\/]|$)/i.test(path), 'a file beside the test or below it')
      .optional(),
    count: z.number().int().min(0).optional(),
    logsource: z
      .strictObject({ product: z.string().optional(), service: z.string().optional(), category: z.string().optional() })
      .optional(),
  })
  .refine(
    ({ event, raw, file }) => [event, raw, file].filter((one) => one !== undefined).length === 1,
    'give one of event, raw and file',
  )
export type RuleCase = z.output<typeof Case>

const Beside = z.strictObject({ rule: z.string().max(200).optional(), tests: z.array(Case).min(1).max(10_000) })
const Regression = z.looseObject({
  rule_metadata: z.array(z.looseObject({ id: z.string() })).min(1),
  regression_tests_info: z.array(
    z.looseObject({
      name: z.string().default(''),
      type: z.string().default(''),
      path: z.string(),
      match_count: z.number().int().min(0).nullish(),
    }),
  ),
})

/** Tests of one rule, and where they are written. `rule` is its id or name; empty: the rule of the file beside. */
export interface RuleTests {
  readonly rule: string
  readonly file: string
  readonly cases: readonly (RuleCase & { readonly atLeast?: boolean })[]
}
export interface ReadTests {
  readonly tests: readonly RuleTests[]
  readonly issues: readonly Issue[]
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a document holds tests and no rule. */
export const isTestDocument = (value: Readonly<Record<string, unknown>>): boolean =>
  'rule_metadata' in value || ('tests' in value && !('detection' in value) && !('title' in value))

/** The tests in a file; none in a file without any. What cannot be read is an Issue. */
export function testsIn(text: string, file: string): ReadTests {
  const read = parseYamlAll(text, file)
  if (!read.ok) return { tests: [], issues: [] }
  const tests: RuleTests[] = []
  const issues: Issue[] = []
  for (const document of read.value) {
    const { value } = document
    if (!isMap(value)) continue
    const found = 'regression_tests_info' in value ? regression(document, issues) : written(value, document, issues)
    if (found) tests.push(found)
  }
  return { tests, issues }
}

function regression(document: YamlDocument, issues: Issue[]): RuleTests | undefined {
  const read = Regression.safeParse(document.value)
  if (!read.success) return void issues.push(...issuesOfZod(read.error, document, document.file))
  const { rule_metadata: rules, regression_tests_info: all } = read.data
  const cases = all.map(({ name, path, match_count: wanted }) => ({
    name,
    match: true,
    file: path.replace(/^.*[\\/]/, ''),
    count: wanted ?? 1,
    atLeast: true,
  }))
  return { rule: rules[0]?.id ?? '', file: document.file, cases }
}

function written(
  value: Readonly<Record<string, unknown>>,
  document: YamlDocument,
  issues: Issue[],
): RuleTests | undefined {
  if (!('tests' in value)) return undefined
  const within = 'detection' in value
  const read = Beside.safeParse(within ? { rule: ruleOf(value), tests: value['tests'] } : value)
  if (!read.success) return void issues.push(...issuesOfZod(read.error, document, document.file))
  return { rule: read.data.rule ?? '', file: document.file, cases: read.data.tests }
}
const ruleOf = (value: Readonly<Record<string, unknown>>): string | undefined => {
  const name = value['id'] ?? value['name']
  return typeof name === 'string' ? name : undefined
}
