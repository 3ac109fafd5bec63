// What the workspace says of single rules, laid over what their files say.
import type { Issue } from '#kernel'
import type { Level } from '#standards'
import type { CorrelationSpec } from './correlation/types.ts'
import type { Parsed, ParsedCorrelation } from './sigma/parse.ts'

/** What the workspace says about a rule, apart from the rule's own file: an update of the file leaves it as it is. */
export interface Override {
  readonly enabled?: boolean | undefined
  readonly level?: Level | undefined
  /** In place of the one number that a correlation compares with. */
  readonly threshold?: number | undefined
  readonly reason?: string | undefined
}
/** By id of the rule. */
export type Overrides = Readonly<Record<string, Override>>

/** The override of each rule, by its id in lower case. */
export const overridesById = (overrides: Overrides): ReadonlyMap<string, Override> =>
  new Map(Object.entries(overrides).map(([id, override]) => [id.toLowerCase(), override]))

const isRule = (parsed: Parsed): boolean => parsed.kind !== 'filter'

/** Documents as the workspace wants them. An override of a rule that is not there, or that cannot have it, is an Issue and does nothing. */
export function overridden<Document extends { readonly parsed: Parsed }>(
  documents: readonly Document[],
  overrides: Overrides,
  issues: Issue[],
): Document[] {
  const wanted = overridesById(overrides)
  const ids = new Set(documents.flatMap(({ parsed }) => (isRule(parsed) ? parsed.head.id.toLowerCase() : [])))
  for (const id of wanted.keys())
    if (!ids.has(id)) issues.push(remark(`there is no rule ${id}`, 'take it out, or mend the id: `castellan rule list` shows them')) // prettier-ignore
  return documents.map((document) => {
    const { parsed } = document
    const override = isRule(parsed) ? wanted.get(parsed.head.id.toLowerCase()) : undefined
    return override ? { ...document, parsed: withOverride(parsed, override, issues) } : document
  })
}

const remark = (text: string, help: string): Issue => ({
  code: 'override-rule',
  severity: 'warning',
  at: { file: 'castellan.yaml' },
  text: `overrides: ${text}`,
  help,
})

/** Before rules are put together: a correlation of a rule that is switched off says so. */
function withOverride(parsed: Parsed, override: Override, issues: Issue[]): Parsed {
  const { enabled, level = parsed.head.level, threshold } = override
  const off = { state: 'disabled', why: 'switched off in castellan.yaml: overrides' } as const
  const trouble = parsed.trouble ?? (enabled === false ? off : undefined)
  const head = { ...parsed.head, level }
  if (threshold === undefined) return { ...parsed, head, trouble }
  if (parsed.kind === 'correlation' && thresholdOf(parsed.spec) !== undefined)
    return { ...parsed, head, trouble, ...withThreshold(parsed.spec, threshold) }
  const why = parsed.kind === 'correlation' ? 'does not compare with one number' : 'is no correlation'
  issues.push(remark(`"${head.title}" ${why}, so it has no threshold`, 'take the threshold out, or make the rule one of your own')) // prettier-ignore
  return { ...parsed, head, trouble }
}

/** The one number that a correlation compares with; undefined where there is none, or a range. */
export function thresholdOf(spec: CorrelationSpec | undefined): number | undefined {
  const [bound, ...others] = spec?.bounds ?? []
  return others.length === 0 ? bound?.value : undefined
}

const withThreshold = (spec: CorrelationSpec | undefined, threshold: number): Pick<ParsedCorrelation, 'spec'> => ({
  spec: spec && { ...spec, bounds: spec.bounds.map(({ is }) => ({ is, value: threshold })) },
})
