// The estate as one data-flow diagram of OWASP Threat Dragon, format 2.
import type { Asset, Estate, Flow, Zone } from '#model'
import { type Box, boxesOf } from './boxes.ts'
import { type Exporter, jsonText } from './exporter.ts'

export const threatDragon: Exporter = {
  name: 'threat-dragon',
  title: 'Threat Dragon',
  file: 'model.threat-dragon.json',
  holds:
    'zones as boundary boxes, assets as actors, processes and stores, flows; data, services and people have no place in it',
  write: (estate) => jsonText(modelOf(estate)),
}

const version = '2.6.1'

function modelOf(estate: Estate) {
  const boxes = boxesOf(estate)
  const cells = [
    ...estate.zones.map((zone) => zoneCell(zone, boxes.zones.get(zone.id))),
    ...estate.assets.map((asset, index) => assetCell(asset, boxes.assets.get(asset.id), estate.zones.length + index)),
    ...estate.flows.map((flow, index) => flowCell(flow, estate.zones.length + estate.assets.length + index)),
  ]
  return {
    version,
    summary: { title: estate.name, owner: '', description: 'Exported from Castellan', id: 0 },
    detail: {
      contributors: [],
      reviewer: '',
      diagramTop: 1,
      threatTop: 0,
      diagrams: [
        {
          id: 0,
          title: estate.name,
          diagramType: 'STRIDE',
          placeholder: '',
          thumbnail: './public/content/images/thumbnail.stride.jpg',
          version,
          cells,
        },
      ],
    },
  }
}

const shown = { hasOpenThreats: false, threats: [] }
const place = (box: Box = { x: 0, y: 0, width: 160, height: 80 }) => ({
  position: { x: box.x, y: box.y },
  size: { width: box.width, height: box.height },
})
const said = (parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts)
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key}: ${text}`)
    .join('\n')

const zoneCell = ({ id, title, trust, cidrs }: Zone, box?: Box) => ({
  ...place(box),
  id: `zone-${id}`,
  shape: 'trust-boundary-box',
  visible: true,
  zIndex: -1,
  attrs: { label: { text: title } },
  data: {
    type: 'tm.BoundaryBox',
    name: title,
    description: said({ trust: String(trust), networks: cidrs.join(', ') }),
    isTrustBoundary: true,
    ...shown,
  },
})

const shapeOf = ({ category, traits }: Asset): 'actor' | 'store' | 'process' =>
  category === 'person' || category === 'browser' || traits.includes('human-operated')
    ? 'actor'
    : ['database', 'cache', 'queue', 'storage'].includes(category)
      ? 'store'
      : 'process'
const types = { actor: 'tm.Actor', store: 'tm.Store', process: 'tm.Process' } as const

function assetCell(asset: Asset, box: Box | undefined, index: number) {
  const shape = shapeOf(asset)
  const { id, title, kind, owner, criticality, stores, controls, addresses } = asset
  const description = said({
    kind,
    owner,
    criticality,
    stores: stores.join(', '),
    controls: controls.join(', '),
    addresses: addresses.join(', '),
  })
  return {
    ...place(box),
    id: `asset-${id}`,
    shape,
    visible: true,
    zIndex: index,
    attrs: { text: { text: title } },
    data: {
      type: types[shape],
      name: title,
      description,
      outOfScope: false,
      reasonOutOfScope: '',
      isTrustBoundary: false,
      ...flags(asset, shape),
      ...shown,
    },
  }
}

const flags = ({ kind, controls, category }: Asset, shape: 'actor' | 'store' | 'process') =>
  ({
    actor: { providesAuthentication: false },
    store: {
      isALog: kind === 'log-server',
      storesCredentials: kind === 'secrets-vault',
      isEncrypted: controls.includes('disk-encryption'),
      isSigned: controls.includes('integrity-check'),
    },
    process: { isWebApplication: category === 'web', handlesCardPayment: false, handlesGoodsOrServices: false },
  })[shape]

const flowCell = (flow: Flow, index: number) => {
  const { id, from, to, protocol, port, encrypted, authentication, data, back, purpose } = flow
  const name = purpose || (port === 0 ? protocol : `${protocol} ${port}`)
  const description = said({
    flow: id,
    port: port === 0 ? '' : String(port),
    authentication,
    data: data.join(', '),
    answer: back.join(', '),
  })
  return {
    id: `flow-${index}`,
    shape: 'flow',
    zIndex: index,
    connector: 'smooth',
    source: { cell: `asset-${from}` },
    target: { cell: `asset-${to}` },
    vertices: [],
    labels: [{ attrs: { label: { text: name } }, position: 0.5 }],
    data: {
      type: 'tm.Flow',
      name,
      description,
      outOfScope: false,
      reasonOutOfScope: '',
      isBidirectional: back.length > 0,
      isEncrypted: encrypted,
      isPublicNetwork: false,
      isTrustBoundary: false,
      protocol,
      ...shown,
    },
  }
}
