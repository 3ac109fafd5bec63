// One detector: what it does, how far it has learnt, its parameters with what they mean, its findings.
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { bytesText, countText, plural } from '../../format/number.ts'
import { Copy, Skeleton } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelBadge } from '../../parts/Level.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { Techniques } from '../../parts/Techniques.tsx'
import { Time } from '../../parts/Time.tsx'
import { falseText } from '../rules/read.ts'
import { DetectorState, type Watched } from './detector-columns.tsx'

const mostFindings = 8

export function DetectorPanel({ detector, onClose }: { readonly detector: Watched; readonly onClose: () => void }) {
  const { name, title, does, level, techniques, hits, learningUntil } = detector
  return (
    <SidePanel kind="Detector" title={title} onClose={onClose} actions={<Copy text={name} name="Copy its name" />}>
      <div className="rows">
        <LevelBadge level={level} />
        <DetectorState detector={detector} />
      </div>
      <p className="wrap">{does}.</p>
      <Facts
        items={[
          ['Name', <code key="name">{name}</code>],
          ['Techniques', techniques.length === 0 ? '' : <Techniques key="t" ids={techniques} />],
          [
            'Learnt',
            detector.learnDays === 0
              ? 'it needs no days to learn'
              : `${detector.learntDays} of ${plural(detector.learnDays, 'day')} with events`,
          ],
          [
            'Speaks from',
            learningUntil === null ? (
              ''
            ) : (
              <span key="until">
                <Time at={learningUntil} as="table" /> <span className="faint">if every day until then has events</span>
              </span>
            ),
          ],
          ['Findings', hits ? countText(hits.hits) : '0'],
          ['False alarms', hits ? falseText(hits) : ''],
          [
            'Remembers',
            `${plural(detector.groups, 'group')}, ${bytesText(detector.bytes)} of ${bytesText(detector.mostBytes)}`,
          ],
          [
            'Forgotten',
            detector.shed === 0 ? '' : `${plural(detector.shed, 'group')}, for want of memory: raise bytes`,
          ],
        ]}
      />
      <Parameters detector={detector} />
      <Findings rule={detector.rule} />
    </SidePanel>
  )
}

/** Each parameter with its standard and what it means; how to set it. */
const Parameters = ({ detector: { name, parameters } }: { readonly detector: Watched }) => {
  const [first] = parameters
  const example = `anomalies:\n  ${name}: { ${first?.name ?? 'on'}: ${first?.value ?? 1} }\n`
  return (
    <section className="block">
      <h3>Parameters</h3>
      <table className="behind-numbers">
        <thead className="small">
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="row-end">
              Value
            </th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name: parameter, value, standard, does }) => (
            <tr key={parameter}>
              <th scope="row" className="mono">
                {parameter}
              </th>
              <td
                className="number row-end"
                title={value === standard ? 'the standard value' : `standard: ${standard}`}
              >
                <span className={value === standard ? undefined : 'changed'}>{value.toLocaleString('en')}</span>
              </td>
              <td className="quiet small wrap">{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small quiet">
        Set them in <code>castellan.yaml</code>:
      </p>
      <div className="command">
        <code className="rule-yaml">{example}</code>
        <Copy text={example} />
      </div>
    </section>
  )
}

function Findings({ rule }: { readonly rule: string }) {
  const { data } = useRead('alert.list', { rule, limit: mostFindings, suppressed: 'with' })
  return (
    <section className="block">
      <h3>Latest findings</h3>
      {data ? null : <Skeleton lines={3} />}
      {data?.items.length === 0 ? <p className="quiet">None.</p> : null}
      <ul className="lines">
        {data?.items.map((alert) => (
          <li key={alert.id} className="line">
            <Time at={alert.time} />
            <Go
              className="line-name cut"
              to={places.anomalies({ detector: '', alert: alert.id })}
              title={alert.message}
            >
              {alert.message}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}
