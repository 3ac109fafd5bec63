// An asset or a group of them in the drawing: picture of its kind, title, how critical it is, whether the internet reaches it, how likely it falls.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { chanceText, percentText } from '../../format/chance.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import type { ViewNode } from './near.ts'

interface AssetData extends Record<string, unknown> {
  readonly node: ViewNode
  readonly faded: boolean
  /** How likely it falls with the chosen asset; nothing while that is not asked. */
  readonly risk: number | undefined
}
export type AssetNodeType = Node<AssetData, 'asset'>

const pictures: readonly (readonly [RegExp, IconName])[] = [
  [/postgres|mysql|maria|database|db$|redis|mongo|sql|bucket|storage|s3/, 'database'],
  [/laptop|workstation|desktop|phone|tablet/, 'laptop'],
  [/user|patient|person|staff|attacker/, 'person'],
  [/internet|saas|provider|external|browser/, 'globe'],
  [/cloud|lambda|aws|azure|gcp/, 'cloud'],
  [/okta|directory|sso|vault|ldap|identity|keycloak/, 'key'],
  [/firewall|gateway|proxy|waf|vpn/, 'lock'],
]
/** A picture for a kind of asset, by words in its name. */
export const pictureOf = (kind: string): IconName =>
  pictures.find(([words]) => words.test(kind.toLowerCase()))?.[1] ?? 'server'

export const AssetNode = ({ data, selected }: NodeProps<AssetNodeType>) => {
  const { node, faded, risk } = data
  const { title, text, kind, criticality, internetFacing, group } = node
  const falls = risk === undefined ? '' : `, falls with a chance of ${chanceText(risk)}`
  return (
    <div
      className={`asset asset-${criticality}`}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
      data-group={group || undefined}
      data-risk={risk === undefined ? undefined : risk >= 0.5 ? 'high' : risk >= 0.1 ? 'medium' : 'low'}
      title={`${title}: ${text}, ${criticality} criticality${internetFacing ? ', reached from the internet' : ''}${falls}`}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="asset-picture">
        <Icon name={pictureOf(kind)} />
      </span>
      <span className="asset-words">
        <span className="asset-title">{title}</span>
        <span className="asset-kind">
          {text}
          {internetFacing ? <Icon name="globe" size={12} /> : null}
        </span>
      </span>
      {risk === undefined ? null : <span className="asset-risk number">{percentText(risk)}</span>}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}
