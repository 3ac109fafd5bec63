// Open Threat Model 0.2 (JSON or YAML): trust zones, components, data flows, assets.
import { z } from 'zod'
import { ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { readable } from '../ids.ts'
import { kindOf, spoken } from '../kinds.ts'
import { allFitted } from '../sources.ts'
import { isMap, mapsOf, once, textOf, textsOf } from '../values.ts'
import { draftOf, elsewhereOf, type Importer } from './importer.ts'

const words = z.array(z.string().nullish()).nullish()
const free = z.looseObject({ id: z.string(), name: z.string() })
const parent = z.looseObject({ trustZone: z.string().optional(), component: z.string().optional() }).nullish()
const rating = z.number().nullish()
const attributes = z.record(z.string(), z.unknown()).nullish()

const Otm = z.looseObject({
  otmVersion: z.string(),
  project: z.looseObject({ id: z.string(), name: z.string(), owner: z.string().nullish() }),
  trustZones: z
    .array(
      free.extend({
        type: z.string().nullish(),
        description: z.string().nullish(),
        risk: z.looseObject({ trustRating: rating }).nullish(),
        parent,
        attributes,
      }),
    )
    .nullish(),
  components: z
    .array(
      free.extend({
        type: z.string().nullish(),
        description: z.string().nullish(),
        parent,
        tags: words,
        assets: z.looseObject({ processed: words, stored: words }).nullish(),
        threats: z.array(z.unknown()).nullish(),
        attributes,
      }),
    )
    .nullish(),
  assets: z
    .array(
      free.extend({
        description: z.string().nullish(),
        risk: z.looseObject({ confidentiality: rating, integrity: rating, availability: rating }).nullish(),
        attributes,
      }),
    )
    .nullish(),
  dataflows: z
    .array(
      free.extend({
        description: z.string().nullish(),
        bidirectional: z.boolean().nullish(),
        source: z.string(),
        destination: z.string(),
        tags: words,
        assets: words,
        threats: z.array(z.unknown()).nullish(),
        attributes,
      }),
    )
    .nullish(),
  representations: z.array(free).nullish(),
  threats: z.array(free).nullish(),
  mitigations: z.array(free).nullish(),
})
type Otm = z.output<typeof Otm>
type Ids = Map<string, string>

export const otm: Importer = {
  name: 'otm',
  title: 'Open Threat Model',
  reads: 'OTM 0.2, JSON or YAML',
  becomes:
    'trust zones → zones (rating = trust), components → assets, assets → data, dataflows → flows; threats, mitigations and representations → notes',
  recognises: ({ documents }) => documents.some(({ value }) => isMap(value) && 'otmVersion' in value),
  read(sources) {
    const files = allFitted(Otm, sources)
    if (!files.ok) return files
    const draft = draftOf('Open Threat Model', sources)
    for (const { value } of files.value) draftOtm(value, draft)
    return ok(draft.finish())
  },
}

function draftOtm(model: Otm, draft: Drafting): void {
  const [zones, components, data] = [model.trustZones ?? [], model.components ?? [], model.assets ?? []]
  const flows = model.dataflows ?? []
  draft.see('trust zones', zones.length)
  draft.see('components', components.length)
  draft.see('assets', data.length)
  draft.see('dataflows', flows.length)
  const dataIds: Ids = new Map()
  for (const one of data) dataIds.set(one.id, draftData(one, draft))
  const zoneIds = draftZones(zones, draft)
  const assetIds = draftComponents(model, { zoneIds, dataIds }, draft)
  for (const flow of flows) draftFlow(flow, { assetIds, zoneIds, dataIds }, draft)
  const { owner } = model.project
  if (owner) draft.note(`project ${model.project.name}: the owner is ${owner}`)
  keepAsNotes(model, draft)
}

const level = (rating: number | null | undefined): string =>
  rating === null || rating === undefined
    ? 'medium'
    : rating < 25
      ? 'low'
      : rating < 50
        ? 'medium'
        : rating < 75
          ? 'high'
          : 'critical'

function draftData(one: NonNullable<Otm['assets']>[number], draft: Drafting): string {
  const { confidentiality, integrity, availability } = one.risk ?? {}
  return draft.put('data', {
    of: 'assets',
    id: readable(one.id, one.name),
    values: {
      title: one.name,
      confidentiality: level(confidentiality),
      integrity: level(integrity),
      availability: level(availability),
    },
    remarks: [one.description ?? '', ...attributeRemarks(one.attributes)],
  })
}

const attributeRemarks = (attributes: Record<string, unknown> | null | undefined): string[] =>
  Object.entries(attributes ?? {}).map(
    ([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : textOf(value)}`,
  )

const trustOf = (rating: number | null | undefined): number => Math.min(Math.max(Math.round(rating ?? 50), 0), 100)

function draftZones(zones: NonNullable<Otm['trustZones']>, draft: Drafting): Ids {
  const ids: Ids = new Map()
  for (const zone of zones) {
    const id = draft.put('zones', {
      of: 'trust zones',
      id: readable(zone.id, zone.name),
      values: { title: zone.name, trust: trustOf(zone.risk?.trustRating) },
      remarks: [zone.description ?? '', zone.type ? `type: ${zone.type}` : '', ...attributeRemarks(zone.attributes)],
    })
    if (!ids.has(zone.id)) ids.set(zone.id, id)
  }
  for (const zone of zones) {
    const [id, parent] = [ids.get(zone.id), ids.get(zone.parent?.trustZone ?? '')]
    if (id !== undefined && parent !== undefined && id !== parent) draft.amend('zones', id, { parent })
  }
  return ids
}

interface Known {
  readonly zoneIds: Ids
  readonly dataIds: Ids
}

function draftComponents(model: Otm, { zoneIds, dataIds }: Known, draft: Drafting): Ids {
  const components = model.components ?? []
  const elsewhere = elsewhereOf(draft)
  const byId = new Map(components.map((component) => [component.id, component]))
  const zoneOf = (id: string): string | undefined => {
    const seen = new Set<string>()
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = byId.get(at)?.parent?.component) {
      seen.add(at)
      const zone = zoneIds.get(byId.get(at)?.parent?.trustZone ?? '')
      if (zone !== undefined) return zone
    }
    return undefined
  }
  const named = (list: readonly (string | null | undefined)[] | null | undefined) =>
    once((list ?? []).flatMap((one) => dataIds.get(one ?? '') ?? []))
  const ids: Ids = new Map()
  for (const component of components) {
    const { type, parent, tags, assets } = component
    const id = draft.put('assets', {
      of: 'components',
      id: readable(component.id, component.name),
      values: {
        title: component.name,
        kind: kindOf(type ?? '', kindOf(component.name, 'program')),
        zone: zoneOf(component.id) ?? elsewhere(),
        stores: named(assets?.stored),
        tags: [
          ...textsOf(tags),
          ...(parent?.component === undefined ? [] : [tag('part-of', parent.component)]),
          ...named(assets?.processed).map((one) => tag('processes', one)),
        ],
      },
      remarks: [component.description ?? '', type ? `type: ${type}` : '', ...attributeRemarks(component.attributes)],
    })
    if (!ids.has(component.id)) ids.set(component.id, id)
  }
  return ids
}

function draftFlow(
  flow: NonNullable<Otm['dataflows']>[number],
  known: Known & { assetIds: Ids },
  draft: Drafting,
): void {
  const [from, to] = [known.assetIds.get(flow.source), known.assetIds.get(flow.destination)]
  if (from === undefined || to === undefined) {
    const end = from === undefined ? flow.source : flow.destination
    return draft.note(`dataflow ${flow.name}: ${end} is no component, so it is not written`, 'dataflows')
  }
  const data = once((flow.assets ?? []).flatMap((one) => known.dataIds.get(one ?? '') ?? []))
  const protocol = [flow.name, ...textsOf(flow.tags), textOf(flow.attributes?.['protocol'])]
    .flatMap((text) => /\b(https?|ssh|sftp|ftp|ldaps?|smtp|amqps?|mqtts?|grpc)\b/i.exec(text)?.[1] ?? [])
    .at(-1)
  draft.flow({
    of: 'dataflows',
    from,
    to,
    label: flow.name,
    values: {
      ...spoken(protocol ?? ''),
      authentication: 'unknown',
      data,
      back: flow.bidirectional === true ? data : [],
      purpose: flow.name,
      tags: [...textsOf(flow.tags), ...(flow.bidirectional === true ? ['bidirectional'] : [])],
    },
    remarks: [flow.description ?? '', ...attributeRemarks(flow.attributes)],
  })
}

/** What others rated and decided: it is read, not believed, so it is told and not written. */
function keepAsNotes(model: Otm, draft: Drafting): void {
  for (const noun of ['threats', 'mitigations', 'representations'] as const) {
    const all = model[noun] ?? []
    draft.see(noun, all.length)
    for (const one of all) draft.note(`${noun.slice(0, -1)}: ${one.name}`, noun)
  }
  const findings = [...(model.components ?? []), ...(model.dataflows ?? [])].map(({ name, threats }) => ({
    name,
    threats: mapsOf(threats),
  }))
  for (const { name, threats } of findings) {
    draft.see('threats of elements', threats.length)
    for (const one of threats)
      draft.note(`${name}: threat ${textOf(one['threat'])} is ${textOf(one['state']) || 'open'}`, 'threats of elements')
  }
}
