// What raises alerts and is no rule file: risk and threat intelligence, as the list of rules shows them.
import type { LoadedRule } from './load.ts'
import { riskRule } from './risk/risk.ts'
import type { RiskSettings } from './risk/fold.ts'
import type { Standing } from './desk/standing.ts'

/** The rule that alerts of threat intelligence name; each has the level of its feed's confidence. */
export const indicatorRule = {
  id: '7c1d3b52-5a0e-4c7e-9d1f-2f6f0f6c5a11',
  techniques: [],
  tactics: ['command-and-control'],
} as const

export interface OwnRule {
  readonly rule: LoadedRule
  readonly standing: () => Standing
}
interface OwnFacts extends Pick<LoadedRule, 'id' | 'title' | 'level' | 'tactics' | 'file'> {
  readonly service: string
  readonly does: string
}
const ownRule = ({ service, does, ...facts }: OwnFacts): LoadedRule => ({
  ...facts,
  status: 'stable',
  state: 'running',
  why: '',
  techniques: [],
  source: { product: 'castellan', service },
  text: does,
})

const day = 86_400_000

/** What is asked of the house for the standing of each. */
export interface OwnNeeds {
  readonly risk: RiskSettings
  /** Indicators read; absent where nobody reads any. */
  readonly indicators?: (() => number) | undefined
}

/** Alerts that no rule file raises, each as a rule. It cannot be tried, filtered or switched off like one; its settings are elsewhere. */
export function ownRules({ risk: { halfLife, threshold }, indicators }: OwnNeeds): readonly OwnRule[] {
  const risk = ownRule({
    id: riskRule,
    title: 'Entity risk',
    level: 'high',
    tactics: [],
    file: 'built-in/entity-risk',
    service: 'risk',
    does: `Points of alerts add up for each user, host and address, and lose half of their weight in ${halfLife / day} days. An alert when a sum reaches ${threshold}. Settings: risk.halfLifeDays, risk.threshold.`,
  })
  const intelligence = ownRule({
    id: indicatorRule.id,
    title: 'Indicator of compromise',
    level: 'high',
    tactics: indicatorRule.tactics,
    file: 'built-in/threat-intelligence',
    service: 'intelligence',
    does: 'An event names an indicator of threat intelligence: one alert for an indicator at a machine in an hour. The level is the confidence of the feed. Settings: enrichment.intelligence, enrichment.allow.',
  })
  const running = { standing: 'running', why: '' } as const
  return [
    { rule: risk, standing: () => running },
    {
      rule: intelligence,
      standing: () =>
        indicators?.() === 0
          ? {
              standing: 'needs-list',
              why: 'there is no indicator: put files of threat intelligence into intelligence/',
            }
          : running,
    },
  ]
}
