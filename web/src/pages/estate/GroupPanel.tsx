// A group of assets that the drawing shows as one box: which they are.
import { useRead } from '../../client/queries.ts'
import type { Estate } from '../../client/nouns.ts'
import { useUrl } from '../../frame/url.ts'
import { Button } from '../../parts/basics.tsx'
import { SidePanel } from '../../parts/Panel.tsx'
import { pictureOf } from './AssetNode.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { askOf } from './ask.ts'
import type { ViewNode } from './near.ts'

interface GroupPanelProps {
  readonly group: ViewNode
  readonly estate: Estate
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

export function GroupPanel({ group, estate, onChoose, onClose }: GroupPanelProps) {
  const { set } = useUrl()
  const assets = new Map(estate.assets.map((asset) => [asset.id, asset]))
  return (
    <SidePanel
      kind="Group"
      title={group.title}
      onClose={onClose}
      actions={<Button onClick={() => set({ group: 'none' }, 'step')}>Show every asset</Button>}
    >
      <p className="quiet">{group.text}</p>
      <ul className="lines">
        {group.assets.map((id) => (
          <li key={id} className="line">
            <Icon name={pictureOf(assets.get(id)?.kind ?? '')} size={14} />
            <button type="button" className="value-button line-name cut" onClick={() => onChoose(id)}>
              {assets.get(id)?.title ?? id}
            </button>
            <span className="faint cut">{assets.get(id)?.kind}</span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}

/** The group of the drawing with this id, if there is one. */
export function useGroup(id: string | undefined): ViewNode | undefined {
  const { params } = useUrl()
  const { data } = useRead('model.view', askOf(params), { enabled: id?.startsWith('group ') ?? false, keep: true })
  return data?.nodes.find((node) => node.group && node.id === id)
}
