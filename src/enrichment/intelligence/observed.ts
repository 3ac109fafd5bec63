// What of an event may be an indicator: addresses, names, URLs, hashes and mail addresses, under the names that sources give them.
import type { FieldValue, ParsedEvent } from '#telemetry'
import { kept } from '../kept.ts'
import { domainValue, urlValue } from './indicator.ts'
import type { Hit, Indicators } from './indicators.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Fields that hold hashes, lower case: of files (Sysmon, ECS, Zeek, EDRs) and of TLS handshakes. */
const hashFields =
  words(`hashes hash md5 sha1 sha256 sha384 sha512 imphash filehash sha256hash md5hash sha1hash file_hash file.hash.md5 file.hash.sha1
  file.hash.sha256 file.hash.sha512 process.hash.md5 process.hash.sha1 process.hash.sha256 process.hash.imphash dll.hash.sha256 hash.md5 hash.sha1 hash.sha256
  fileinfo.md5 fileinfo.sha1 fileinfo.sha256 tls.ja3.hash tls.ja3s.hash ja3 ja3s ja3.hash ja3s.hash hassh tls.client.ja3 tls.server.ja3s sha256hashdata
  threatinfo.md5 threatinfo.sha1 threatinfo.sha256 properties.sha256 fingerprint tls.fingerprint cert_chain_fps`)
const mailFields = words(
  'from to sender recipient mailfrom rcptto mail_from rcpt_to email email.from email.to senderaddress recipientaddress p2sender useremail smtp.mail_from smtp.rcpt_to email.sender',
)
const hexRun = /[0-9A-Fa-f]{32,128}/g
const mailText = /[^\s@<>,;"'()]{1,64}@[A-Za-z0-9.-]{1,253}/g
const longestLooked = 4_096

const textOf = (value: FieldValue | undefined): string =>
  (typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : '').slice(0, longestLooked)

/** Answers for texts met before. */
type Look = (text: string) => readonly Hit[]
const nothing: readonly Hit[] = []

/** Looks at events for the indicators of a table; texts seen before are not worked out again. */
export class Observer {
  private readonly known: Indicators
  private readonly ofAddress: Look
  private readonly ofName: Look
  private readonly ofUrl: Look

  constructor(known: Indicators) {
    this.known = known
    const named: Look = (text) => {
      const name = domainValue(text)
      return name === undefined ? nothing : known.domain(name)
    }
    this.ofAddress = known.has('address') || known.has('network') ? kept((text) => known.address(text)) : () => nothing
    this.ofName = known.has('domain') ? kept(named) : () => nothing
    this.ofUrl = known.has('url') || known.has('domain') ? kept((text) => this.urlHits(text)) : () => nothing
  }

  private urlHits(text: string): readonly Hit[] {
    const value = urlValue(text)
    if (value === undefined) return nothing
    const question = value.indexOf('?')
    const host = (value.split('/')[0] ?? '').replace(/:\d+$/, '')
    return [
      ...this.known.exact('url', value),
      ...(question > 0 ? this.known.exact('url', value.slice(0, question)) : nothing),
      ...this.ofName(host),
    ]
  }

  /** The indicators that an event shows and that still counted when it happened, the narrowest kind first. */
  hits(event: ParsedEvent): readonly Hit[] {
    const { src_ip, dst_ip, domain, dst_host, src_host, url, time } = event
    let hits = this.inFields(event)
    const look = (text: string | undefined, by: Look): void => {
      if (text === undefined) return
      const found = by(text)
      if (found.length > 0) hits = [...hits, ...found]
    }
    if (url !== undefined) look(url.startsWith('/') ? `${domain ?? dst_ip ?? ''}${url}` : url, this.ofUrl)
    for (const name of [domain, dst_host, src_host]) look(name, this.ofName)
    // Where something goes says more than where it comes from: the internet scans everybody.
    for (const address of [dst_ip, src_ip]) look(address, this.ofAddress)
    return hits.length === 0 ? hits : hits.filter(({ until }) => until > time)
  }

  private inFields({ fields }: ParsedEvent): readonly Hit[] {
    const [hashes, mails] = [this.known.has('hash'), this.known.has('email')]
    if (!hashes && !mails) return nothing
    const hits: Hit[] = []
    for (const name in fields) {
      const holds = fieldKind(name)
      if (holds === undefined) continue
      const wanted = holds === 'hash' ? hashes : mails
      if (!wanted) continue
      for (const [found] of textOf(fields[name]).matchAll(holds === 'hash' ? hexRun : mailText))
        hits.push(...this.known.exact(holds, found.toLowerCase()))
    }
    return hits
  }
}

/** What a field of this name may hold. */
const fieldKind = kept((name): 'hash' | 'email' | undefined => {
  const lower = name.toLowerCase()
  return hashFields.has(lower) ? 'hash' : mailFields.has(lower) ? 'email' : undefined
})
