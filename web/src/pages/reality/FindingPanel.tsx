// One difference: what it means, what shows it, and the change to the model that settles it.
import { useRead } from '../../client/queries.ts'
import { countText } from '../../format/number.ts'
import { places } from '../../frame/places.ts'
import { Badge, Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelBadge } from '../../parts/Level.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { Time } from '../../parts/Time.tsx'
import { type Finding, kindWords, serviceText } from './read.ts'

interface FindingPanelProps {
  readonly id: string
  readonly days: number
  readonly onClose: () => void
}

export function FindingPanel({ id, days, onClose }: FindingPanelProps) {
  const { data, error, refetch } = useRead('reality.show', { id, days })
  return (
    <SidePanel
      kind="Difference"
      title={data?.title ?? '…'}
      onClose={onClose}
      actions={<Copy text={id} name="Copy id" />}
    >
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data ? <Detail finding={data} /> : error ? null : <Skeleton lines={10} />}
    </SidePanel>
  )
}

const seenBetween = ({ evidence }: Finding) =>
  evidence.first === null || evidence.last === null ? (
    ''
  ) : (
    <span key="seen">
      <Time at={evidence.first} /> to <Time at={evidence.last} />
    </span>
  )

const Detail = ({ finding }: { readonly finding: Finding }) => {
  const { evidence, proposal, asset, why, zones } = finding
  return (
    <>
      <div className="rows">
        <LevelBadge level={finding.level} />
        <Badge title={kindWords[finding.kind].means}>{kindWords[finding.kind].title}</Badge>
      </div>
      <p className="wrap">{finding.detail}</p>
      <Facts
        items={[
          ['Service', serviceText(finding)],
          ['From', finding.from],
          ['To', finding.to],
          ['Zones', zones.join(', ')],
          ['Because', why.join('; ')],
          ['Records', countText(evidence.count)],
          ['Refused', evidence.refused === 0 ? '' : countText(evidence.refused)],
          ['Seen', seenBetween(finding)],
          ['Sources', evidence.sources.join(', ')],
          [
            'Event',
            evidence.event === '' ? (
              ''
            ) : (
              <Go key="event" to={places.event(evidence.event)}>
                {evidence.event}
              </Go>
            ),
          ],
          [
            'Asset',
            asset === '' ? (
              ''
            ) : (
              <Go key="asset" to={places.asset(asset)}>
                {asset}
              </Go>
            ),
          ],
        ]}
      />
      {proposal.does === 'nothing' ? null : (
        <section className="block">
          <h3 className="row" title="text for a file of model/; valid by itself">
            To settle it: {proposal.does} in the model <Copy text={proposal.yaml} name="Copy the YAML" />
          </h3>
          {proposal.at === undefined ? null : (
            <p className="small quiet wrap">
              in place of {proposal.at.file}:{proposal.at.line}
            </p>
          )}
          <pre className="source-text">{proposal.yaml}</pre>
        </section>
      )}
    </>
  )
}
