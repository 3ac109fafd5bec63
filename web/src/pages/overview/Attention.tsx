// What somebody should see to: each line says what, why, and leads there.
import type { Overview } from '../../client/nouns.ts'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelMark } from '../../parts/Level.tsx'
import { Panel } from '../../parts/Panel.tsx'

export const Attention = ({ items }: { readonly items: Overview['attention'] }) => (
  <Panel
    className="overview-attention"
    title="Needs you"
    hint="sources, rules, the model, the stores and the ledger: what is not as it should be"
  >
    {items.length === 0 ? (
      <p className="all-well">
        <Icon name="check" /> Sources, rules, model, stores and ledger are as they should be.
      </p>
    ) : (
      <ul className="attention">
        {items.map(({ level, title, detail, to }) => (
          <li key={`${title}${to}`}>
            <Go to={to} className="attention-item">
              <LevelMark level={level} size={14} />
              <span className="fill">
                <span className="attention-title">{title}</span>
                <span className="attention-detail">{detail}</span>
              </span>
              <Icon name="chevron" size={14} />
            </Go>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)
