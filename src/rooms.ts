// The whole building in one table. A room may import only rooms listed ABOVE it, and only those it needs.

export interface Room {
  readonly floor: Floor
  readonly name: string
  readonly holds: string
  readonly needs: readonly string[]
  /** Third-party packages this room may import; `zod` is free everywhere. */
  readonly packages: readonly string[]
}
export const floors = ['ground', 'facts', 'analysis', 'action', 'doors'] as const
export type Floor = (typeof floors)[number]

// floor | room | what it holds | rooms it needs | packages it may import
const table = `
ground   | kernel    | ids, results, issues, faults, time, roles; the contracts between rooms        |
ground   | standards | words of the field as typed data: severities, ATT&CK tactics, OCSF classes    |
ground   | platform  | every effect: configuration, stores, jobs, secrets, files, processes, log      | kernel | kysely libsql pg chdb @clickhouse/client pino prom-client croner yaml js-yaml
ground   | testkit   | golden cases and temporary stores; imported by tests only                     | kernel platform | kysely
facts    | ledger    | append-only, hash-linked, signed record of every write and act                | kernel platform
facts    | access    | who may come in: users, roles, sessions, API tokens                           | kernel platform | @node-rs/argon2
facts    | host      | what this machine is: interfaces, listening services, packages, users         | kernel platform
facts    | model     | the estate as code: zones, assets, flows, data, services; draft and check     | kernel standards platform host
facts    | exercise  | telemetry of an invented organisation: normal work, noise, a scripted attack  | kernel
facts    | telemetry | inputs, parsing, normalising, durable spool, event store, search              | kernel standards platform | fzstd aws4fetch kafkajs
facts    | enrichment | beyond the record: asset, country, person, threat intelligence, allow-lists        | kernel platform model telemetry | mmdb-lib re2js
facts    | exchange  | models of other tools in, our model out: one importer and one exporter a format   | kernel platform model
facts    | drawing   | the estate drawn: what a view shows, its layout, SVG                              | kernel platform model | @hpcc-js/wasm-graphviz
analysis | reality   | flows and hosts that telemetry saw, held against those declared                   | kernel standards platform model telemetry
analysis | threats   | what can go wrong: rules with a witness, root causes, ratings, decisions         | kernel standards platform model
analysis | paths     | attack paths: derivation, likeliest paths, blast radius, choke points, what-if    | kernel standards model
analysis | detection | Sigma rules: parse, check, compile, run; alerts                              | kernel standards platform telemetry | re2js
action   | incidents | alerts folded into incidents: relation, timeline, state                       | kernel standards platform detection
doors    | app       | the only room that knows every room: wiring, the road of an event             | kernel standards platform ledger access host model exercise telemetry enrichment exchange drawing reality threats paths detection incidents
doors    | api       | operations as HTTP and OpenAPI, the console, live updates                     | kernel access app | fastify @fastify/static @fastify/cookie @fastify/rate-limit
doors    | cli       | operations as commands                                                       | kernel platform app api
`

const words = (text = ''): string[] => text.split(' ').filter(Boolean)
const isFloor = (text: string): text is Floor => floors.some((floor) => floor === text)

export const rooms: readonly Room[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [floor = '', name = '', holds = '', needs, packages] = line.split('|').map((cell) => cell.trim())
    if (!isFloor(floor)) throw new Error(`rooms.ts: no floor ${floor}`)
    return { floor, name, holds, needs: words(needs), packages: words(packages) }
  })
