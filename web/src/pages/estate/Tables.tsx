// The model without a drawing: assets and flows as tables.
import type { Asset, Estate, Flow } from '../../client/nouns.ts'
import { useMemo } from 'react'
import { listText } from '../../format/number.ts'
import { Icon } from '../../parts/Icon.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { pictureOf } from './AssetNode.tsx'

const weights = ['low', 'medium', 'high', 'critical']

const assetColumns = (estate: Estate): readonly Column<Asset>[] => {
  const zoneTitle = new Map(estate.zones.map(({ id, title }) => [id, title]))
  const zoneOf = ({ zone }: Asset): string => zoneTitle.get(zone) ?? zone
  return [
    {
      id: 'title',
      title: 'Asset',
      width: 200,
      grow: 3,
      cell: ({ title, kind }) => (
        <span className="row cut">
          <Icon name={pictureOf(kind)} size={14} />
          <span className="strong cut">{title}</span>
        </span>
      ),
      sort: ({ title }) => title,
      copy: ({ id }) => id,
    },
    {
      id: 'kind',
      title: 'Kind',
      width: 130,
      grow: 1,
      cell: ({ kind }) => <span className="cut">{kind}</span>,
      sort: ({ kind }) => kind,
    },
    {
      id: 'zone',
      title: 'Zone',
      width: 130,
      grow: 1,
      from: 640,
      cell: (asset) => <span className="cut">{zoneOf(asset)}</span>,
      sort: zoneOf,
    },
    {
      id: 'criticality',
      title: 'Criticality',
      width: 100,
      cell: ({ criticality }) => criticality,
      sort: ({ criticality }) => weights.indexOf(criticality),
    },
    {
      id: 'hosts',
      title: 'Hosts',
      width: 150,
      grow: 2,
      from: 860,
      cell: ({ hosts }) => <span className="mono cut">{listText(hosts, 3)}</span>,
      copy: ({ hosts }) => hosts.join(', '),
    },
    {
      id: 'addresses',
      title: 'Addresses',
      width: 140,
      grow: 1,
      from: 1000,
      cell: ({ addresses }) => <span className="mono cut">{listText(addresses, 2)}</span>,
      copy: ({ addresses }) => addresses.join(', '),
    },
    {
      id: 'owner',
      title: 'Owner',
      width: 100,
      from: 760,
      cell: ({ owner }) => <span className="cut">{owner}</span>,
      sort: ({ owner }) => owner,
    },
  ]
}

const keyOf = (thing: { readonly id: string }): string => thing.id

interface AssetTableProps {
  readonly estate: Estate
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}
export function AssetTable({ estate, chosen, onChoose }: AssetTableProps) {
  const columns = useMemo(() => assetColumns(estate), [estate])
  return (
    <DataTable
      name="Assets"
      rows={estate.assets}
      columns={columns}
      keyOf={keyOf}
      selected={chosen}
      onOpen={(asset) => onChoose(asset.id)}
      empty={null}
    />
  )
}

const flowColumns = (estate: Estate): readonly Column<Flow>[] => {
  const assetTitle = new Map(estate.assets.map(({ id, title }) => [id, title]))
  const title = (id: string): string => assetTitle.get(id) ?? id
  return [
    {
      id: 'from',
      title: 'From',
      width: 160,
      grow: 1,
      cell: ({ from }) => <span className="strong cut">{title(from)}</span>,
      sort: ({ from }) => title(from),
    },
    {
      id: 'to',
      title: 'To',
      width: 160,
      grow: 1,
      cell: ({ to }) => <span className="strong cut">{title(to)}</span>,
      sort: ({ to }) => title(to),
    },
    {
      id: 'protocol',
      title: 'Protocol',
      width: 110,
      cell: ({ protocol }) => protocol,
      sort: ({ protocol }) => protocol,
    },
    {
      id: 'port',
      title: 'Port',
      width: 70,
      align: 'end',
      cell: ({ port }) => <span className="number">{port > 0 ? port : ''}</span>,
      sort: ({ port }) => port,
    },
    {
      id: 'encrypted',
      title: 'Encrypted',
      width: 100,
      cell: ({ encrypted }) => (
        <span className={encrypted ? 'row' : 'row warn-text'}>
          <Icon name={encrypted ? 'lock' : 'unlock'} size={14} />
          {encrypted ? 'yes' : 'no'}
        </span>
      ),
      sort: ({ encrypted }) => Number(encrypted),
    },
    {
      id: 'authentication',
      title: 'Authentication',
      width: 120,
      from: 760,
      cell: ({ authentication }) => (authentication === '' ? <span className="warn-text">none</span> : authentication),
      sort: ({ authentication }) => authentication,
    },
    {
      id: 'data',
      title: 'Data',
      width: 140,
      grow: 1,
      from: 900,
      cell: ({ data }) => <span className="cut">{data.join(', ')}</span>,
      sort: ({ data }) => data.length,
    },
  ]
}

export function FlowTable({ estate, onChoose }: Omit<AssetTableProps, 'chosen'>) {
  const columns = useMemo(() => flowColumns(estate), [estate])
  return (
    <DataTable
      name="Flows"
      rows={estate.flows}
      columns={columns}
      keyOf={keyOf}
      onOpen={(flow) => onChoose(flow.to)}
      empty={<p className="quiet">No flow is declared.</p>}
    />
  )
}
