// The worst incidents that wait, each in two lines.
import type { Overview } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { listText, plural } from '../../format/number.ts'
import { incidentStateWords } from '../../format/words.ts'
import { Empty } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelBadge } from '../../parts/Level.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'
import { TacticDots } from '../incidents/Tactics.tsx'

export const OpenIncidents = ({ incidents }: { readonly incidents: Overview['incidents'] }) => (
  <Panel
    className="overview-incidents"
    title={<Go to={places.incidents()}>Incidents</Go>}
    hint="incidents that are not closed, worst first"
    actions={incidents.open > incidents.items.length ? <Go to={places.incidents()}>all {incidents.open}</Go> : null}
  >
    {incidents.items.length === 0 ? (
      <Empty title="No incident waits for anybody" icon="check">
        Alerts that belong together appear here as one incident. To see how that looks, replay the example attack.
      </Empty>
    ) : (
      <ul className="incident-cards">
        {incidents.items.map((incident) => (
          <li key={incident.id}>
            <Go to={places.incident(incident)} className="incident-card">
              <span className="incident-card-top">
                <LevelBadge level={incident.level} />
                <span className="incident-card-title cut" title={incident.title}>
                  <span className="faint number">#{incident.number}</span> {incident.title}
                </span>
              </span>
              <span className="incident-card-more">
                <span>{incidentStateWords[incident.state].title}</span>
                <span className="number">{plural(incident.alerts, 'alert')}</span>
                <span className="cut">{listText(incident.hosts, 3)}</span>
                <TacticDots tactics={incident.tactics} />
                <span className="incident-card-time">
                  <Ago at={incident.last} />
                </span>
              </span>
            </Go>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)
