// Severities of syslog (RFC 5424, 6.2.1) as OCSF has them.
import type { OcsfSeverity } from '#standards'

const severities: readonly OcsfSeverity[] = [6, 5, 5, 3, 2, 1, 1, 1]

/** From 0 (emergency) to 7 (debug); undefined for anything else. */
export const severityOf = (level: number | undefined): OcsfSeverity | undefined =>
  level === undefined ? undefined : severities[level]
