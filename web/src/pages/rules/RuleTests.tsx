// What the tests of a rule came to, case by case.
import type { Output } from '../../client/nouns.ts'
import { plural } from '../../format/number.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import type { Asked } from './ask.ts'

export function RuleTests({ asked: { data, error, busy, ask } }: { readonly asked: Asked<Output<'rule.test'>> }) {
  if (!data && !error && !busy) return null
  return (
    <section className="block" aria-busy={busy}>
      <h3>Tests</h3>
      {error ? <TroubleNote trouble={error} again={ask} /> : null}
      {busy && !data ? <Skeleton lines={3} /> : null}
      {data && data.items.length === 0 ? (
        <p className="quiet wrap">
          It has none. Write <code>tests:</code> into the rule, or a file of the same name with <code>.test.yml</code>{' '}
          beside it, with an event that it must find and one that it must leave alone.
        </p>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          <p role="status">
            {plural(data.passed, 'test')} passed, {data.failed} failed
          </p>
          <ul className="rule-tests">
            {data.items.map(({ file, name, passed, why }) => (
              <li key={`${file}${name}`} data-failed={!passed || undefined}>
                <Icon name={passed ? 'check' : 'close'} size={14} />
                <span className="wrap" title={file}>
                  {name}
                  {why === '' ? null : <span className="rule-test-why">{why}</span>}
                </span>
                <span className="hidden-text">{passed ? 'passed' : 'failed'}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
