// One path: what it reaches and how likely, and its steps with what each needs, who would see it, and what would stop it.
import type { NameOf } from '../../client/names.ts'
import type { Estate } from '../../client/nouns.ts'
import { chanceText, factorText, percentText } from '../../format/chance.ts'
import { plural } from '../../format/number.ts'
import { tacticTitle } from '../../format/words.ts'
import { places } from '../../frame/places.ts'
import { Badge } from '../../parts/basics.tsx'
import { Chance } from '../../parts/Chance.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Techniques } from '../../parts/Techniques.tsx'
import { assetsOn, goalText, goesOn, type Path, type PathStep } from './ask.ts'
import { assetOf } from './whatif.ts'
import { StepSwitches, type Switches } from './WhatIf.tsx'

interface PathCardProps {
  readonly path: Path
  readonly rank: number
  /** Whether it is open at first. */
  readonly open: boolean
  readonly switches: Switches
  readonly estate: Estate | undefined
  readonly nameOf: NameOf
}

export const PathCard = ({ path, rank, open, switches, estate, nameOf }: PathCardProps) => (
  <details className="path" open={open}>
    <summary className="path-head" title={path.summary}>
      <Icon name="chevron" size={12} className="path-arrow" />
      <span className="path-rank faint number">{rank}</span>
      <span className="path-chance">
        <Chance of={path.probability} means="that all steps succeed: the product of their probabilities" />
      </span>
      <span className="path-name">
        <span className="strong">{goalText(path.goal, nameOf)}</span>
        <span className="quiet path-way">{assetsOn(path).map(nameOf).join(' → ')}</span>
      </span>
      {path.likewise > 0 ? (
        <Badge title="further paths of the same shape over assets just like these, as far as they were looked at">
          {path.likewise} alike
        </Badge>
      ) : null}
      <Detected detected={path.detected} what="path" />
    </summary>
    <p className="path-start">
      <span className="faint">Start</span> The attacker {path.start}.
    </p>
    <ol className="path-steps" aria-label="Steps">
      {path.steps.map((step, at) => (
        <Step key={`${at} ${step.rule}`} step={step} at={at} switches={switches} estate={estate} nameOf={nameOf} />
      ))}
    </ol>
  </details>
)

const Detected = ({ detected, what }: { readonly detected: boolean; readonly what: 'path' | 'step' }) =>
  detected ? (
    <Badge tone="good" title={`a tested detection covers ${what === 'path' ? 'one of its steps' : 'it'}`}>
      <Icon name="check" size={12} /> detected
    </Badge>
  ) : what === 'path' ? (
    <Badge tone="warn" title="no tested detection covers any of its steps">
      undetected
    </Badge>
  ) : null

interface StepProps {
  readonly step: PathStep
  readonly at: number
  readonly switches: Switches
  readonly estate: Estate | undefined
  readonly nameOf: NameOf
}
const Step = ({ step, at, switches, estate, nameOf }: StepProps) => (
  <li className="path-step">
    <span className="path-number number" aria-hidden="true">
      {at + 1}
    </span>
    <div className="path-what">
      <p className="strong wrap">{step.text}</p>
      <p className="small quiet wrap">
        {step.gives}
        {goesOn(step.after, at) || step.after.length === 0 ? null : (
          <span className="faint">
            {' '}
            · builds on {plural(step.after.length, 'step')} {step.after.map((n) => n + 1).join(', ')}
          </span>
        )}
      </p>
      <div className="path-facts small">
        <Go to={places.asset(assetOf(step.asset))} title="Show the asset in the estate">
          {nameOf(step.asset)}
        </Go>
        {step.technique === '' ? null : <Techniques ids={[step.technique]} />}
        <span className="faint" title="ATT&CK tactic">
          {tacticTitle(step.tactic)}
        </span>
        <SeenBy step={step} />
        <Detected detected={step.detected} what="step" />
      </div>
      {step.over.length > 0 ? (
        <p className="small quiet wrap">
          over{' '}
          {step.over.map((flow, index) => (
            <span key={flow}>
              {index > 0 ? ', ' : ''}
              <code>{flow}</code>
            </span>
          ))}
        </p>
      ) : null}
    </div>
    <Factors step={step} />
    <StepSwitches step={step} {...switches} estate={estate} />
  </li>
)

/** Log sources that would show it, and whether the asset writes one. */
const SeenBy = ({ step }: { readonly step: PathStep }) =>
  step.seenBy.length === 0 ? (
    <span className="faint">no log would show it</span>
  ) : (
    <span
      className={step.logged ? 'quiet' : 'warn-text'}
      title={
        step.logged
          ? `the asset writes one of: ${step.seenBy.join(', ')}`
          : `the model does not say that the asset writes any of: ${step.seenBy.join(', ')}`
      }
    >
      {step.logged ? 'seen by' : 'would be seen by'} {step.seenBy.slice(0, 3).join(', ')}
      {step.seenBy.length > 3 ? ` +${step.seenBy.length - 3}` : ''}
      {step.logged ? '' : ' (not logged)'}
    </span>
  )

/** The step's probability; its factors on demand. */
const Factors = ({ step }: { readonly step: PathStep }) => (
  <details className="factors">
    <summary
      className="number"
      title={`${percentText(step.probability)}: that it succeeds, once everything before has; click for its factors`}
    >
      {chanceText(step.probability)} <span className="faint small">{percentText(step.probability)}</span>
    </summary>
    <table className="factor-table small">
      <caption className="hidden-text">Factors of the probability</caption>
      <tbody>
        {step.because.map(({ text, factor }, at) => (
          <tr key={`${at} ${text}`}>
            <td className="number row-end">× {factorText(factor)}</td>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
)
