// What follows when an asset or people are lost: what else the attacker then controls, takes and stops.
import type { NameOf } from '../../client/names.ts'
import { useRead } from '../../client/queries.ts'
import { countText, plural, shortText } from '../../format/number.ts'
import { places } from '../../frame/places.ts'
import { Badge, Button, Empty, Skeleton } from '../../parts/basics.tsx'
import { Chance } from '../../parts/Chance.tsx'
import { Go } from '../../parts/Go.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { blastInput, type Blast } from './ask.ts'
import { AskTrouble } from './AskTrouble.tsx'
import type { ViewProps } from './QuestionBar.tsx'
import { assetOf } from './whatif.ts'

export function BlastView({ question, set, estate, profiles, nameOf }: ViewProps) {
  const { asset } = question
  const { data, error, refetch, isPlaceholderData } = useRead('path.blast', blastInput(question), {
    enabled: asset !== '',
    keep: true,
  })
  if (asset === '') {
    const facing = estate?.assets.filter(({ internetFacing }) => internetFacing).map(({ id }) => id) ?? []
    const offered = [...new Set([...facing, ...profiles.jewels.flatMap(({ assets }) => assets)])].slice(0, 8)
    return (
      <Empty title="Choose what is lost" icon="paths">
        Type an asset or people above, or begin with one of these:
        <div className="rows blast-offers">
          {offered.map((id) => (
            <Button key={id} onClick={() => set({ asset: id }, 'step')}>
              {nameOf(id)}
            </Button>
          ))}
        </div>
      </Empty>
    )
  }
  if (error) return <AskTrouble trouble={error} changes={question.changes} again={() => void refetch()} />
  if (!data) return <Skeleton lines={14} />
  return (
    <div className="paths-body" aria-busy={isPlaceholderData} data-old={isPlaceholderData || undefined}>
      <div className="blast">
        <Assets blast={data} nameOf={nameOf} />
        <div className="stack">
          <Records blast={data} nameOf={nameOf} />
          <Services blast={data} nameOf={nameOf} />
        </div>
      </div>
    </div>
  )
}

interface PartProps {
  readonly blast: Blast
  readonly nameOf: NameOf
}

const Assets = ({ blast, nameOf }: PartProps) => (
  <Panel
    title={
      <>
        Assets that follow <span className="faint number">{blast.items.length}</span>
      </>
    }
    hint="what the attacker gets once this is lost, each on the likeliest way"
  >
    {blast.items.length === 0 ? (
      <p className="quiet">Nothing else: the loss of {nameOf(blast.from)} stays there, as far as the model says.</p>
    ) : (
      <ul className="lines">
        {blast.items.map(({ asset, title, how, probability, exact }) => (
          <li key={`${asset} ${how}`} className="line">
            <Go className="fill cut" to={places.asset(assetOf(asset))} title={asset}>
              {nameOf(asset) === asset ? title : nameOf(asset)}
            </Go>
            <span className="small quiet" title="what the attacker then can do there">
              {how}
            </span>
            <span className="blast-chance">
              <Chance of={probability} means="that it is lost too, on the likeliest way" />
              {exact ? null : (
                <Badge tone="warn" title="the search was cut off: a likelier way may exist">
                  at least
                </Badge>
              )}
            </span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)

const Records = ({ blast, nameOf }: PartProps) => (
  <Panel title="Data" hint="data that the attacker then gets outside">
    <p title="records times probability, summed over the data">
      <span className="blast-figure number">{shortText(Math.round(blast.records))}</span>{' '}
      <span className="quiet">records taken, as expected</span>
    </p>
    {blast.data.length === 0 ? (
      <p className="quiet">No data follows.</p>
    ) : (
      <ul className="lines">
        {blast.data.map(({ data, records, probability }) => (
          <li key={data} className="line">
            <span className="fill cut" title={data}>
              {nameOf(data)}
            </span>
            <span className="small quiet number">{plural(records, 'record')}</span>
            <span className="blast-chance">
              <Chance of={probability} means="that it gets outside, on the likeliest way" />
            </span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)

const Services = ({ blast, nameOf }: PartProps) => (
  <Panel title="Services" hint="services that the attacker then can bring to a standstill">
    {blast.services.length === 0 ? (
      <p className="quiet">No service follows.</p>
    ) : (
      <ul className="lines">
        {blast.services.map(({ service, revenuePerHour, probability }) => (
          <li key={service} className="line">
            <span className="fill cut" title={service}>
              {nameOf(service)}
            </span>
            <span
              className="small quiet number"
              title="revenue that is lost while it stands still, in the model's money"
            >
              {countText(revenuePerHour)} an hour
            </span>
            <span className="blast-chance">
              <Chance of={probability} means="that it stands still, on the likeliest way" />
            </span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)
