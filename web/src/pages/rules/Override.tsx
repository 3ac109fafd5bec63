// What castellan.yaml says of a rule, beside what its file says; or what to write there.
import type { RuleDetail } from '../../client/nouns.ts'
import { levelTitle } from '../../format/words.ts'
import { Copy } from '../../parts/basics.tsx'
import { overrideText } from './read.ts'

export function Override({ rule }: { readonly rule: RuleDetail }) {
  const { override } = rule
  if (!override)
    return rule.origin.from === 'own' ? null : (
      <details className="rule-more">
        <summary>Override it in this workspace</summary>
        <p className="small quiet">
          An update of its file leaves this as it is. Write into <code>castellan.yaml</code>, to switch it off, to give
          it another level or, where it counts, another threshold:
        </p>
        {(['off', 'level'] as const).map((what) => (
          <div key={what} className="command">
            <code className="rule-yaml">{overrideText(rule, what)}</code>
            <Copy text={overrideText(rule, what)} />
          </div>
        ))}
      </details>
    )
  return (
    <section className="block" aria-label="Override">
      <h3 title="set in castellan.yaml; an update of the rule's file leaves it as it is">Override</h3>
      <table className="rule-override small">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">In its file</th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          {override.level === null ? null : (
            <tr>
              <th scope="row">Level</th>
              <td>{levelTitle[override.upstream]}</td>
              <td className="strong">{levelTitle[override.level]}</td>
            </tr>
          )}
          {override.threshold === null ? null : (
            <tr>
              <th scope="row">Threshold</th>
              <td className="number">{override.upstreamThreshold ?? 'none'}</td>
              <td className="number strong">{override.threshold}</td>
            </tr>
          )}
          {override.enabled === null ? null : (
            <tr>
              <th scope="row">At work</th>
              <td>yes</td>
              <td className="strong">{override.enabled ? 'yes' : 'no'}</td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="small wrap">{override.reason === '' ? 'No reason is given.' : override.reason}</p>
    </section>
  )
}
