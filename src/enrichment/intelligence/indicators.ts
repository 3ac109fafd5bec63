// All indicators at hand, for looking up: one set of values a type, networks by the length of their prefix.
import { masked, networkKey, parseAddress, parseNetwork } from '#model'
import type { About, Indicator, IndicatorType } from './indicator.ts'
import { Values } from './values.ts'

/** An indicator that was found. */
export interface Hit extends About {
  readonly type: IndicatorType
  /** What it matched, as written for people. */
  readonly value: string
  readonly until: number
}

const nothing: readonly Hit[] = []

/** Numbers that grow with what is added. */
class Column {
  private numbers = new Float64Array(1_024)
  get(at: number): number {
    return this.numbers[at] ?? 0
  }
  set(at: number, value: number): void {
    if (at >= this.numbers.length) {
      const wider = new Float64Array(this.numbers.length * 2)
      wider.set(this.numbers)
      this.numbers = wider
    }
    this.numbers[at] = value
  }
}

/** The indicators of one type. Of two with the same value the surer counts, then the one that lasts longer. */
class Kind {
  readonly values = new Values()
  private readonly untils = new Column()
  private readonly abouts = new Column()
  private readonly all: About[]
  constructor(all: About[]) {
    this.all = all
  }

  add(value: string, until: number, about: number): void {
    const size = this.values.size
    const at = this.values.add(value)
    if (at < size && !this.isBetter(at, until, about)) return
    this.untils.set(at, until)
    this.abouts.set(at, about)
  }

  private isBetter(at: number, until: number, about: number): boolean {
    const [old, now] = [this.all[this.abouts.get(at)]?.confidence ?? 0, this.all[about]?.confidence ?? 0]
    return now > old || (now === old && until > this.untils.get(at))
  }

  find(value: string): { readonly about: About; readonly until: number } | undefined {
    const at = this.values.find(value)
    if (at < 0) return undefined
    const about = this.all[this.abouts.get(at)]
    return about && { about, until: this.untils.get(at) }
  }
}

/** A table of indicators: filled once, then only asked. */
export class Indicators {
  private readonly abouts: About[] = []
  private readonly aboutNumbers = new Map<string, number>()
  private readonly kinds: Readonly<Record<IndicatorType, Kind>>
  /** Lengths of prefixes that some network has, the longest first: of IPv4, of IPv6. */
  private readonly prefixes: readonly [number[], number[]] = [[], []]

  constructor() {
    const kind = () => new Kind(this.abouts)
    this.kinds = { address: kind(), network: kind(), domain: kind(), url: kind(), hash: kind(), email: kind() }
  }

  get size(): number {
    return Object.values(this.kinds).reduce((sum, { values }) => sum + values.size, 0)
  }

  /** Whether there is any of this type. */
  has(type: IndicatorType): boolean {
    return this.kinds[type].values.size > 0
  }

  add({ type, value, until, feed, label, confidence }: Indicator): void {
    const about = this.aboutNumber({ feed, label, confidence })
    if (type !== 'network') return this.kinds[type].add(value, until, about)
    const network = parseNetwork(value)
    if (!network) return
    const lengths = this.prefixes[network.words.length === 1 ? 0 : 1]
    if (!lengths.includes(network.prefix)) lengths.push(network.prefix)
    lengths.sort((a, b) => b - a)
    this.kinds.network.add(networkKey(network), until, about)
  }

  private aboutNumber(about: About): number {
    const key = `${about.confidence} ${about.feed} ${about.label}`
    const known = this.aboutNumbers.get(key)
    if (known !== undefined) return known
    this.aboutNumbers.set(key, this.abouts.length)
    return this.abouts.push(about) - 1
  }

  private hit(type: IndicatorType, key: string, value: string): readonly Hit[] {
    const found = this.kinds[type].find(key)
    return found ? [{ ...found.about, type, value, until: found.until }] : nothing
  }

  /** The indicators of an address: its own, then the networks around it, the smallest first. */
  address(text: string): readonly Hit[] {
    const words = parseAddress(text)
    if (!words) return nothing
    const around = this.prefixes[words.length === 1 ? 0 : 1].flatMap((prefix) =>
      this.hit('network', networkKey({ words: masked(words, prefix), prefix }), text),
    )
    return [...this.hit('address', words.join(':'), text), ...around]
  }

  /** The indicators of a name: its own, then those of the domains it lies in. `evil.example` is met in `a.evil.example`. */
  domain(name: string): readonly Hit[] {
    const hits: Hit[] = []
    for (let at = 0; name.includes('.', at); at = name.indexOf('.', at) + 1) {
      const rest = name.slice(at)
      hits.push(...this.hit('domain', rest, rest))
    }
    return hits
  }

  /** The indicator of a URL, a hash or an e-mail address, given in its form for comparing. */
  exact(type: 'url' | 'hash' | 'email', value: string): readonly Hit[] {
    return this.hit(type, value, value)
  }
}
