// Threagile models (YAML or JSON, format 1.0): technical assets, communication links, trust boundaries, data assets, shared runtimes.
import { z } from 'zod'
import { ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { spoken } from '../kinds.ts'
import { allFitted } from '../sources.ts'
import { entryOf, isMap, once, textOf } from '../values.ts'
import { technologyKind } from './threagile-technologies.ts'
import { draftOf, elsewhereOf, type Importer, internetOf } from './importer.ts'

const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value ?? '').toString())
const flag = z.boolean().nullish()
const texts = z
  .array(z.union([z.string(), z.number()]).nullish())
  .nullish()
  .transform((list) => (list ?? []).flatMap((one) => (one === null || one === undefined ? [] : [String(one)])))
const named = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .record(z.string(), entry)
    .nullish()
    .transform((map) => Object.entries(map ?? {}))
const rated = { confidentiality: text, integrity: text, availability: text, justification_cia_rating: text }
const kept = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullish()

const Link = z.looseObject({
  target: z.string(),
  description: text,
  protocol: text,
  authentication: text,
  authorization: text,
  tags: texts,
  vpn: flag,
  ip_filtered: flag,
  readonly: flag,
  usage: text,
  data_assets_sent: texts,
  data_assets_received: texts,
})
const Technical = z.looseObject({
  id: z.string(),
  description: text,
  type: text,
  usage: text,
  used_as_client_by_human: flag,
  out_of_scope: flag,
  justification_out_of_scope: text,
  size: text,
  technology: text,
  technologies: texts,
  tags: texts,
  internet: flag,
  machine: text,
  encryption: text,
  owner: text,
  ...rated,
  multi_tenant: flag,
  redundant: flag,
  custom_developed_parts: flag,
  data_assets_processed: texts,
  data_assets_stored: texts,
  data_formats_accepted: texts,
  communication_links: named(Link),
})
const Threagile = z.looseObject({
  threagile_version: z.unknown().optional(),
  title: text,
  data_assets: named(
    z.looseObject({
      id: z.string(),
      description: text,
      usage: text,
      tags: texts,
      origin: text,
      owner: text,
      quantity: text,
      ...rated,
    }),
  ),
  technical_assets: named(Technical),
  trust_boundaries: named(
    z.looseObject({
      id: z.string(),
      description: text,
      type: text,
      tags: texts,
      technical_assets_inside: texts,
      trust_boundaries_nested: texts,
    }),
  ),
  shared_runtimes: named(
    z.looseObject({ id: z.string(), description: text, tags: texts, technical_assets_running: texts }),
  ),
  questions: kept,
  abuse_cases: kept,
  security_requirements: kept,
  individual_risk_categories: kept,
  custom_risk_categories: kept,
  risk_tracking: kept,
})
type Threagile = z.output<typeof Threagile>
type Technical = z.output<typeof Technical>
type Ids = ReadonlyMap<string, string>

export const threagile: Importer = {
  name: 'threagile',
  title: 'Threagile',
  reads: 'a Threagile model, YAML or JSON, with anchors and merge keys',
  becomes:
    'technical assets → assets, communication links → flows, trust boundaries → zones, data assets → data, shared runtimes → tags; questions, abuse cases, requirements, risk categories and risk tracking → notes',
  recognises: ({ documents }) =>
    documents.some(
      ({ value }) =>
        isMap(value) && ('threagile_version' in value || ('technical_assets' in value && 'data_assets' in value)),
    ),
  read(sources) {
    const files = allFitted(Threagile, sources)
    if (!files.ok) return files
    const draft = draftOf('Threagile', sources)
    const around = { internet: internetOf(draft), elsewhere: elsewhereOf(draft) }
    for (const { value } of files.value) draftModel(value, draft, around)
    return ok(draft.finish())
  },
}

interface Around {
  readonly internet: ReturnType<typeof internetOf>
  readonly elsewhere: () => string
}

function draftModel(model: Threagile, draft: Drafting, around: Around): void {
  const links = model.technical_assets.flatMap(([, { communication_links: all }]) => all)
  draft.see('data assets', model.data_assets.length)
  draft.see('technical assets', model.technical_assets.length)
  draft.see('communication links', links.length)
  draft.see('trust boundaries', model.trust_boundaries.length)
  draft.see('shared runtimes', model.shared_runtimes.length)
  const data = draftData(model, draft)
  const zones = draftBoundaries(model, draft)
  const assets = draftAssets(model, { data, zones, around }, draft)
  for (const [, asset] of model.technical_assets) draftLinks(asset, { assets, data }, draft)
  for (const [name, runtime] of model.shared_runtimes) {
    const running = runtime.technical_assets_running.flatMap((id) => assets.get(id) ?? [])
    for (const id of running) draft.amend('assets', id, { tags: [tag('runtime', runtime.id), ...runtime.tags] })
    if (running.length > 0) draft.tagged('shared runtimes')
    else draft.note(`shared runtime ${name}: nothing of the model runs on it`, 'shared runtimes')
  }
  keepAsNotes(model, draft)
}

const confidentiality: Readonly<Record<string, string>> = {
  public: 'low',
  internal: 'low',
  restricted: 'medium',
  confidential: 'high',
  'strictly-confidential': 'critical',
}
const need: Readonly<Record<string, string>> = {
  archive: 'low',
  operational: 'low',
  important: 'medium',
  critical: 'high',
  'mission-critical': 'critical',
}
const order = ['low', 'medium', 'high', 'critical']

interface Rated {
  readonly confidentiality: string
  readonly integrity: string
  readonly availability: string
  readonly justification_cia_rating: string
}
const ratings = (one: Rated) => ({
  confidentiality: entryOf(confidentiality, one.confidentiality) ?? 'medium',
  integrity: entryOf(need, one.integrity) ?? 'medium',
  availability: entryOf(need, one.availability) ?? 'medium',
})
const ratingRemarks = (one: Rated): string[] => [
  `there: confidentiality ${one.confidentiality}, integrity ${one.integrity}, availability ${one.availability}`,
  one.justification_cia_rating,
]

function draftData(model: Threagile, draft: Drafting): Ids {
  const ids = new Map<string, string>()
  for (const [name, one] of model.data_assets) {
    const { usage, origin, owner, quantity, tags } = one
    const said = Object.entries({ usage, origin, owner, quantity, tags: tags.join(', ') }).filter(
      ([, value]) => value !== '',
    )
    const id = draft.put('data', {
      of: 'data assets',
      id: one.id,
      values: { title: name, ...ratings(one) },
      remarks: [
        one.description === name ? '' : one.description,
        ...ratingRemarks(one),
        said.map((pair) => pair.join(': ')).join('; '),
      ],
    })
    if (!ids.has(one.id)) ids.set(one.id, id)
  }
  return ids
}

const trust: Readonly<Record<string, number>> = {
  'network-on-prem': 60,
  'network-dedicated-hoster': 50,
  'network-virtual-lan': 60,
  'network-cloud-provider': 55,
  'network-cloud-security-group': 65,
  'network-policy-namespace-isolation': 65,
  'execution-environment': 70,
}

interface Boundaries {
  readonly ids: Ids
  /** The innermost zone of a technical asset. */
  readonly of: Ids
}

function draftBoundaries(model: Threagile, draft: Drafting): Boundaries {
  const ids = new Map<string, string>()
  const of = new Map<string, string>()
  for (const [name, one] of model.trust_boundaries) {
    const id = draft.put('zones', {
      of: 'trust boundaries',
      id: one.id,
      values: { title: name, trust: entryOf(trust, one.type) ?? 50 },
      remarks: [
        one.description === name ? '' : one.description,
        `type: ${one.type}`,
        one.tags.length === 0 ? '' : `tags: ${one.tags.join(', ')}`,
      ],
    })
    if (!ids.has(one.id)) ids.set(one.id, id)
    for (const asset of one.technical_assets_inside) if (!of.has(asset)) of.set(asset, id)
  }
  for (const [, one] of model.trust_boundaries) {
    for (const nested of one.trust_boundaries_nested) {
      const [id, parent] = [ids.get(nested), ids.get(one.id)]
      if (id !== undefined && parent !== undefined && id !== parent) draft.amend('zones', id, { parent })
    }
  }
  return { ids, of }
}

interface Known {
  readonly data: Ids
  readonly zones: Boundaries
  readonly around: Around
}

function draftAssets(model: Threagile, { data, zones, around }: Known, draft: Drafting): Ids {
  const ids = new Map<string, string>()
  for (const [name, asset] of model.technical_assets) {
    const outside = asset.internet === true ? around.internet.zone : around.elsewhere
    const technology = [asset.technology, ...asset.technologies].find((one) => one !== '') ?? ''
    const id = draft.put('assets', {
      of: 'technical assets',
      id: asset.id,
      values: {
        title: name,
        kind: technologyKind(technology, asset.type),
        zone: zones.of.get(asset.id) ?? outside(),
        owner: asset.owner,
        criticality: worst([
          entryOf(confidentiality, asset.confidentiality),
          entryOf(need, asset.integrity),
          entryOf(need, asset.availability),
        ]),
        stores: once(asset.data_assets_stored.flatMap((one) => data.get(one) ?? [])),
        internetFacing: asset.internet === true && asset.out_of_scope !== true ? true : undefined,
        tags: assetTags(asset, data),
      },
      remarks: [
        asset.description === name ? '' : asset.description,
        `technology: ${[asset.technology, ...asset.technologies].filter(Boolean).join(', ')}`,
        ...ratingRemarks(asset),
        asset.justification_out_of_scope === '' ? '' : `out of scope: ${asset.justification_out_of_scope}`,
      ],
    })
    if (!ids.has(asset.id)) ids.set(asset.id, id)
  }
  return ids
}

const worst = (levels: readonly (string | undefined)[]): string =>
  order.findLast((level) => levels.includes(level)) ?? 'medium'

/** What our assets have no key for: one tag each. */
function assetTags(asset: Technical, data: Ids): string[] {
  const { type, usage, size, machine, encryption } = asset
  const worded = Object.entries({ type, usage, size, machine, encryption }).filter(
    ([, value]) => value !== '' && value !== 'none',
  )
  const flags = Object.entries({
    'used-by-human': asset.used_as_client_by_human,
    'out-of-scope': asset.out_of_scope,
    'multi-tenant': asset.multi_tenant,
    redundant: asset.redundant,
    'own-code': asset.custom_developed_parts,
  }).filter(([, value]) => value === true)
  return [
    ...asset.tags,
    ...worded.map(([key, value]) => tag(key, value)),
    ...flags.map(([key]) => key),
    ...asset.data_formats_accepted.map((one) => tag('accepts', one)),
    ...asset.data_assets_processed.map((one) => tag('processes', data.get(one) ?? one)),
  ]
}

const proof: Readonly<Record<string, string>> = {
  none: 'none',
  credentials: 'password',
  'session-id': 'session',
  token: 'token',
  'client-certificate': 'mutual-tls',
  'two-factor': 'two-factor',
  externalized: 'externalized',
}

function draftLinks(asset: Technical, { assets, data }: { assets: Ids; data: Ids }, draft: Drafting): void {
  const from = assets.get(asset.id) ?? ''
  for (const [name, link] of asset.communication_links) {
    const to = assets.get(link.target)
    if (to === undefined) {
      draft.note(
        `communication link ${name} of ${asset.id}: there is no technical asset ${link.target}`,
        'communication links',
      )
      continue
    }
    const marks = Object.entries({ vpn: link.vpn, 'ip-filtered': link.ip_filtered, readonly: link.readonly }).filter(
      ([, value]) => value === true,
    )
    draft.flow({
      of: 'communication links',
      from,
      to,
      label: name,
      values: {
        ...spoken(link.protocol),
        authentication: entryOf(proof, link.authentication) ?? (link.authentication || 'unknown'),
        authorization: link.authorization,
        data: once(link.data_assets_sent.flatMap((one) => data.get(one) ?? [])),
        back: once(link.data_assets_received.flatMap((one) => data.get(one) ?? [])),
        purpose: name,
        tags: [...link.tags, ...marks.map(([key]) => key), ...(link.usage === '' ? [] : [tag('usage', link.usage)])],
      },
      remarks: [link.description === name ? '' : link.description],
    })
  }
}

const asides = [
  'questions',
  'abuse_cases',
  'security_requirements',
  'individual_risk_categories',
  'custom_risk_categories',
  'risk_tracking',
] as const

/** What belongs to a report or to decisions, not to the estate. */
function keepAsNotes(model: Threagile, draft: Drafting): void {
  for (const key of asides) {
    const entries = Object.entries(model[key] ?? {})
    const noun = key.replaceAll('_', ' ')
    draft.see(noun, entries.length)
    for (const [name, entry] of entries) draft.note(`${noun}: ${name}${statusText(entry)}`, noun)
  }
}
const statusText = (entry: unknown): string => {
  const status = isMap(entry) ? textOf(entry['status']) : ''
  return status === '' ? '' : ` (${status})`
}
