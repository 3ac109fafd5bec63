// The estate as Open Threat Model 0.2. What OTM has no key for goes into its attributes.
import type { Asset, DataClass, Estate, Flow, Zone } from '#model'
import { type Exporter, jsonText } from './exporter.ts'

export const otm: Exporter = {
  name: 'otm',
  title: 'Open Threat Model',
  file: 'model.otm.json',
  holds: 'zones, assets, flows and data; addresses, ports, controls, people, services and the rest as attributes',
  write: (estate) => jsonText(otmOf(estate)),
}

/** 0 to 100, as OTM rates. */
const rating = { low: 10, medium: 40, high: 70, critical: 100 } as const

function otmOf(estate: Estate) {
  const { zones, assets, flows, data, services, people, trust, assumptions } = estate
  const known = new Set(zones.map(({ id }) => id))
  const lost = assets.some(({ zone }) => !known.has(zone))
  return {
    otmVersion: '0.2.0',
    project: {
      name: estate.name,
      id: estate.name.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'estate',
      attributes: { services, people, trust, assumptions },
    },
    assets: data.map(dataOf),
    trustZones: [
      ...zones.map(zoneOf),
      ...(lost ? [{ id: nowhere, name: 'Not in any zone', type: 'zone', risk: { trustRating: 50 } }] : []),
    ],
    components: assets.map((asset) => componentOf(asset, known.has(asset.zone) ? asset.zone : nowhere, estate)),
    dataflows: flows.map(flowOf),
  }
}
const nowhere = 'no-zone'

const dataOf = ({
  id,
  title,
  confidentiality,
  integrity,
  availability,
  records,
  subjects,
  jurisdictions,
}: DataClass) => ({
  id,
  name: title,
  risk: { confidentiality: rating[confidentiality], integrity: rating[integrity], availability: rating[availability] },
  attributes: { records, subjects, jurisdictions },
})

const zoneOf = ({ id, title, trust, cidrs, parent }: Zone) => ({
  id,
  name: title,
  type: 'zone',
  risk: { trustRating: trust },
  ...(parent === undefined ? {} : { parent: { trustZone: parent } }),
  attributes: { cidrs },
})

function componentOf(asset: Asset, zone: string, { flows }: Estate) {
  const { id, title, kind, stores, tags } = asset
  const passing = flows
    .filter(({ from, to }) => from === id || to === id)
    .flatMap(({ data, back }) => [...data, ...back])
  return {
    id,
    name: title,
    type: kind,
    parent: { trustZone: zone },
    tags,
    assets: { processed: [...new Set(passing)], stored: stores },
    attributes: without(asset, ['id', 'title', 'kind', 'zone', 'stores', 'tags', 'at']),
  }
}

/** What is left of a noun: it goes into attributes. */
const without = (noun: Asset | Flow, said: readonly string[]) =>
  Object.fromEntries(Object.entries(noun).filter(([key]) => !said.includes(key)))

const flowOf = (flow: Flow) => {
  const { id, from, to, data, back, purpose, tags } = flow
  return {
    id,
    name: purpose || id,
    bidirectional: back.length > 0,
    source: from,
    destination: to,
    assets: [...new Set([...data, ...back])],
    tags,
    attributes: without(flow, ['id', 'from', 'to', 'purpose', 'tags', 'at']),
  }
}
