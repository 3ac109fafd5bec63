// Facts and changes of a host as records for telemetry: one JSON object each, which the parser `host-change` reads.
import { loopbackOnly } from './sockets.ts'
import type { HostChange, HostFacts } from './types.ts'

/**
 * One text of JSON (a line of NDJSON, without its end) for a reading, or for each change. Every object has `castellan: "host-change"`, `kind`,
 * `time` (milliseconds since 1970, UTC), `host` and `text`; the other keys depend on the kind.
 */
export function hostEvents(given: HostFacts | readonly HostChange[]): string[] {
  return 'system' in given
    ? [record(snapshot(given))]
    : given.map(({ facts, ...change }) => record({ ...facts, ...change }))
}

const record = (fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ castellan: 'host-change', ...fields })

function snapshot(facts: HostFacts): Readonly<Record<string, unknown>> {
  const exposed = facts.listening.filter(({ addresses }) => !loopbackOnly(addresses))
  const admins = facts.users.filter(({ admin }) => admin).map(({ name }) => name)
  return {
    kind: 'snapshot',
    time: facts.at,
    host: facts.name,
    text: `${facts.system.title}: ${facts.listening.length} listening ports, ${facts.packages.count} packages, ${facts.users.length} accounts`,
    system: facts.system.title,
    kernel: facts.system.kernel,
    addresses: facts.interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
    ports: facts.listening.length,
    exposed: [...new Set(exposed.map(({ transport, port }) => `${transport}/${port}`))],
    packages: facts.packages.count,
    accounts: facts.users.length,
    admins,
    unknown: facts.unknown.map(({ what }) => what),
  }
}
