// pytm models as JSON (`tm.json`, `--json`): boundaries, elements, flows, data, with or without their full set of attributes.
import { z } from 'zod'
import { ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { generic, isHuman, kindOf, spoken, storesData, toPort } from '../kinds.ts'
import { allFitted } from '../sources.ts'
import { entryOf, isMap, mapOf, once, portOf, textOf, textsOf } from '../values.ts'
import { draftOf, elsewhereOf, type Importer } from './importer.ts'

/** pytm writes a reference as a name or as an object with one. */
const reference = z
  .union([z.string(), z.looseObject({ name: z.string() })])
  .nullish()
  .transform((one) => (typeof one === 'string' ? one : (one?.name ?? '')))
const references = z
  .array(reference)
  .nullish()
  .transform((all) => (all ?? []).filter((one) => one !== ''))
const Named = z.looseObject({ name: z.string(), description: z.string().nullish(), inBoundary: reference })

const Pytm = z.looseObject({
  name: z.string(),
  description: z.string().nullish(),
  boundaries: z
    .array(Named)
    .nullish()
    .transform((all) => all ?? []),
  elements: z.array(Named.extend({ __class__: z.string().nullish(), data: z.unknown().optional() })).nullish(),
  assets: z.array(Named.extend({ __class__: z.string().nullish(), data: z.unknown().optional() })).nullish(),
  actors: z.array(Named.extend({ __class__: z.string().nullish(), data: z.unknown().optional() })).nullish(),
  flows: z.array(
    z.looseObject({
      name: z.string(),
      source: reference,
      sink: reference,
      note: z.string().nullish(),
      protocol: z.string().nullish(),
      dstPort: z.unknown().optional(),
      data: z.unknown().optional(),
    }),
  ),
  data: z.array(Named.extend({ classification: z.string().nullish(), processedBy: references })).nullish(),
  findings: z
    .array(z.looseObject({}))
    .nullish()
    .transform((all) => all ?? []),
})
type Pytm = z.output<typeof Pytm>
type Element = NonNullable<Pytm['elements']>[number]
type Ids = ReadonlyMap<string, string>

export const pytm: Importer = {
  name: 'pytm',
  title: 'pytm',
  reads: 'the JSON of a pytm model',
  becomes: 'boundaries → zones, elements and actors → assets, data → data, flows → flows; findings → notes',
  recognises: ({ documents }) =>
    documents.some(
      ({ value }) =>
        isMap(value) &&
        Array.isArray(value['flows']) &&
        (Array.isArray(value['elements']) || Array.isArray(value['boundaries']) || Array.isArray(value['actors'])),
    ),
  read(sources) {
    const files = allFitted(Pytm, sources)
    if (!files.ok) return files
    const draft = draftOf('pytm', sources)
    const elsewhere = elsewhereOf(draft)
    for (const { value } of files.value) draftModel(value, elsewhere, draft)
    return ok(draft.finish())
  },
}

function draftModel(model: Pytm, elsewhere: () => string, draft: Drafting): void {
  const { boundaries } = model
  const elements: Element[] = [
    ...(model.elements ?? []),
    ...(model.assets ?? []),
    ...(model.actors ?? []).map((actor) => ({ ...actor, __class__: actor.__class__ ?? 'Actor' })),
  ]
  const data = model.data ?? []
  draft.see('boundaries', boundaries.length)
  draft.see('elements', elements.length)
  draft.see('flows', model.flows.length)
  draft.see('data', data.length)
  draft.see('findings', model.findings.length)
  const zones = new Map(boundaries.map((one) => [one.name, draft.put('zones', zoneOf(one))]))
  for (const { name, inBoundary } of boundaries) {
    const [id, parent] = [zones.get(name), zones.get(inBoundary)]
    if (id !== undefined && parent !== undefined && id !== parent) draft.amend('zones', id, { parent })
  }
  const dataIds = new Map(data.map((one) => [one.name, draft.put('data', dataOf(one))]))
  const assets = new Map(
    elements.map((one) => [
      one.name,
      draft.put('assets', assetOf(one, zones.get(one.inBoundary) ?? elsewhere(), dataIds)),
    ]),
  )
  for (const flow of model.flows) draftFlow(flow, { assets, dataIds }, draft)
  for (const finding of model.findings)
    draft.note(
      `finding ${textOf(finding['threat_id']) || textOf(finding['id'])}: ${textOf(finding['description'])} (${textOf(finding['target'])})`,
      'findings',
    )
}

const zoneOf = ({ name, description }: { name: string; description?: string | null | undefined }) => ({
  of: 'boundaries',
  id: name,
  values: { title: name, trust: /internet|public|external/i.test(name) ? 0 : 60 },
  remarks: [description ?? ''],
})

const confidentiality: Readonly<Record<string, string>> = {
  PUBLIC: 'low',
  RESTRICTED: 'medium',
  SENSITIVE: 'high',
  SECRET: 'critical',
  TOP_SECRET: 'critical',
}
const flags = (one: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(mapOf(one))
    .filter(([, value]) => value === true)
    .map(([key]) => tag(key))

const dataOf = (one: NonNullable<Pytm['data']>[number]) => ({
  of: 'data',
  id: one.name,
  values: {
    title: one.name,
    confidentiality:
      entryOf(confidentiality, (one.classification ?? '').replace('Classification.', '').toUpperCase()) ?? 'medium',
  },
  remarks: [one.description ?? '', flags(one).join(', ')],
})

const usualKinds = { Server: 'server', Lambda: 'function', ExternalEntity: 'external-api', LLM: 'language-model' }

/** The kind that a name means, as far as it fits its class. */
function kindIn(type: string, name: string): string {
  if (type === 'Actor') return kindOf(name, generic.people, isHuman)
  if (type === 'Datastore') return kindOf(name, generic.database, storesData)
  const usual = entryOf(usualKinds, type)
  return kindOf(name, usual ?? generic.program, (kind) => !storesData(kind) && !isHuman(kind))
}

function assetOf(one: Element, zone: string, data: Ids) {
  const type = one.__class__ ?? ''
  const controls = flags(mapOf(one['controls']))
  const store = type === 'Datastore' ? namedData(one.data, data) : []
  const processed = type === 'Datastore' ? [] : namedData(one.data, data)
  return {
    of: 'elements',
    id: one.name,
    values: {
      title: one.name,
      kind: kindIn(type, one.name),
      zone,
      stores: store,
      tags: [
        ...(type === '' ? [] : [tag(type.toLowerCase())]),
        ...flags(one),
        ...controls,
        ...processed.map((id) => tag('processes', id)),
      ],
    },
    remarks: [one.description ?? '', textOf(one['OS']) === '' ? '' : `system: ${textOf(one['OS'])}`],
  }
}

/** The data that an element or flow names: names, or objects with a name. */
const namedData = (value: unknown, ids: Ids): string[] =>
  once(
    (Array.isArray(value)
      ? value.map((one: unknown) => (isMap(one) ? textOf(one['name']) : textOf(one)))
      : textsOf(value)
    ).flatMap((name) => ids.get(name) ?? []),
  )

function draftFlow(
  flow: Pytm['flows'][number],
  { assets, dataIds }: { assets: Ids; dataIds: Ids },
  draft: Drafting,
): void {
  const [from, to] = [assets.get(flow.source), assets.get(flow.sink)]
  if (from === undefined || to === undefined)
    return draft.note(
      `flow ${flow.name}: ${from === undefined ? flow.source || 'nothing' : flow.sink || 'nothing'} is no element`,
      'flows',
    )
  const controls = mapOf(flow['controls'])
  const said = spoken(flow.protocol ?? '')
  draft.flow({
    of: 'flows',
    from,
    to,
    label: flow.name,
    values: {
      ...toPort(portOf(flow.dstPort) ?? 0),
      ...said,
      encrypted:
        said.encrypted === true || flow['isEncrypted'] === true || controls['isEncrypted'] === true
          ? true
          : said.encrypted,
      authentication:
        controls['authenticatesSource'] === true || flow['authenticatesSource'] === true ? 'authenticated' : 'unknown',
      data: namedData(flow.data, dataIds),
      purpose: flow.name,
      tags: [...flags(flow), ...flags(controls)],
    },
    remarks: [flow.note ?? '', textOf(flow['description'])],
  })
}
