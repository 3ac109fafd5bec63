// When an indicator is worth an alert, and how loud.
import type { Event } from '#telemetry'

/** An indicator met in an event. */
export interface IndicatorFinding {
  /** One alert for the same indicator at the same place within an hour. */
  readonly key: string
  readonly level: 'low' | 'medium' | 'high'
  readonly title: string
  readonly field: string
  readonly value: string
}

const hour = 3_600_000
const levels = ['low', 'medium', 'high'] as const

/** Sure (80 and more) is high, half sure medium, else low. An address of the internet that only knocked is one step less: the internet scans everybody. */
function levelOf(confidence: number, knocked: boolean): IndicatorFinding['level'] {
  const step = (confidence >= 80 ? 2 : confidence >= 40 ? 1 : 0) - (knocked ? 1 : 0)
  return levels[Math.max(0, step)] ?? 'low'
}

/** The finding of an enriched event; undefined when intelligence knows nothing of it. */
export function indicatorFinding(event: Event): IndicatorFinding | undefined {
  const value = event.enriched?.['intel.indicator']
  if (value === undefined) return undefined
  const {
    'intel.feed': feed = '',
    'intel.label': label,
    'intel.type': type = '',
    'intel.confidence': confidence = '0',
  } = event.enriched ?? {}
  const isAddress = type === 'address' || type === 'network'
  const knocked = isAddress && event.src_ip === value && event.dst_ip !== value
  return {
    key: `${value}|${event.asset ?? event.host ?? ''}|${Math.floor(event.time / hour)}`,
    level: levelOf(Number(confidence), knocked),
    title: `Indicator of compromise: ${label ?? type} (${feed})`,
    field: isAddress ? (knocked ? 'src_ip' : 'dst_ip') : type,
    value,
  }
}
