// Severity words of the field, from harmless to worst.

/** Sigma rule levels, in order of weight. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type Level = (typeof levels)[number]

/** The heavier of two levels. */
export const heavier = (a: Level, b: Level): Level => (levels.indexOf(a) >= levels.indexOf(b) ? a : b)

/** OCSF `severity_id` values: 0 unknown, 1 informational … 5 critical, 6 fatal. */
export const ocsfSeverity = { unknown: 0, informational: 1, low: 2, medium: 3, high: 4, critical: 5, fatal: 6 } as const
export type OcsfSeverity = (typeof ocsfSeverity)[keyof typeof ocsfSeverity]
