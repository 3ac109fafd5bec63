// The structured log: JSON lines, secrets taken out.
import { type DestinationStream, pino } from 'pino'

/** Writes one entry: a text, or fields and a text. An error goes under the field `err`. */
export interface LogWrite {
  (text: string): void
  (fields: Readonly<Record<string, unknown>>, text: string): void
}

/** Where a room says what happens. */
export interface Log {
  readonly trace: LogWrite
  readonly debug: LogWrite
  readonly info: LogWrite
  readonly warn: LogWrite
  readonly error: LogWrite
  readonly fatal: LogWrite
  /** A log that adds these fields to every entry. */
  child(fields: Readonly<Record<string, unknown>>): Log
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const secretNames = ['password', 'token', 'secret', 'authorization', 'cookie', 'csrf']
const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** Options of createLog. */
export interface LogOptions {
  readonly level: LogLevel
  /** Where lines go; standard error by default. */
  readonly destination?: { write(line: string): void }
}

/**
 * A log of JSON lines with time (ISO 8601, UTC), level and text. Values under password, token, secret, authorization, cookie and csrf,
 * up to three levels deep, are written as `[redacted]`.
 */
export function createLog(options: LogOptions): Log {
  const destination: DestinationStream = options.destination ?? pino.destination({ dest: 2, sync: true })
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '[redacted]' },
    },
    destination,
  )
}
