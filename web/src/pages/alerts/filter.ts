// The filter of the alerts page: as the address holds it, and as the server takes it.
import { isLevel, type Input, type Level } from '../../client/nouns.ts'
import { endsOf, rangeOf, type Range } from '../../format/range.ts'

export const standardRange = '24h'

export interface AlertFilter {
  /** This level and heavier ones. */
  readonly level: Level | undefined
  readonly rule: string
  readonly host: string
  readonly user: string
  readonly incident: string
  readonly q: string
  /** Shows what suppressions and benign filters keep out, too. */
  readonly suppressed: boolean
  readonly range: Range
}

export const filterOf = (params: Readonly<Record<string, string>>): AlertFilter => ({
  level: isLevel(params['level']) ? params['level'] : undefined,
  rule: params['rule'] ?? '',
  host: params['host'] ?? '',
  user: params['user'] ?? '',
  incident: params['incident'] ?? '',
  q: params['q'] ?? '',
  suppressed: params['suppressed'] === 'with',
  range: rangeOf(params, standardRange),
})

/** The filter as input of `alert.list`; empty parts are left out. */
export function inputOf(filter: AlertFilter, now: number): Input<'alert.list'> {
  const { level, range, suppressed, ...texts } = filter
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
  return { ...given, ...endsOf(range, now), ...(level ? { level } : {}), ...(suppressed ? { suppressed: 'with' } : {}) }
}

/** Narrowing parts beside level, text and time, which have fields of their own: shown as chips that can be taken away. */
export const chipsOf = (filter: AlertFilter): { name: 'rule' | 'host' | 'user' | 'incident'; value: string }[] =>
  (['rule', 'host', 'user', 'incident'] as const).flatMap((name) =>
    filter[name] === '' ? [] : [{ name, value: filter[name] }],
  )
