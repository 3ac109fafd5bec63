// One root cause: its fix, what it would save, and its threats, of which one is open.
import { useState } from 'react'
import { useNames } from '../../client/names.ts'
import { useRead } from '../../client/queries.ts'
import { perYearText } from '../../format/chance.ts'
import { countText } from '../../format/number.ts'
import { places } from '../../frame/places.ts'
import { Badge, Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelBadge, LevelMark } from '../../parts/Level.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { decisionWords, sentence, type RootCause, type Threat } from './read.ts'
import { ThreatDetail } from './ThreatDetail.tsx'

interface CausePanelProps {
  /** Of the root cause, or of one of its threats. */
  readonly id: string
  /** The threat that is open; empty for the first that waits. */
  readonly threat: string
  readonly onThreat: (cause: string, id: string) => void
  readonly onClose: () => void
}

export function CausePanel({ id, threat, onThreat, onClose }: CausePanelProps) {
  const { data, error, refetch } = useRead('threat.show', { id })
  const cause = data?.cause
  return (
    <SidePanel
      kind="Root cause"
      title={cause ? sentence(cause.title) : '…'}
      onClose={onClose}
      actions={<Copy text={cause?.id ?? id} name="Copy id" />}
    >
      {error && !data ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {cause ? (
        <>
          <About cause={cause} />
          <ThreatList cause={cause} chosen={threat} onThreat={(one) => onThreat(cause.id, one)} />
        </>
      ) : error ? null : (
        <Skeleton lines={12} />
      )}
    </SidePanel>
  )
}

function About({ cause }: { readonly cause: RootCause }) {
  const { estate, nameOf } = useNames()
  const isAsset = (id: string): boolean => estate?.assets.some((asset) => asset.id === id) ?? false
  return (
    <>
      <div className="rows">
        <LevelBadge level={cause.level} />
        <Badge title="how often its likeliest threat is expected to succeed">{perYearText(cause.perYear)}</Badge>
        <Badge
          tone={cause.open === 0 ? 'good' : 'plain'}
          title="threats about which nothing is decided, of all that the fix would end"
        >
          {cause.open === 0 ? 'all decided' : `${countText(cause.open)} of ${countText(cause.threats.length)} open`}
        </Badge>
      </div>
      <Facts
        items={[
          [
            'Where',
            <span key="at" className="links">
              {cause.at.map((id) =>
                isAsset(id) ? (
                  <Go key={id} to={places.asset(id)}>
                    {nameOf(id)}
                  </Go>
                ) : (
                  <span key={id}>{nameOf(id)}</span>
                ),
              )}
            </span>,
          ],
          ['Data', cause.data.map(nameOf).join(', ')],
          ['Services', cause.services.map(nameOf).join(', ')],
        ]}
      />
    </>
  )
}

interface ThreatListProps {
  readonly cause: RootCause
  readonly chosen: string
  readonly onThreat: (id: string) => void
}
/** The threats; one of them open. The one that is open stays so while decisions come and go. */
function ThreatList({ cause, chosen, onThreat }: ThreatListProps) {
  const { threats } = cause
  const [first] = useState(() => (threats.find(({ decision }) => decision === undefined) ?? threats[0])?.id)
  const open = threats.some(({ id }) => id === chosen) ? chosen : first
  return (
    <section className="block">
      <h3>
        Threats that it ends <span className="faint number">{threats.length}</span>
      </h3>
      <ul className="threats">
        {threats.map((threat) => (
          <li key={threat.id} className="threat" data-open={threat.id === open || undefined}>
            <ThreatHead threat={threat} open={threat.id === open} onOpen={() => onThreat(threat.id)} />
            {threat.id === open ? (
              <div className="threat-body">
                <ThreatDetail threat={threat} />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

const ThreatHead = ({
  threat,
  open,
  onOpen,
}: {
  readonly threat: Threat
  readonly open: boolean
  readonly onOpen: () => void
}) => (
  <button type="button" className="threat-head" aria-expanded={open} onClick={onOpen}>
    <LevelMark level={threat.level} />
    <span className="fill">
      <span className="strong">{threat.title}</span>
      <span className="threat-target mono faint wrap">{threat.target}</span>
    </span>
    {threat.decision ? (
      <Badge tone="good" title={`${decisionWords[threat.decision.decision].means}: ${threat.decision.reason}`}>
        {decisionWords[threat.decision.decision].title}
      </Badge>
    ) : null}
    <Icon name="chevron" size={12} className="threat-arrow" />
  </button>
)
