// What enrichment knows beyond the record: placed where OCSF has an attribute for it, else in the list of enrichments.
import type { Draft } from './draft.ts'
import type { OcsfObject } from './value.ts'

/** Name of the enrichment → OCSF attribute. */
const places: Readonly<Record<string, string>> = {
  'asset.zone': 'device.zone',
  'asset.name': 'device.name',
  'asset.id': 'device.uid',
  'asset.owner': 'device.owner.name',
  'src.country': 'src_endpoint.location.country',
  'src.city': 'src_endpoint.location.city',
  'src.asn': 'src_endpoint.autonomous_system.number',
  'src.as_name': 'src_endpoint.autonomous_system.name',
  'src.zone': 'src_endpoint.zone',
  'dst.country': 'dst_endpoint.location.country',
  'dst.city': 'dst_endpoint.location.city',
  'dst.asn': 'dst_endpoint.autonomous_system.number',
  'dst.as_name': 'dst_endpoint.autonomous_system.name',
  'dst.zone': 'dst_endpoint.zone',
}

/** Places the enrichments of an event; each name stands somewhere. */
export function placeEnrichments(draft: Draft, enriched: Readonly<Record<string, string>>): void {
  const rest: OcsfObject[] = []
  for (const [name, value] of Object.entries(enriched)) {
    const place = places[name]
    const placed = place === undefined ? 'no' : draft.place(place, value)
    if (placed === 'no' || placed === 'taken')
      rest.push({ name, value, type: name.split('.', 1)[0] ?? name, data: { value } })
  }
  if (rest.length > 0) draft.placeList('enrichments', rest)
}
