// Whether the watch itself is well: sources, stores, ledger.
import type { Overview, Source } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { bytesText, countText, plural, shortText } from '../../format/number.ts'
import { Badge, Empty } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Facts, Panel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'
import { SourceState } from '../sources/SourceState.tsx'

const shown = 8
/** What fails first, then what is busiest. */
const byNeed = (a: Source, b: Source): number =>
  Number(b.state === 'failed') - Number(a.state === 'failed') || b.perSecond - a.perSecond || b.events - a.events

export const SourcesHealth = ({ sources }: { readonly sources: readonly Source[] }) => (
  <Panel
    className="overview-sources"
    title={<Go to={places.sources}>Sources</Go>}
    hint="where logs come from: state, rate now, last record"
    actions={sources.length > shown ? <Go to={places.sources}>all {sources.length}</Go> : null}
  >
    {sources.length === 0 ? (
      <Empty title="No source yet" command="castellan up --watch-host" icon="sources">
        Add inputs under <code>sources:</code> in castellan.yaml, or let Castellan watch the machine it runs on.
      </Empty>
    ) : (
      <ul className="lines">
        {[...sources]
          .sort(byNeed)
          .slice(0, shown)
          .map((source) => (
            <li key={source.name} className="line" title={source.detail}>
              <SourceState state={source.state} />
              <span className="line-name cut">{source.name}</span>
              <span className="faint line-kind">{source.kind}</span>
              <span className="number line-number" title={`${countText(source.events)} records accepted since start`}>
                {shortText(Math.round(source.perSecond * 10) / 10)}/s
              </span>
              <span className="line-time">
                <Ago at={source.lastSeen} />
              </span>
            </li>
          ))}
      </ul>
    )}
  </Panel>
)

export const Stores = ({ overview }: { readonly overview: Overview }) => {
  const { stores, ledger } = overview
  return (
    <Panel
      className="overview-stores"
      title="Stores and ledger"
      hint="where everything is kept, and whether the record of changes verifies"
    >
      <ul className="lines">
        {stores.map((store) => (
          <li key={store.name} className="line" title={store.detail}>
            <Badge tone={store.ok ? 'good' : 'bad'}>
              <Icon name={store.ok ? 'check' : 'close'} size={12} /> {store.ok ? 'Well' : 'Down'}
            </Badge>
            <span className="line-name cut">{store.name}</span>
            <span className="faint line-kind">{store.engine}</span>
            <span className="number line-number">{store.bytes === undefined ? '' : bytesText(store.bytes)}</span>
          </li>
        ))}
        <li className="line">
          <Badge tone={ledger.ok ? 'good' : 'bad'}>
            <Icon name={ledger.ok ? 'check' : 'close'} size={12} /> {ledger.ok ? 'Verified' : 'Broken'}
          </Badge>
          <span className="line-name cut">
            <Go to={places.ledger()}>ledger</Go>
          </span>
          <span className="faint line-kind">{plural(ledger.entries, 'entry', 'entries')}</span>
          <span className="line-time">
            <Ago at={ledger.checkedAt} />
          </span>
        </li>
      </ul>
      <Facts
        items={[
          [
            'Model',
            <Go
              key="model"
              to={places.estate()}
            >{`${plural(overview.model.data, 'data class', 'data classes')}, ${plural(overview.model.services, 'service')}`}</Go>,
          ],
        ]}
      />
    </Panel>
  )
}
