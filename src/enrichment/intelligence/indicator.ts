// An indicator of compromise: a value that should not be seen, where it comes from, and how long it counts.
import { parseAddress, parseNetwork } from '#model'

export const indicatorTypes = ['address', 'network', 'domain', 'url', 'hash', 'email'] as const
export type IndicatorType = (typeof indicatorTypes)[number]

/** What a feed says of indicators, shared by many of them. */
export interface About {
  readonly feed: string
  /** Name of the malware, the campaign or the list; may be empty. */
  readonly label: string
  /** 0 to 100; how sure the feed is. */
  readonly confidence: number
}

export interface Indicator extends About {
  readonly type: IndicatorType
  /** In the form in which it is compared; see `indicatorValue`. */
  readonly value: string
  /** Not matched in events from this time on, milliseconds UTC; Infinity where it has no end. */
  readonly until: number
}

/** `hxxps://evil[.]example` is written so that nobody clicks on it. */
const armed = (text: string): string =>
  text
    .replace(/^hxxp/i, 'http')
    .replace(/^meow:/i, 'http:')
    .replace(/\[(\.|:|:\/\/|@)\]/g, '$1')
    .replace(/\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, '.')
    .replace(/\[at\]|\(at\)/gi, '@')

const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/
const plainDomain = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,126}[a-z][a-z0-9-]{1,62}$/
const domain =
  /^(?=.{1,253}$)(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.){1,126}[\p{L}][\p{L}\p{N}-]{1,62}$/u
const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i
const email = /^[^\s@<>]{1,128}@[^\s@<>]{1,253}$/

const longest = 2_048

/** A host name as it is compared: lower case, Punycode, without the dot at its end. Undefined when it is none. */
export function domainValue(text: string): string | undefined {
  const name = text
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\*?\./, '')
  if (plainDomain.test(name)) return name
  if (!domain.test(name)) return undefined
  const turned = URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : undefined
  return turned !== undefined && turned !== '' ? turned : undefined
}

/** A URL as it is compared: host, port, path and query; the scheme and what stands behind # do not count. */
export function urlValue(text: string): string | undefined {
  const whole = scheme.test(text) ? text : `http://${text}`
  if (!URL.canParse(whole)) return undefined
  const { host, pathname, search } = new URL(whole)
  return host === '' ? undefined : `${host.toLowerCase()}${pathname}${search}`
}

const addressValue = (text: string): string | undefined => {
  const words = parseAddress(text)
  return words && words.join(':')
}

type Read = (text: string) => string | undefined
const readers: Readonly<Record<IndicatorType, Read>> = {
  address: addressValue,
  network: (text) => (text.includes('/') && parseNetwork(text) ? text : undefined),
  domain: domainValue,
  url: (text) => (scheme.test(text) || text.includes('/') ? urlValue(text) : undefined),
  hash: (text) => (hash.test(text.toLowerCase()) ? text.toLowerCase() : undefined),
  email: (text) => (email.test(text) ? text.toLowerCase() : undefined),
}
/** In the order of asking: the narrower first. */
const guessed: readonly IndicatorType[] = ['hash', 'address', 'network', 'email', 'domain', 'url']

/** A value in the form in which it is compared, with its type found out where none is given. Undefined when it is nothing that can be matched. */
export function indicatorValue(
  text: string,
  type?: IndicatorType,
): { readonly type: IndicatorType; readonly value: string } | undefined {
  const plain = armed(text.trim())
  if (plain === '' || plain.length > longest) return undefined
  for (const one of type === undefined ? guessed : type === 'address' ? (['address', 'network'] as const) : [type]) {
    const value = readers[one](plain)
    if (value !== undefined) return { type: one, value }
  }
  return undefined
}
