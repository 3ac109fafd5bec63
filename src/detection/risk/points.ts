// What an alert adds to the risk of its user, host and addresses: level × criticality of the asset × confidence in the rule.
import type { Level } from '#standards'
import type { Alert } from '../types.ts'

export const riskKinds = ['user', 'host', 'address'] as const
export type RiskKind = (typeof riskKinds)[number]

/** One alert's share in the risk of one entity. */
export interface Term {
  readonly kind: RiskKind
  /** In lower case. */
  readonly name: string
  /** As the alert writes it. */
  readonly shown: string
  readonly alert: string
  /** Time of the event; that of raising when the event claims to be from the future. Milliseconds UTC. */
  readonly time: number
  readonly rule: string
  readonly title: string
  readonly level: Level
  readonly base: number
  readonly criticality: number
  readonly confidence: number
  /** The product of the three, to two decimals. */
  readonly points: number
}

export const levelPoints: Readonly<Record<Level, number>> = {
  informational: 1,
  low: 5,
  medium: 15,
  high: 40,
  critical: 80,
}
/** By the criticality of the asset in the model; 1 where the model does not know it. */
export const criticalityFactors: Readonly<Record<Level, number>> = {
  informational: 1,
  low: 0.5,
  medium: 1,
  high: 1.5,
  critical: 2,
}
/** By what the rule's author says of it; findings that no rule file makes count as `test`. */
const confidences = new Map([
  ['stable', 1],
  ['test', 0.9],
  ['experimental', 0.6],
])
const otherConfidence = 0.9
export const confidenceOf = (status: string | undefined): number => confidences.get(status ?? '') ?? otherConfidence

const hundredths = (value: number): number => Math.round(value * 100) / 100

/** A record about addresses alone comes from a sensor or a device on the way: the host that wrote it did nothing. */
const isOfSensor = ({ entities }: Alert): boolean =>
  entities.addresses.length > 0 && entities.user === undefined && entities.processes.length === 0

/** The terms of an alert, one for each entity that it names. */
export function termsOf(alert: Alert, criticality: Level | undefined, confidence: number): Term[] {
  const { rule, entities } = alert
  const base = levelPoints[rule.level]
  const factor = criticality === undefined ? 1 : criticalityFactors[criticality]
  const facts = {
    alert: alert.id,
    time: Math.min(alert.time, alert.raised),
    rule: rule.id,
    title: rule.title,
    level: rule.level,
    base,
    criticality: factor,
    confidence,
    points: hundredths(base * factor * confidence),
  }
  const named: [RiskKind, string | undefined][] = [
    ['user', entities.user],
    ['host', isOfSensor(alert) ? undefined : entities.host],
    ...entities.addresses.map((address): [RiskKind, string] => ['address', address]),
  ]
  return named.flatMap(([kind, shown]) =>
    shown === undefined || shown === '' ? [] : [{ kind, name: shown.toLowerCase(), shown, ...facts }],
  )
}
