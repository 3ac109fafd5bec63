// Who opened a connection, where a record does not say so itself.
import type { Reading } from './reading.ts'

/** Ports from here on are handed out to callers (Linux; IANA's dynamic ports begin at 49152). */
export const firstEphemeral = 32_768
const lastWellKnown = 1_023

/** How much a port looks like one that somebody listens on. */
function rank(port: number, declared: ReadonlySet<number>): number {
  if (declared.has(port)) return 3
  if (port > 0 && port <= lastWellKnown) return 2
  return port > 0 && port < firstEphemeral ? 1 : 0
}

/**
 * The reading with the opener first. Of a record that knows no opener, the port that looks more like a service is the receiver's, and of two
 * alike the lower: a record and that of its answer then give the same flow. A sensor's belief yields only when it says that a caller's port was called
 * from a service's.
 */
export function opened(reading: Reading, declared: ReadonlySet<number>): Reading {
  return turned(reading, declared) ? answerOf(reading) : reading
}

function turned({ opener, fromPort, toPort, to }: Reading, declared: ReadonlySet<number>): boolean {
  if (opener === 'from' || to === undefined) return false
  if (opener === 'to') return true
  const [caller, receiver] = [rank(fromPort, declared), rank(toPort, declared)]
  if (opener === 'likely') return caller >= 2 && receiver === 0 && toPort > 0
  return caller === receiver ? fromPort > 0 && fromPort < toPort : caller > receiver
}

function answerOf(reading: Reading): Reading {
  const { from, to = from, fromPort, toPort, fromHost, toHost } = reading
  return { ...reading, from: to, to: from, fromPort: toPort, toPort: fromPort, fromHost: toHost, toHost: fromHost }
}
