// OWASP Threat Dragon models, version 2 (and the diagrams of version 1): cells of data-flow diagrams.
import { z } from 'zod'
import { ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { generic, isHuman, kindOf, spoken, storesData } from '../kinds.ts'
import { allFitted } from '../sources.ts'
import { at, isMap, mapOf, mapsOf, textOf } from '../values.ts'
import { draftOf, type Importer, onDemand } from './importer.ts'

const point = z
  .looseObject({
    x: z.number().optional(),
    y: z.number().optional(),
    cell: z.string().optional(),
    id: z.string().optional(),
  })
  .nullish()
const Cell = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  shape: z.string().nullish(),
  type: z.string().nullish(),
  position: z.looseObject({ x: z.number(), y: z.number() }).nullish(),
  size: z.looseObject({ width: z.number(), height: z.number() }).nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
  source: point,
  target: point,
})
type Cell = z.output<typeof Cell>

const Diagram = z.looseObject({
  title: z.string().nullish(),
  cells: z.array(Cell).nullish(),
  diagramJson: z.looseObject({ cells: z.array(Cell).nullish() }).nullish(),
})
const ThreatDragon = z.looseObject({
  version: z.string().nullish(),
  summary: z.looseObject({ title: z.string() }),
  detail: z.looseObject({ diagrams: z.array(Diagram) }),
})

export const threatDragon: Importer = {
  name: 'threat-dragon',
  title: 'Threat Dragon',
  reads: 'a Threat Dragon model, version 2 (version 1 also), JSON',
  becomes:
    'boundary boxes → zones (what is drawn inside lies inside), actors, processes and stores → assets, flows → flows; curves, texts and threats → notes',
  recognises: ({ documents }) =>
    documents.some(
      ({ value }) =>
        isMap(value) && ('summary' in value || 'summarize' in value) && ('detail' in value || 'details' in value),
    ),
  read(sources) {
    const files = allFitted(ThreatDragon, sources)
    if (!files.ok) return files
    const draft = draftOf('Threat Dragon', sources)
    for (const { value } of files.value) {
      for (const diagram of value.detail.diagrams)
        draftDiagram([...(diagram.cells ?? []), ...(diagram.diagramJson?.cells ?? [])], diagram.title ?? '', draft)
    }
    return ok(draft.finish())
  },
}

type Role = 'box' | 'curve' | 'flow' | 'asset' | 'text'

const roles: readonly (readonly [RegExp, Role])[] = [
  [/boundary-?box/i, 'box'],
  [/boundary|broundary/i, 'curve'],
  [/flow/i, 'flow'],
  [/text/i, 'text'],
  [/actor|process|store/i, 'asset'],
]

/** What a cell is: its type says, else its shape. A box is told from a curve by having a place and no ends. */
function roleOf(cell: Cell): Role {
  const words = [textOf(cell.data?.['type']), cell.type ?? '', cell.shape ?? '']
  const found = words.flatMap((word) => roles.find(([pattern]) => pattern.test(word))?.[1] ?? [])
  const [first = 'text'] = found
  return first === 'curve' && found.includes('box') ? 'box' : first
}

const nameOf = (cell: Cell): string =>
  [
    cell.data?.['name'],
    at(cell, 'attrs', 'text', 'text'),
    at(cell, 'labels', 0, 'attrs', 'text', 'text'),
    at(cell, 'attrs', 'label', 'text'),
  ]
    .map(textOf)
    .find((name) => name.trim() !== '')
    ?.replace(/\s+/g, ' ')
    .trim() ?? ''

interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const nouns: Readonly<Record<Role, string>> = {
  box: 'boundary boxes',
  curve: 'boundary curves',
  flow: 'flows',
  asset: 'elements',
  text: 'texts',
}

function draftDiagram(cells: readonly Cell[], title: string, draft: Drafting): void {
  const of = (role: Role) => cells.filter((cell) => roleOf(cell) === role)
  for (const cell of cells) draft.see(nouns[roleOf(cell)])
  const boxes = draftBoxes(of('box'), draft)
  const rest = onDemand(() =>
    draft.put('zones', {
      id: title === '' ? 'diagram' : title,
      values: { title: title === '' ? 'Diagram' : title, trust: 50 },
    }),
  )
  const assets = new Map(
    of('asset').map((cell) => [cell.id, draftAsset(cell, innermost(boxes, cell) ?? rest(), draft)]),
  )
  for (const cell of of('flow')) draftFlow(cell, assets, draft)
  for (const cell of of('curve'))
    draft.note(
      `${title}: boundary ${nameOf(cell) || 'without a name'} is drawn as a curve; say with zones what lies behind it`,
      nouns.curve,
    )
  for (const cell of of('text')) draft.note(`${title}: text ${nameOf(cell) || cell.id}`, nouns.text)
  for (const cell of cells) draftThreats(cell, draft)
}

/** The smallest box that the middle of a cell lies in. */
function innermost(boxes: readonly Box[], { position, size }: Cell): string | undefined {
  if (!position) return undefined
  const [x, y] = [position.x + (size?.width ?? 0) / 2, position.y + (size?.height ?? 0) / 2]
  return boxes.find((box) => box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height)?.id
}

/** The boxes as zones, smallest first. */
function draftBoxes(cells: readonly Cell[], draft: Drafting): Box[] {
  const boxes = cells
    .map((cell) => {
      const id = draft.put('zones', {
        of: nouns.box,
        id: nameOf(cell) || 'boundary',
        values: {
          title: nameOf(cell) || 'Boundary',
          trust: /internet|public|external|untrusted/i.test(nameOf(cell)) ? 0 : 60,
        },
        remarks: [textOf(cell.data?.['description'])],
      })
      return {
        id,
        x: cell.position?.x ?? 0,
        y: cell.position?.y ?? 0,
        width: cell.size?.width ?? 0,
        height: cell.size?.height ?? 0,
      }
    })
    .sort((a, b) => a.width * a.height - b.width * b.height)
  for (const [index, box] of boxes.entries()) {
    const around = boxes.slice(index + 1).find((other) => lies(box, other))
    if (around) draft.amend('zones', box.id, { parent: around.id })
  }
  return boxes
}
const lies = (inner: Box, outer: Box): boolean =>
  inner.width * inner.height < outer.width * outer.height &&
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** The kind that a name means, as far as it fits what was drawn: the store of a web application is no web application. */
const kindIn = (type: string, name: string): string =>
  /store/i.test(type)
    ? kindOf(name, generic.database, storesData)
    : /actor/i.test(type)
      ? kindOf(name, generic.people, isHuman)
      : kindOf(name, generic.program, (kind) => !storesData(kind) && !isHuman(kind))

function draftAsset(cell: Cell, zone: string, draft: Drafting): string {
  const data = mapOf(cell.data)
  const type = textOf(data['type']) || cell.type || cell.shape || ''
  const name = nameOf(cell)
  return draft.put('assets', {
    of: nouns.asset,
    id: name || type.replace('tm.', '') || 'element',
    values: {
      title: name,
      kind: kindIn(type, name),
      zone,
      tags: [type.replace('tm.', '').toLowerCase(), ...flagTags(data)],
    },
    remarks: [
      textOf(data['description']),
      textOf(data['reasonOutOfScope']),
      textOf(data['privilegeLevel']) === '' ? '' : `privilege: ${textOf(data['privilegeLevel'])}`,
    ],
  })
}

/** Boxes ticked in the properties, in the words of tags. */
const flagTags = (data: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(data)
    .filter(([key, value]) => value === true && !['hasOpenThreats', 'isTrustBoundary', 'isBidirectional'].includes(key))
    .map(([key]) =>
      tag(
        key
          .replace(/^is(?=[A-Z])/, '')
          .replace(/([a-z])([A-Z])/g, '$1-$2')
          .toLowerCase(),
      ),
    )

function draftFlow(cell: Cell, assets: ReadonlyMap<string, string>, draft: Drafting): void {
  const data = mapOf(cell.data)
  const name = nameOf(cell)
  const [from, to] = [cell.source?.cell ?? cell.source?.id, cell.target?.cell ?? cell.target?.id].map((end) =>
    assets.get(end ?? ''),
  )
  if (from === undefined || to === undefined)
    return draft.note(`flow ${name || cell.id} hangs in the air: ${from ?? '?'} to ${to ?? '?'}`, nouns.flow)
  const said = spoken(textOf(data['protocol']))
  const both = data['isBidirectional'] === true
  draft.flow({
    of: nouns.flow,
    from,
    to,
    label: name,
    values: {
      ...said,
      encrypted: said.encrypted === true || data['isEncrypted'] === true,
      authentication: 'unknown',
      purpose: name,
      tags: [...(both ? ['bidirectional'] : []), ...flagTags(data)],
    },
    remarks: [textOf(data['description']), textOf(data['reasonOutOfScope'])],
  })
}

/** Threats that people found are read, not believed: each is a note. */
function draftThreats(cell: Cell, draft: Drafting): void {
  const threats = [...mapsOf(cell.data?.['threats']), ...mapsOf(at(cell, 'threats'))]
  draft.see('threats', threats.length)
  for (const threat of threats) {
    const words = [textOf(threat['severity']), textOf(threat['type']), textOf(threat['status'])].filter(
      (word) => word !== '',
    )
    draft.note(
      `${nameOf(cell) || cell.id}: threat ${textOf(threat['title']) || 'without a title'}${words.length === 0 ? '' : ` (${words.join(', ')})`}`,
      'threats',
    )
  }
}
