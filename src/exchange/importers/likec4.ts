// LikeC4 models as JSON (`likec4 export json`): elements nest by their names, relations join them, deployments place them.
import { z } from 'zod'
import { ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { kindOf, spoken } from '../kinds.ts'
import { allFitted } from '../sources.ts'
import { isMap, mapOf, textOf, textsOf } from '../values.ts'
import { draftOf, elsewhereOf, type Importer } from './importer.ts'

const said = z
  .union([z.string(), z.looseObject({ txt: z.string().optional(), md: z.string().optional() })])
  .nullish()
  .transform((one) => (typeof one === 'string' ? one : (one?.txt ?? one?.md ?? '')))
const word = z
  .string()
  .nullish()
  .transform((one) => one ?? '')
const words = z
  .array(z.string())
  .nullish()
  .transform((all) => all ?? [])
const map = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .record(z.string(), entry)
    .nullish()
    .transform((all) => Object.entries(all ?? {}))
/** The end of a relation: the name alone, or with the part of the model it is in. */
const end = z
  .union([z.string(), z.looseObject({ model: z.string().optional(), deployment: z.string().optional() })])
  .transform((one) => (typeof one === 'string' ? one : (one.model ?? one.deployment ?? '')))

const Element = z.looseObject({
  kind: word,
  title: word,
  description: said,
  technology: word,
  tags: words,
  metadata: z.record(z.string(), z.unknown()).nullish(),
})
const Relation = Element.extend({ source: end, target: end })
const LikeC4 = z.looseObject({
  specification: z.looseObject({}),
  elements: map(Element),
  relations: map(Relation),
  deployments: z
    .looseObject({
      elements: map(z.looseObject({ kind: word, title: word, element: word, technology: word })),
      relations: map(z.looseObject({})),
    })
    .nullish(),
  views: map(z.looseObject({ title: word })),
})
type LikeC4 = z.output<typeof LikeC4>
type Element = z.output<typeof Element>

export const likec4: Importer = {
  name: 'likec4',
  title: 'LikeC4',
  reads: 'likec4 export json',
  becomes:
    'elements with others inside → zones, the others → assets, relations → flows; deployed instances → tags of their asset; deployment nodes, their relations and views → notes',
  recognises: ({ documents }) =>
    documents.some(
      ({ value }) =>
        isMap(value) &&
        isMap(value['specification']) &&
        isMap(value['elements']) &&
        ('relations' in value || 'views' in value),
    ),
  read(sources) {
    const files = allFitted(LikeC4, sources)
    if (!files.ok) return files
    const draft = draftOf('LikeC4', sources)
    const elsewhere = elsewhereOf(draft)
    for (const { value } of files.value) draftModel(value, elsewhere, draft)
    return ok(draft.finish())
  },
}

const above = (name: string): string => name.slice(0, Math.max(name.lastIndexOf('.'), 0))
const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

function draftModel(model: LikeC4, elsewhere: () => string, draft: Drafting): void {
  draft.see('elements', model.elements.length)
  draft.see('relations', model.relations.length)
  const elements = new Map(model.elements)
  const parents = new Set(model.elements.map(([name]) => above(name)))
  const zones = draftZones(
    model.elements.filter(([name]) => parents.has(name)),
    draft,
  )
  const zoneOf = (name: string): string => zones.get(above(name)) ?? elsewhere()
  const assets = new Map(
    model.elements
      .filter(([name]) => !parents.has(name))
      .map(([name, element]) => [
        name,
        draft.put('assets', { of: 'elements', ...assetOf(name, element, zoneOf(name)) }),
      ]),
  )
  /** A relation may end at an element with others inside: then an asset stands for the whole. */
  const endOf = (name: string): string | undefined => {
    const [known, zone] = [assets.get(name), zones.get(name)]
    const element = elements.get(name)
    if (known !== undefined || zone === undefined || !element) return known
    const id = draft.put('assets', assetOf(name, element, zone))
    assets.set(name, id)
    return id
  }
  for (const [, relation] of model.relations) {
    const [from, to] = [endOf(relation.source), endOf(relation.target)]
    if (from === undefined || to === undefined)
      draft.note(`relation ${relation.source} to ${relation.target}: one of them is no element`, 'relations')
    else draft.flow({ of: 'relations', from, to, label: relation.title || relation.kind, ...flowOf(relation) })
  }
  draftDeployments(model, assets, draft)
}

function draftZones(elements: readonly (readonly [string, Element])[], draft: Drafting): ReadonlyMap<string, string> {
  const zones = new Map<string, string>()
  for (const [name, element] of elements.toSorted(([a], [b]) => a.split('.').length - b.split('.').length)) {
    const { title, kind, technology, tags, description } = element
    const id = draft.put('zones', {
      of: 'elements',
      id: last(name),
      values: { title: title || last(name), trust: 60, parent: zones.get(above(name)) },
      remarks: [`${kind} ${name}`, description, technology, tags.map((one) => `#${one}`).join(' ')],
    })
    zones.set(name, id)
  }
  return zones
}

function assetOf(name: string, { title, kind, technology, tags, description, metadata }: Element, zone: string) {
  const person = /actor|person|user|customer/i.test(kind)
  const metadataTags = Object.entries(metadata ?? {}).map(([key, value]) => tag(key, textsOf(value).join('-')))
  return {
    id: last(name),
    values: {
      title: title || last(name),
      kind: kindOf(technology, person ? 'people' : kindOf(kind, kindOf(title, 'program'))),
      zone,
      tags: [tag('kind', kind), ...tags, ...metadataTags],
    },
    remarks: [name, description, technology === '' ? '' : `technology: ${technology}`],
  }
}

function flowOf(relation: z.output<typeof Relation>) {
  const { title, kind, technology, tags, description } = relation
  const protocol = [technology, title, kind].flatMap(
    (text) => /\b(https?|grpc|amqps?|sql|ssh|sftp|ldaps?|mqtts?|kafka|smtp|wss?)\b/i.exec(text)?.[1] ?? [],
  )[0]
  return {
    values: {
      ...spoken(protocol ?? ''),
      authentication: 'unknown',
      purpose: title,
      tags: [...tags, ...(kind === '' ? [] : [tag('kind', kind)])],
    },
    remarks: [description, technology === '' ? '' : `technology: ${technology}`],
  }
}

function draftDeployments(model: LikeC4, assets: ReadonlyMap<string, string>, draft: Drafting): void {
  const deployed = model.deployments?.elements ?? []
  draft.see('deployment elements', deployed.length)
  for (const [name, one] of deployed) {
    const id = assets.get(one.element)
    if (one.element === '' || id === undefined)
      draft.note(`deployment ${name} (${one.kind || one.element || 'node'}) ${one.title}`, 'deployment elements')
    else {
      draft.amend('assets', id, { tags: [tag('deployed', above(name) || name)] })
      draft.tagged('deployment elements')
    }
  }
  const relations = model.deployments?.relations ?? []
  draft.see('deployment relations', relations.length)
  for (const [id, relation] of relations)
    draft.note(`deployment relation ${textOf(mapOf(relation)['title']) || id}`, 'deployment relations')
  draft.see('views', model.views.length)
  for (const [id, { title }] of model.views) draft.note(`view ${title || id}`, 'views')
}
