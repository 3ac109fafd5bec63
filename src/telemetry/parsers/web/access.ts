// Web servers' access logs: common, combined, with virtual host, forwarded addresses or what else stands behind; Apache's ssl_request.
import type { ParsedEvent } from '../../types.ts'
import type { Entities, OpenFields, TextParser } from '../parser.ts'
import { commonLogTime } from '../times.ts'
import { accountOf, addressOf, hostOf, portOf } from '../values.ts'
import { hostIn, requestEvent, requestFields, requestOcsf, set, setNumber, webSource } from './request.ts'

const name = 'web'

/** What an access line says; undefined when the text is none. */
export interface Access {
  readonly time: number | undefined
  readonly who: Entities
  readonly fields: OpenFields
  readonly method: string | undefined
  readonly target: string | undefined
  readonly status: number | undefined
}

const longestHead = 2048
const mostWords = 40
const stamp = /^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}/

export interface Word {
  readonly text: string
  readonly quoted: boolean
}

/** Words and quoted texts of a line, in turn. A backslash keeps a quote from ending its text. */
export function wordsOf(text: string, from: number): Word[] {
  const words: Word[] = []
  const word = / *(?:"((?:[^"\\]|\\.)*)"|([^ "]\S*))/sy
  word.lastIndex = from
  for (let found = word.exec(text); found && words.length < mostWords; found = word.exec(text))
    words.push(found[1] === undefined ? { text: found[2] ?? '', quoted: false } : { text: found[1], quoted: true })
  return words
}

const privateAddress = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i

/** The client in front of the time: a virtual host before it, forwarded addresses among it. The first public address counts, as that is who asked. */
function clientFields(head: string, fields: OpenFields): Entities | undefined {
  const words = head.split(' ').filter((word) => word !== '')
  const user = words.pop()
  if (words.length === 0) return undefined
  if (words.length > 1) words.pop() // the ident, which nobody fills in
  const [first = ''] = words
  const virtual = words.length > 1 && !first.endsWith(',') ? hostAndPort(words.shift() ?? '') : undefined
  const clients = words.map((word) => word.replace(/[",]/g, ''))
  set(fields, 's-computername', virtual?.host)
  setNumber(fields, 's-port', virtual?.port)
  set(fields, 'cs-username', user)
  const domain = hostOf(virtual?.host)
  const dst_ip = addressOf(domain)
  return {
    ...clientOf(clients, fields),
    user: accountOf(user),
    dst_port: portOf(virtual?.port),
    domain: dst_ip === undefined ? domain : undefined,
    dst_ip,
  }
}

function hostAndPort(text: string): { readonly host: string | undefined; readonly port: string | undefined } {
  const [, host, port] = /^(.{1,255}?)(?::(\d{1,5}))?$/.exec(text) ?? []
  return { host, port }
}

function clientOf(clients: readonly string[], fields: OpenFields): Entities {
  const addresses = clients.map(addressOf).filter((one) => one !== undefined)
  const src_ip = addresses.find((one) => !privateAddress.test(one)) ?? addresses[0]
  set(fields, 'c-ip', src_ip ?? clients[0])
  if (clients.length > 1) fields['x-forwarded-for'] = [...clients]
  return { src_ip, src_host: src_ip === undefined && clients[0] !== 'unix:' ? hostOf(clients[0]) : undefined }
}

const traefik = ['request_count', 'router', 'service_url', 'duration']
/** What stands behind status and size: referer, agent, forwarded addresses; Traefik's router; times. */
function restFields(words: readonly Word[], fields: OpenFields): void {
  const [referer, agent] = words
  const quoted = referer?.quoted !== true ? 0 : agent?.quoted === true ? 2 : 1
  if (quoted > 0) set(fields, 'cs-referer', referer?.text)
  if (quoted > 1) set(fields, 'cs-user-agent', agent?.text)
  const rest = words.slice(quoted)
  if (rest.length === 4 && /^\d{1,9}ms$/.test(rest[3]?.text ?? ''))
    for (const [at, key] of traefik.entries()) set(fields, key, rest[at]?.text)
  else extraFields(rest, fields)
}

/** Forwarded addresses and the time taken are known by their form; the rest is kept in its order. */
function extraFields(words: readonly Word[], fields: OpenFields): void {
  const extra: string[] = []
  for (const word of words) {
    const name = extraName(word)
    if (name !== undefined && fields[name] === undefined)
      fields[name] = name === 'request_time' ? Number(word.text) : word.text
    else if (word.text !== '' && word.text !== '-') extra.push(word.text)
  }
  if (extra.length > 0) fields['extra'] = extra
}
function extraName({ text, quoted }: Word): string | undefined {
  if (quoted) return addressOf(text.split(',')[0]?.trim()) === undefined ? undefined : 'x-forwarded-for'
  return /^\d{1,6}\.\d{3}$/.test(text) ? 'request_time' : undefined
}

/** Where the bracket with the time begins, looked for where it can be. */
function timeAt(text: string): { readonly at: number; readonly when: string } | undefined {
  for (let at = text.indexOf('['); at >= 0 && at < longestHead; at = text.indexOf('[', at + 1)) {
    const when = text.slice(at + 1, at + 41)
    if (stamp.test(when)) return { at, when: when.slice(0, when.indexOf(']')) }
  }
  return undefined
}

/** `[time] client TLSv1.2 CIPHER "request" bytes`: Apache's ssl_request_log. */
function sslRequest(words: readonly Word[], when: string): Access | undefined {
  const [client, protocol, cipher, asked, bytes] = words
  if (!asked?.quoted || !protocol || !cipher || !client) return undefined
  const src_ip = addressOf(client.text)
  const fields: OpenFields = { 'c-ip': src_ip ?? client.text }
  set(fields, 'ssl-protocol', protocol.text)
  set(fields, 'ssl-cipher', cipher.text)
  const { method, target } = requestFields(fields, asked.text)
  setNumber(fields, 'sc-bytes', bytes?.text)
  return { time: commonLogTime(when), who: { src_ip, url: target }, fields, method, target, status: undefined }
}

/** Reads a line in common or combined format, with or without the virtual host in front. */
export function accessLine(text: string): Access | undefined {
  const found = timeAt(text)
  if (!found) return undefined
  const { at, when } = found
  const words = wordsOf(text.slice(0, 65_536), at + when.length + 2)
  if (at === 0) return sslRequest(words, when)
  const fields: OpenFields = {}
  const who = clientFields(text.slice(0, at).trimEnd(), fields)
  const [asked, code, bytes, ...rest] = words
  if (!who || !asked?.quoted || !code || !/^(?:\d{3}|-)$/.test(code.text)) return undefined
  const { method, target } = requestFields(fields, asked.text)
  setNumber(fields, 'sc-status', code.text)
  setNumber(fields, 'sc-bytes', bytes?.text)
  restFields(rest, fields)
  const status = code.text === '-' ? undefined : Number(code.text)
  const domain = who.domain ?? hostIn(target)
  return { time: commonLogTime(when), who: { ...who, domain, url: target }, fields, method, target, status }
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const access = accessLine(text)
  return access && requestEvent({ parser: name, received, logsource: webSource(), ...access })
}

export const web: TextParser = {
  name,
  reads: 'text',
  does: "reads access logs of Apache, nginx, Traefik and whoever writes like them into Sigma's W3C names (cs-method, cs-uri-stem, cs-uri-query, c-ip, sc-status …)",
  recognises:
    '`address - user [02/Mar/2026:14:01:02 +0000] "GET / HTTP/1.1" 200 512`, with or without virtual host, referer, agent and more; `[time] address TLSv1.3 cipher "GET /"`',
  recognise: (text) => text.includes('[') && text.includes('] ') && text.includes('"'),
  parse,
  ocsf: requestOcsf,
}
