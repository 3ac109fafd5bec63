// Values known to be good: an indicator that names one of them is not matched. Plain lists, and MISP's warning lists.
import { RE2JS } from 're2js'
import { z } from 'zod'
import { type Indicator, indicatorValue } from './intelligence/indicator.ts'
import { type Hit, Indicators } from './intelligence/indicators.ts'

/** A warning list (MISP): values and how they are compared. */
const WarningList = z.looseObject({
  name: z.string(),
  type: z.enum(['cidr', 'hostname', 'string', 'substring', 'regex']),
  list: z.array(z.string()),
})

interface Pattern {
  readonly list: string
  holds(value: string): boolean
}

/** All allow-lists together. Filled once, then only asked. */
export class AllowLists {
  /** How many values there are. */
  size = 0
  private readonly known = new Indicators()
  private readonly exact = new Map<string, string>()
  private readonly patterns: Pattern[] = []

  /** A value of a plain list: an address, a network, a name with all below it, a URL, a hash. Answers whether it is one. */
  add(text: string, list: string): boolean {
    const found = indicatorValue(text)
    if (!found) return false
    this.size += 1
    this.known.add(entry(found, list))
    return true
  }

  /** A warning list. Answers the entries that cannot be read. */
  addWarningList(document: unknown): string[] | undefined {
    const read = WarningList.safeParse(document)
    if (!read.success) return undefined
    const { name, type, list } = read.data
    const wrong = list.filter((text) => !this.addOf(type, text, name))
    this.size += list.length - wrong.length
    return wrong
  }

  private addOf(type: z.output<typeof WarningList>['type'], text: string, list: string): boolean {
    if (type === 'substring') {
      const wanted = text.toLowerCase()
      return wanted !== '' && this.patterns.push({ list, holds: (value) => value.includes(wanted) }) > 0
    }
    if (type === 'regex') return this.addPattern(text, list)
    if (type === 'string') {
      const found = indicatorValue(text)
      this.exact.set(found ? found.value : text.toLowerCase(), list)
      return true
    }
    const found = indicatorValue(text, type === 'cidr' ? 'address' : 'domain')
    if (found) this.known.add(entry(found, list))
    return found !== undefined
  }

  private addPattern(text: string, list: string): boolean {
    const [, inner = text, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? []
    try {
      const pattern = RE2JS.compile(inner, flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0)
      return this.patterns.push({ list, holds: (value) => pattern.matcher(value).find() }) > 0
    } catch {
      return false
    }
  }

  /** The list that allows what was hit; undefined when none does. */
  allows({ type, value }: Pick<Hit, 'type' | 'value'>): string | undefined {
    return (
      this.exact.get(value) ?? this.inKnown(type, value) ?? this.patterns.find((pattern) => pattern.holds(value))?.list
    )
  }

  private inKnown(type: Hit['type'], value: string): string | undefined {
    return this.hitsFor(type, value)[0]?.feed
  }

  private hitsFor(type: Hit['type'], value: string): readonly Hit[] {
    if (type === 'address' || type === 'network') return this.known.address(value)
    if (type === 'domain') return this.known.domain(value)
    if (type === 'url') return [...this.known.exact('url', value), ...this.known.domain(hostOf(value))]
    return type === 'email' ? this.known.domain(value.slice(value.indexOf('@') + 1)) : this.known.exact(type, value)
  }
}

const hostOf = (value: string): string => (value.split('/')[0] ?? '').replace(/:\d+$/, '')
const entry = (found: Pick<Indicator, 'type' | 'value'>, list: string): Indicator => ({
  ...found,
  feed: list,
  label: '',
  confidence: 100,
  until: Infinity,
})
