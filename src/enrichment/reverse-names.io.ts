// Names of addresses, asked of DNS beside the road of events and remembered: an event gets the name that is known by then.
import { Resolver } from 'node:dns/promises'
import type { Clock } from '#kernel'
import { type Enricher, ends } from './enricher.ts'
import { reachOf } from './reach.ts'

export interface ReverseNamesDeps {
  readonly which: 'off' | 'private' | 'all'
  /** Empty for the servers of this machine. */
  readonly servers: readonly string[]
  readonly clock: Clock
}
export interface ReverseNames extends Enricher {
  /** Questions that wait, answers kept, questions left out because too many waited. */
  readonly state: { readonly waiting: number; readonly known: number; readonly dropped: number }
  /** Resolves when no question waits. */
  settled(): Promise<void>
  stop(): void
}

const [mostKnown, mostWaiting, atOnce] = [100_000, 1_000, 8]
const [found, notFound] = [3_600_000, 600_000]
const timeout = 2_000

interface Answer {
  readonly name: string | undefined
  readonly until: number
}

class DnsNames implements ReverseNames {
  readonly name = 'reverse-names'
  readonly gives = [
    { name: 'src.name', does: 'name that DNS gives the source address' },
    { name: 'dst.name', does: 'name that DNS gives the destination address' },
  ]
  private readonly deps: ReverseNamesDeps
  private readonly resolver = new Resolver({ timeout, tries: 2 })
  private readonly answers = new Map<string, Answer>()
  private readonly waiting = new Set<string>()
  private readonly asking = new Set<string>()
  private dropped = 0
  private listeners: (() => void)[] = []

  constructor(deps: ReverseNamesDeps) {
    this.deps = deps
    if (deps.servers.length > 0) this.resolver.setServers(deps.servers)
  }

  add(event: Parameters<Enricher['add']>[0], _asset: string | undefined, facts: Record<string, string>): void {
    if (this.deps.which === 'off') return
    for (const [end, column] of ends) {
      const address = event[column]
      const name = address === undefined ? undefined : this.nameOf(address)
      if (name !== undefined) facts[`${end}.name`] = name
    }
  }

  private nameOf(address: string): string | undefined {
    const known = this.answers.get(address)
    if (known && known.until > this.deps.clock.now()) return known.name
    const reach = reachOf(address)
    if (reach === 'own' || (reach === 'internet' && this.deps.which === 'all')) this.ask(address)
    return known?.name
  }

  private ask(address: string): void {
    if (this.waiting.has(address) || this.asking.has(address)) return
    if (this.waiting.size >= mostWaiting) this.dropped += 1
    else this.waiting.add(address)
    this.next()
  }

  private next(): void {
    for (const address of this.waiting) {
      if (this.asking.size >= atOnce) return
      this.waiting.delete(address)
      this.asking.add(address)
      void this.resolver
        .reverse(address)
        .then(
          ([name]) => this.keep(address, name, name === undefined ? notFound : found),
          () => this.keep(address, undefined, notFound),
        )
        .finally(() => {
          this.asking.delete(address)
          this.next()
          if (this.asking.size === 0) for (const hear of this.listeners.splice(0)) hear()
        })
    }
  }

  private keep(address: string, name: string | undefined, milliseconds: number): void {
    if (this.answers.size >= mostKnown)
      for (const old of [...this.answers.keys()].slice(0, mostKnown / 10)) this.answers.delete(old)
    this.answers.set(address, { name: name?.toLowerCase(), until: this.deps.clock.now() + milliseconds })
  }

  get state() {
    return { waiting: this.waiting.size + this.asking.size, known: this.answers.size, dropped: this.dropped }
  }

  async settled(): Promise<void> {
    while (this.waiting.size + this.asking.size > 0) await new Promise<void>((done) => this.listeners.push(done))
  }

  stop(): void {
    this.waiting.clear()
    this.resolver.cancel()
  }
}

/** Names of addresses by DNS, as an enricher. Questions never hold up an event; beyond 1,000 that wait they are left out and counted. */
export const reverseNames = (deps: ReverseNamesDeps): ReverseNames => new DnsNames(deps)
