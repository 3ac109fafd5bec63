// Which asset an event is about, from the names and addresses in it.
import { globMatches, isGlob } from './glob.ts'
import { masked, parseAddress, parseNetwork, type Words } from './network.ts'
import type { Asset } from './types.ts'

/** What an event says of the machine that it is about. */
export interface Whereabouts {
  readonly host?: string | undefined
  /** In order of importance. */
  readonly addresses?: readonly string[] | undefined
  readonly user?: string | undefined
}
/** What a locator needs to know of an asset. */
export type Locatable = Pick<Asset, 'id' | 'hosts' | 'addresses'>
export type Locator = (facts: Whereabouts) => string | undefined

/** Answers kept for names and addresses seen before; beyond this many all are forgotten. */
const mostKept = 50_000

/**
 * A locator for one estate: from whereabouts to the id of an asset. The host name decides before addresses, and an earlier address before a later one.
 * A name fits exactly, else without or with its domain (`db01` and `db01.corp.example`) where that is one asset's only, else by a pattern, the one with
 * most letters first; upper and lower case are one. An address fits the smallest network around it. What two assets claim belongs to the first.
 */
export function assetLocator(estate: { readonly assets: readonly Locatable[] }): Locator {
  const byAddress = kept(addressLocator(estate.assets))
  const byHost = kept(hostLocator(estate.assets, byAddress))
  return ({ host, addresses }) => {
    const named = host === undefined ? undefined : byHost(host)
    if (named !== undefined || addresses === undefined) return named
    for (const address of addresses) {
      const found = byAddress(address)
      if (found !== undefined) return found
    }
    return undefined
  }
}

type Find = (text: string) => string | undefined

function kept(find: Find): Find {
  const answers = new Map<string, string | undefined>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined || answers.has(text)) return known
    const found = find(text)
    if (answers.size >= mostKept) answers.clear()
    answers.set(text, found)
    return found
  }
}

const shortName = (name: string): string => {
  const dot = name.indexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}
const longestName = 1_000

function hostLocator(assets: readonly Locatable[], byAddress: Find): Find {
  const names = new Map<string, string>()
  const shorts = new Map<string, string | undefined>()
  const patterns: { pattern: string; id: string; letters: number }[] = []
  for (const { id, hosts } of assets) {
    for (const host of hosts) {
      const name = host.toLowerCase()
      if (isGlob(name)) patterns.push({ pattern: name, id, letters: name.replace(/[*?]/g, '').length })
      else {
        if (!names.has(name)) names.set(name, id)
        const short = shortName(name)
        if (short !== name && !parseAddress(name))
          shorts.set(short, shorts.has(short) && shorts.get(short) !== id ? undefined : id)
      }
    }
  }
  patterns.sort((a, b) => b.letters - a.letters)
  const byPattern = (name: string) => patterns.find(({ pattern }) => globMatches(pattern, name))?.id
  return (host) => {
    if (host.length > longestName) return undefined
    const name = host.toLowerCase().replace(/\.$/, '')
    const exact = names.get(name)
    if (exact !== undefined) return exact
    if (parseAddress(name)) return byAddress(name)
    const short = shortName(name)
    const twin = short === name ? shorts.get(name) : names.get(short)
    return twin ?? byPattern(name) ?? (short === name ? undefined : byPattern(short))
  }
}

function addressLocator(assets: readonly Locatable[]): Find {
  const byPrefix = new Map<string, { words: number; prefix: number; ids: Map<string, string> }>()
  for (const { id, addresses } of assets) {
    for (const text of addresses) {
      const network = parseNetwork(text)
      if (!network) continue
      const { words, prefix } = network
      const level = `${words.length}/${prefix}`
      const table = byPrefix.get(level) ?? { words: words.length, prefix, ids: new Map<string, string>() }
      byPrefix.set(level, table)
      const key = keyOf(words)
      if (!table.ids.has(key)) table.ids.set(key, id)
    }
  }
  const tables = [...byPrefix.values()].sort((a, b) => b.prefix - a.prefix)
  return (text) => {
    const words = parseAddress(text)
    if (!words) return undefined
    for (const table of tables) {
      if (table.words !== words.length) continue
      const found = table.ids.get(keyOf(masked(words, table.prefix)))
      if (found !== undefined) return found
    }
    return undefined
  }
}

const keyOf = (words: Words): string => words.join(':')
