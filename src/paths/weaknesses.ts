// What typical weaknesses (CWE) are worth to an attacker who can talk to, or already runs on, what has them.

/** code: run commands. user: get in as somebody. data: read what it holds. queries: read the databases behind it. forward: send requests from it. stop: make it stand still. */
export type Effect = 'code' | 'user' | 'data' | 'queries' | 'forward' | 'stop'

/**
 * Effect → CWE number → chance that a skilled attacker finds and uses it within a campaign, when it is only typical of such software.
 * A flaw that was really found (`Flaw`) brings its own chance. The orders of magnitude are set by hand; docs/guide/paths.md says how to argue with them.
 */
const table: Record<Effect, Record<string, number>> = {
  code: {
    78: 0.2, 77: 0.2, 94: 0.2, 95: 0.2, 502: 0.15, 434: 0.15, 917: 0.15, 1336: 0.15, 98: 0.12, 1395: 0.1,
    119: 0.08, 120: 0.08, 121: 0.08, 122: 0.08, 416: 0.08, 787: 0.08, 190: 0.05, 1104: 0.08, 1321: 0.08, 22: 0.04, 20: 0.05,
  },
  user: {
    306: 0.3, 1392: 0.3, 798: 0.15, 287: 0.12, 288: 0.12, 1188: 0.12, 347: 0.1, 79: 0.08, 290: 0.08, 307: 0.08, 521: 0.08,
    640: 0.08, 352: 0.06, 384: 0.06, 345: 0.05, 613: 0.05, 295: 0.04, 444: 0.03,
  },
  data: { 284: 0.12, 285: 0.12, 639: 0.12, 862: 0.12, 863: 0.12, 200: 0.1, 552: 0.1, 22: 0.08, 538: 0.08, 611: 0.08, 732: 0.08 },
  queries: { 89: 0.1, 943: 0.1, 564: 0.1, 90: 0.05 },
  forward: { 918: 0.12 },
  stop: { 400: 0.15, 406: 0.15, 770: 0.15, 1333: 0.1 },
} // prettier-ignore

/** Weaknesses that make it easier to become administrator from an ordinary account. */
export const easesPrivileges = new Set(['CWE-269', 'CWE-250', 'CWE-266', 'CWE-276', 'CWE-426', 'CWE-427', 'CWE-732'])
/** Weaknesses that leave credentials lying about. */
export const leavesCredentials = new Set(['CWE-522', 'CWE-256', 'CWE-312', 'CWE-532', 'CWE-798', 'CWE-922'])

/** Chance of this effect by this weakness; 0 when it has no such effect. */
export const effectOf = (effect: Effect, weakness: string): number => effects[effect].get(weakness) ?? 0

const named = (effect: Effect) => new Map(Object.entries(table[effect]).map(([cwe, chance]) => [`CWE-${cwe}`, chance]))
const effects: Record<Effect, ReadonlyMap<string, number>> = {
  code: named('code'),
  user: named('user'),
  data: named('data'),
  queries: named('queries'),
  forward: named('forward'),
  stop: named('stop'),
}
