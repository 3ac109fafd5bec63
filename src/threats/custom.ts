// Rules of the workspace: threats/*.yaml, each with a query over assets or flows instead of a program.
import { z } from 'zod'
import type { Issue } from '#kernel'
import { type Asset, assetsFor, Criticality, type Estate, type Flow, parseQuery, queryFault } from '#model'
import { issuesOfZod, parseYaml } from '#platform'
import { anyAtLeast, type Facts } from './facts.ts'
import { onFlows, onReached } from './finders.ts'
import type { ThreatRule } from './rule.ts'
import { frequencies, harms, linddunTypes, privileges, strideLetters } from './words.ts'
import { wordStrength } from './strength.ts'

const sentence = z.string().min(1).max(1_000)
const query = z.string().min(1).max(1_000)
const Least = z.strictObject({
  confidentiality: Criticality.optional(),
  integrity: Criticality.optional(),
  availability: Criticality.optional(),
})

const WhenAssets = z.strictObject({
  assets: query.meta({ description: 'kind:postgres and not control:logging' }),
  reachedFrom: z
    .array(z.enum(['internet', 'partner', 'workplace']))
    .min(1)
    .default(['internet', 'partner', 'workplace'])
    .meta({ description: 'no threat without a witness: from where it must be reached' }),
  within: z.number().int().min(0).max(10).default(2).meta({ description: 'machines to take over on the way, at most' }),
  keeps: Least.optional().meta({ description: 'keeps data that is at least so bad to lose' }),
})
const WhenFlows = z.strictObject({
  from: query.optional(),
  to: query.optional(),
  encrypted: z.boolean().optional(),
  protocols: z.array(z.string().max(40)).max(100).optional(),
  ports: z.array(z.number().int()).max(100).optional(),
  authentication: z
    .array(z.enum(['none', 'weak', 'second', 'strong']))
    .optional()
    .meta({ description: 'how strong the login is: none, weak (a secret that can be copied), second, strong' }),
  crosses: z.boolean().optional().meta({ description: 'whether the ends stand in different zones' }),
  carries: Least.optional().meta({ description: 'carries data that is at least so bad to lose' }),
})

export const OwnRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'an id is written small-letters-and-dashes'),
  title: z.string().min(1).max(200),
  when: z.union([WhenAssets, z.strictObject({ flows: WhenFlows })]),
  meaning: sentence,
  consequence: sentence.default('see the meaning'),
  fix: sentence,
  seenBy: z.string().max(500).default(''),
  falsePositives: z.string().max(500).default(''),
  stride: z.array(z.enum(strideLetters)).default(['I']),
  linddun: z.array(z.enum(linddunTypes)).default([]),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)).default([]),
  attack: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)).default([]),
  frequency: z
    .literal(['monthly', 'quarterly', 'yearly', 'every few years', 'rare'] satisfies (keyof typeof frequencies)[])
    .default('every few years'),
  privilege: z.enum(privileges).default('nothing'),
  harms: z.array(z.enum(harms)).min(1).default(['confidentiality']),
})
export type OwnRule = z.output<typeof OwnRule>
export const OwnRuleFile = z
  .strictObject({ rules: z.array(OwnRule).max(1_000).nullish() })
  .nullable()
  .meta({ title: 'Castellan threat rules', description: 'One file of threats/*.yaml.' })

/** Reads all files. Rules with a mistake, or with the id of another, are issues and are left out. */
export function readOwnRules(
  texts: readonly { readonly file: string; readonly text: string }[],
  estate: Estate,
  taken: readonly string[],
): { rules: ThreatRule[]; issues: Issue[] } {
  const rules = new Map<string, ThreatRule>()
  const issues: Issue[] = []
  for (const { file, text } of texts) {
    const parsed = parseYaml(text, file)
    if (!parsed.ok) {
      issues.push(...parsed.fail)
      continue
    }
    const read = OwnRuleFile.safeParse(parsed.value.value)
    if (!read.success) issues.push(...issuesOfZod(read.error, parsed.value, file, OwnRuleFile))
    for (const [at, own] of (read.data?.rules ?? []).entries()) {
      const place = (key: string) => parsed.value.place(['rules', at, key])
      const wrong = queriesOf(own).flatMap((text) => queryFault(text, estate) ?? [])
      const known = taken.includes(own.id) || rules.has(own.id)
      for (const { text: what, help } of wrong)
        issues.push({ code: 'bad-query', severity: 'error', at: place('when'), text: what, help })
      if (known)
        issues.push({
          code: 'rule-twice',
          severity: 'error',
          at: place('id'),
          text: `there is a threat rule ${own.id} already`,
          help: 'give it another id',
        })
      if (!known && wrong.length === 0) rules.set(own.id, ruleOf(own))
    }
  }
  return { rules: [...rules.values()], issues }
}

const queriesOf = ({ when }: OwnRule): string[] =>
  'assets' in when ? [when.assets] : [when.flows.from, when.flows.to].filter((text) => text !== undefined)

/** The ids of the assets that a query means; all when there is none. A query is checked before. */
function meant(text: string | undefined, estate: Estate): (asset: Asset) => boolean {
  if (text === undefined) return () => true
  const read = parseQuery(text)
  const ids = new Set(read.ok ? assetsFor(read.value, estate).map(({ id }) => id) : [])
  return ({ id }) => ids.has(id)
}

type Bounds = z.output<typeof Least> | undefined
const worth = (data: readonly Parameters<typeof anyAtLeast>[0][number][], least: Bounds): boolean =>
  harms.every((harm) => least?.[harm] === undefined || anyAtLeast(data, harm, least[harm]))

function ruleOf(own: OwnRule): ThreatRule {
  const { when, ...rest } = own
  return {
    ...rest,
    remedy: `own:${own.id}`,
    slowedBy: [],
    find: (facts) =>
      'assets' in when ? findAssets(own.meaning, when, facts) : findFlows(own.meaning, when.flows, facts),
  }
}

function findAssets(text: string, when: z.output<typeof WhenAssets>, facts: Facts) {
  const isMeant = meant(when.assets, facts.estate)
  return onReached(
    facts,
    { from: when.reachedFrom, within: when.within },
    (asset) => isMeant(asset) && worth(facts.kept(asset.id), when.keeps) && text,
  )
}

function findFlows(text: string, when: z.output<typeof WhenFlows>, facts: Facts) {
  const [from, to] = [meant(when.from, facts.estate), meant(when.to, facts.estate)]
  const fits = (flow: Flow) =>
    (when.encrypted ?? flow.encrypted) === flow.encrypted &&
    (when.protocols?.includes(flow.protocol) ?? true) &&
    (when.ports?.includes(flow.port) ?? true) &&
    (when.authentication?.includes(wordStrength(flow.authentication)) ?? true) &&
    worth(facts.carried(flow), when.carries)
  return onFlows(
    facts,
    (flow, a, b) =>
      fits(flow) && from(a) && to(b) && (when.crosses ?? a.zone !== b.zone) === (a.zone !== b.zone) && text,
  )
}
