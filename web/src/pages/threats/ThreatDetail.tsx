// One threat: the way that proves it, the numbers of its rating, what it means, what ends it, what would see it, what was decided.
import { useNames } from '../../client/names.ts'
import { factorText, perYearText } from '../../format/chance.ts'
import { places } from '../../frame/places.ts'
import { Copy } from '../../parts/basics.tsx'
import { Go, Out } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelText } from '../../parts/Level.tsx'
import { Facts } from '../../parts/Panel.tsx'
import { Techniques } from '../../parts/Techniques.tsx'
import { Decide } from './Decide.tsx'
import {
  chainOf,
  likelihoodWords,
  originWords,
  severityWords,
  splitInputs,
  weaknessLink,
  type Link,
  type Threat,
} from './read.ts'

export const ThreatDetail = ({ threat }: { readonly threat: Threat }) => (
  <>
    <Witness threat={threat} />
    <Facts
      items={[
        ['Meaning', threat.meaning],
        ['Consequence', threat.consequence],
        ['Fix', threat.fix],
        ['Seen by', threat.seenBy],
        ['No threat if', threat.falsePositives],
        ['Techniques', threat.attack.length === 0 ? '' : <Techniques key="attack" ids={threat.attack} />],
        ['Weaknesses', threat.cwe.length === 0 ? '' : <Weaknesses key="cwe" ids={threat.cwe} />],
        [
          'Id',
          <span key="id" className="row">
            <code className="wrap">{threat.id}</code>
            <Copy text={threat.id} name="Copy id" />
          </span>,
        ],
      ]}
    />
    <Rating threat={threat} />
    <Decide key={threat.id} threat={threat} />
  </>
)

const Weaknesses = ({ ids }: { readonly ids: readonly string[] }) => (
  <span className="links">
    {ids.map((id) => {
      const link = weaknessLink(id)
      return link ? (
        <Out key={id} href={link}>
          {id}
        </Out>
      ) : (
        <span key={id}>{id}</span>
      )
    })}
  </span>
)

/** The way on which it was found: without one there is no threat. */
function Witness({ threat }: { readonly threat: Threat }) {
  const { estate, nameOf } = useNames()
  const { witness, target } = threat
  const { links, besides } = chainOf(witness, estate?.flows ?? [])
  return (
    <section className="block">
      <h4 title="the way through the model on which this threat was found">How it comes about</h4>
      <p className="wrap">{witness.text}.</p>
      <ol className="chain" aria-label="The way, from where it begins to its target">
        <li className="chain-origin">
          <span className="chain-name">{originWords[witness.origin]}</span>
        </li>
        {links.map((link, at) =>
          at === 0 && link.id === witness.origin ? null : (
            <Hop
              key={`${at} ${link.id}`}
              link={link}
              name={nameOf(link.id)}
              isAsset={estate?.assets.some(({ id }) => id === link.id) ?? false}
              last={at === links.length - 1}
            />
          ),
        )}
      </ol>
      {besides.length > 0 ? <p className="small quiet">It is about {besides.join(', ')}.</p> : null}
      {target.endsWith(links.at(-1)?.id ?? target) || besides.includes(target) ? null : (
        <p className="small quiet">
          Target: <code className="wrap">{target}</code>
        </p>
      )}
    </section>
  )
}

const howWords = { flow: 'over the flow', trust: 'by the trust', login: 'logs in', '': '' } as const
interface HopProps {
  readonly link: Link
  readonly name: string
  readonly isAsset: boolean
  readonly last: boolean
}
const Hop = ({ link, name, isAsset, last }: HopProps) => (
  <li data-target={last || undefined}>
    {link.how === '' ? null : (
      <span className="chain-by">
        {howWords[link.how]} {link.by === '' ? null : <code className="wrap">{link.by}</code>}
      </span>
    )}
    <span className="chain-name">
      {isAsset ? <Go to={places.asset(link.id)}>{name}</Go> : name}
      {last ? <span className="chain-target">target</span> : null}
    </span>
  </li>
)

/** Every number of the rating: factors whose product is how often a year, and what the severity is the worst of. */
function Rating({ threat }: { readonly threat: Threat }) {
  const { factors, product, harms } = splitInputs(threat.inputs)
  return (
    <section className="block">
      <h4 title="likelihood and severity give the level by a fixed table; no other threat has a say">
        Why <LevelText level={threat.level} />
      </h4>
      <table className="rating">
        <caption className="hidden-text">Factors of the likelihood</caption>
        <thead>
          <tr>
            <th scope="col">Likelihood</th>
            <th scope="col" className="row-end">
              Factor
            </th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {factors.map(({ name, value, why }) => (
            <tr key={`${name} ${why}`}>
              <th scope="row">{name}</th>
              <td className="row-end number">× {factorText(value)}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr title={product > 12 ? 'counted as 12 a year at most' : 'the product of the factors above'}>
            <th scope="row">{threat.likelihood}</th>
            <td className="row-end number">= {factorText(threat.perYear)}</td>
            <td>
              {perYearText(threat.perYear)} <span className="faint">({likelihoodWords[threat.likelihood]})</span>
            </td>
          </tr>
        </tfoot>
      </table>
      <table className="rating">
        <caption className="hidden-text">Inputs of the severity</caption>
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Counts</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {harms.map(({ name, value, why }) => (
            <tr key={`${name} ${why}`}>
              <th scope="row">{name}</th>
              <td>{severityWords[value] ?? value}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr title="the worst of the lines above">
            <th scope="row">worst</th>
            <td>{threat.severity}</td>
            <td>
              <Icon name="arrow" size={12} className="inline-icon" /> {threat.likelihood} and {threat.severity} make{' '}
              {threat.level}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
