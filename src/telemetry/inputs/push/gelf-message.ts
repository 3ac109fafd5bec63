// One GELF message (Graylog Extended Log Format 1.1) as a record: the long text where there is one, the rest goes with it.
import { envelopeOf } from '../../envelope.ts'
import { isObject } from '../../parsers/values.ts'
import type { PushRecord } from './protocol.ts'

/** Syslog's levels 0 (emergency) to 7 (debug) as OCSF severity_id. */
const severities = [6, 5, 5, 4, 3, 2, 1, 1] as const

/** What is no GELF is kept as it came. Never throws. */
export function gelfRecord(text: string): PushRecord {
  const said = objectIn(text)
  const { short_message: short, full_message: full, host, timestamp, level, ...rest } = said ?? {}
  const line = typeof full === 'string' && full.trim() !== '' ? full : short
  if (said === undefined || typeof line !== 'string' || line.trim() === '') return { text }
  const seconds = typeof timestamp === 'string' ? Number(timestamp) : timestamp
  return {
    text: line,
    envelope: envelopeOf({
      host: typeof host === 'string' ? host : undefined,
      time: typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined,
      severity: typeof level === 'number' ? severities[level] : undefined,
      format: typeof said['_tag'] === 'string' ? said['_tag'] : undefined,
      fields: {
        ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name.replace(/^_/, ''), value])),
        level,
        timestamp,
        ...(line === short ? {} : { short_message: short }),
      },
    }),
  }
}

function objectIn(text: string) {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
