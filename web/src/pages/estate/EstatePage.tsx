// The model as a drawing, as tables, and what is wrong with it; an asset chosen in any of them is shown beside.
import './estate.css'
import { useRead } from '../../client/queries.ts'
import type { Asset, Estate } from '../../client/nouns.ts'
import { useUrl } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { Choice, Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { AssetPanel } from './AssetPanel.tsx'
import { GroupPanel, useGroup } from './GroupPanel.tsx'
import { AssetTable, FlowTable } from './Tables.tsx'
import type { ViewNode } from './near.ts'
import { Problems } from './Problems.tsx'
import { Sheet } from './Sheet.tsx'

const views = ['drawing', 'assets', 'flows', 'problems'] as const
type View = (typeof views)[number]

export function Page() {
  const { params, set } = useUrl()
  const { data: estate, error, refetch } = useRead('model.show', {})
  const { data: check } = useRead('model.check', {})
  const view: View = views.find((name) => name === params['view']) ?? 'drawing'
  const asset = estate?.assets.find(({ id }) => id === params['asset'])
  const group = useGroup(params['asset'])
  const choose = (id: string): void => set({ asset: id })
  if (error && !estate) return <TroubleNote trouble={error} again={() => void refetch()} />
  const problems = check?.issues.length ?? 0
  return (
    <PageFrame
      title="Estate"
      lead={
        estate
          ? `${plural(estate.zones.length, 'zone')}, ${plural(estate.assets.length, 'asset')}, ${plural(estate.flows.length, 'flow')}`
          : null
      }
      actions={
        <Choice
          label="View"
          value={view}
          onChange={(next) => set({ view: next === 'drawing' ? '' : next }, 'step')}
          options={[
            { value: 'drawing', title: 'Drawing' },
            { value: 'assets', title: 'Assets' },
            { value: 'flows', title: 'Flows' },
            { value: 'problems', title: problems === 0 ? 'Problems' : `Problems (${problems})` },
          ]}
        />
      }
      fixed
    >
      {estate ? (
        <div className="with-side">
          <ViewOf view={view} estate={estate} chosen={asset?.id ?? group?.id} onChoose={choose} />
          <Side asset={asset} group={view === 'drawing' ? group : undefined} estate={estate} onChoose={choose} />
        </div>
      ) : (
        <Skeleton lines={12} height={28} />
      )}
    </PageFrame>
  )
}

interface SideProps {
  readonly asset: Asset | undefined
  readonly group: ViewNode | undefined
  readonly estate: Estate
  readonly onChoose: (id: string) => void
}
function Side({ asset, group, estate, onChoose }: SideProps) {
  const onClose = (): void => onChoose('')
  if (asset) return <AssetPanel key={asset.id} {...{ asset, estate, onChoose, onClose }} />
  return group ? <GroupPanel key={group.id} {...{ group, estate, onChoose, onClose }} /> : null
}

interface ViewProps {
  readonly view: View
  readonly estate: Estate
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}
function ViewOf({ view, estate, chosen, onChoose }: ViewProps) {
  if (view === 'problems') return <Problems />
  if (estate.assets.length === 0)
    return (
      <Empty title="The model is empty" icon="estate" command="castellan init">
        Declare zones and assets in <code>model/*.yaml</code>, or draft them from this host and a docker-compose.yml:
      </Empty>
    )
  if (view === 'assets') return <AssetTable estate={estate} chosen={chosen} onChoose={onChoose} />
  if (view === 'flows') return <FlowTable estate={estate} onChoose={onChoose} />
  return <Sheet estate={estate} chosen={chosen} onChoose={onChoose} />
}
