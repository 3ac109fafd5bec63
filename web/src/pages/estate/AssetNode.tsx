// An asset in the drawing: picture of its kind, title, kind, how critical it is, whether the internet reaches it.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import type { Asset } from '../../client/nouns.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'

export type AssetNodeType = Node<{ asset: Asset; faded: boolean }, 'asset'>

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
  const { asset, faded } = data
  return (
    <div
      className={`asset asset-${asset.criticality}`}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
      title={`${asset.title}: ${asset.kind}, ${asset.criticality} criticality${asset.internetFacing ? ', reached from the internet' : ''}`}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="asset-picture">
        <Icon name={pictureOf(asset.kind)} />
      </span>
      <span className="asset-words">
        <span className="asset-title">{asset.title}</span>
        <span className="asset-kind">
          {asset.kind}
          {asset.internetFacing ? <Icon name="globe" size={12} /> : null}
        </span>
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}
