// Who talked to whom in a sentence of an ASA or FTD: `for outside:192.0.2.9/443 (192.0.2.9/443)(LOCAL\ada) to inside:10.0.0.1/4711`.
import type { OpenFields } from '../parser.ts'
import { addressOf, portOf } from '../values.ts'

export interface Endpoint {
  readonly address: string | undefined
  readonly name: string | undefined
  readonly port: string | undefined
  readonly place: string | undefined
}

/** `interface:address/port`, `address(port)`, `interface/address(port)`; a name may stand for the address, a service for the port. */
export function endpoint(text: string): Endpoint {
  const slash = text.lastIndexOf('/')
  const behind = slash > 0 ? text.slice(slash + 1) : undefined
  const port = behind !== undefined && /^(?:\d{1,6}|[a-z][\w-]{1,20})$/.test(behind) ? behind : undefined
  const whole = port === undefined ? text : text.slice(0, slash)
  if (addressOf(whole) !== undefined) return { address: addressOf(whole), name: undefined, port, place: undefined }
  const colon = whole.indexOf(':')
  const place = colon > 0 ? whole.slice(0, colon) : undefined
  const rest = colon > 0 ? whole.slice(colon + 1) : whole
  const address = addressOf(rest)
  return { address, name: address === undefined && rest !== '' ? rest : undefined, port, place }
}

const one = String.raw`\(?([^\s(),]{1,300}?)\)?((?: ?\([^()]{0,200}\)){0,3})`
const pair = new RegExp(
  String.raw`\b(?:for|from|src) ${one}(?: (?!to |dst )([\w\\@.-]{1,64}))? ?(?:to|dst) ${one}(?: (?!duration |on |flags |by )([\w\\@.-]{1,64})(?= duration ))?(?=[.:]?(?:[\s,;(]|$))`,
)
const listed =
  /(?:permitted|denied|est-allowed|monitored) (\S{1,32}) ([^\s/]{1,64})\/([^\s(]{1,255})\((\d{1,6})\)(?:\(([^()]{1,128})\))? -> ([^\s/]{1,64})\/([^\s(]{1,255})\((\d{1,6})\)(?:\(([^()]{1,128})\))?/
const icmp =
  /faddr ([^\s(]{1,255})(?:\(([^()]{1,128})\))? gaddr (\S{1,255}) laddr ([^\s(]{1,255})(?: ?\(([^()]{1,128})\))?/
const denied = /from laddr (\S{1,255}) on interface (\S{1,64}) to ([^\s:]{1,255})/
const between = /between (\S{1,64}) and (\S{1,64})(?: \(user ?= ?([^)]{1,128})\))?/
const ike = /^Local:(\S{2,64}):(\d{1,5}) Remote:(\S{2,64}):(\d{1,5}) Username:(\S{1,128})/

function setEnd(fields: OpenFields, side: 'src' | 'dst', end: Endpoint): void {
  if (end.address !== undefined) fields[`${side}_ip`] = end.address
  else if (end.name !== undefined) fields[`${side}_host`] = end.name
  const port = portOf(end.port)
  if (port !== undefined) fields[`${side}_port`] = port
  else if (end.port !== undefined && !/^0$/.test(end.port))
    fields[/^\d/.test(end.port) ? `${side}_port_text` : 'service'] = end.port
  if (end.place !== undefined) fields[side === 'src' ? 'interface_in' : 'interface_out'] = end.place
}

/** What stands in brackets behind an endpoint: the translated address, or the user. */
/** What stands in one pair of brackets behind an endpoint: the translated address, or the user. */
function setBracket(fields: OpenFields, side: 'src' | 'dst', inside: string): void {
  const end = endpoint(inside)
  const port = portOf(end.port)
  const mapped = end.place === undefined ? end.address : undefined
  const isUser = inside.includes('\\') || /^[\w.@-]{1,64}$/.test(inside)
  if (mapped === undefined && isUser) {
    fields[side === 'src' ? 'user' : 'dst_user'] ??= inside
    return
  }
  if (mapped !== undefined) fields[`mapped_${side}_ip`] ??= mapped
  else if (end.name !== undefined && end.port !== undefined) fields[`mapped_${side}_host`] ??= end.name
  else return
  if (port !== undefined) fields[`mapped_${side}_port`] ??= port
}
function setBrackets(fields: OpenFields, side: 'src' | 'dst', text: string | undefined): void {
  for (const [, inside = ''] of (text ?? '').matchAll(/\(([^()]{1,200})\)/g)) setBracket(fields, side, inside)
}

/** Sets `src_*`, `dst_*`, interfaces, translated addresses and users that a sentence names. A connection built outbound is told from its far end. */
export function readEndpoints(said: string, fields: OpenFields): void {
  const acl = listed.exec(said)
  const echo = icmp.exec(said)
  if (acl) readListed(acl, fields)
  else if (echo) readEcho(echo, fields)
  else if (!special(said, fields)) readPair(said, fields)
}

/** `permitted tcp inside/10.0.0.1(4711) -> outside/192.0.2.9(443)` */
function readListed(found: RegExpExecArray, fields: OpenFields): void {
  const cell = (at: number): string => found[at] ?? ''
  fields['proto'] = cell(1)
  setEnd(fields, 'src', { ...endpoint(cell(3)), port: cell(4), place: cell(2) })
  setEnd(fields, 'dst', { ...endpoint(cell(7)), port: cell(8), place: cell(6) })
  if (found[5] !== undefined) fields['user'] = found[5]
}

/** `faddr 192.0.2.9/0 gaddr 198.51.100.1/0 laddr 10.0.0.1/0`: foreign, global and local address. */
function readEcho(found: RegExpExecArray, fields: OpenFields): void {
  setEnd(fields, 'src', { ...endpoint(found[4] ?? ''), port: undefined })
  setEnd(fields, 'dst', { ...endpoint(found[1] ?? ''), port: undefined })
  const { address, name } = endpoint(found[3] ?? '')
  const mapped = address ?? name
  if (mapped !== undefined) fields['mapped_src_ip'] = mapped
  const user = found[2] ?? found[5]
  if (user !== undefined) fields['user'] = user
}

function special(said: string, fields: OpenFields): boolean {
  const local = denied.exec(said)
  if (local) {
    setEnd(fields, 'src', { ...endpoint(local[1] ?? ''), place: local[2] })
    setEnd(fields, 'dst', endpoint(local[3] ?? ''))
    return true
  }
  const key = ike.exec(said)
  if (key) {
    setEnd(fields, 'src', { ...endpoint(key[1] ?? ''), port: key[2] })
    setEnd(fields, 'dst', { ...endpoint(key[3] ?? ''), port: key[4] })
    fields['user'] = key[5] ?? ''
    return true
  }
  const tunnel = between.exec(said)
  if (!tunnel) return false
  setEnd(fields, 'src', endpoint(tunnel[1] ?? ''))
  setEnd(fields, 'dst', endpoint(tunnel[2] ?? ''))
  if (tunnel[3] !== undefined) fields['user'] = tunnel[3].trim()
  return true
}

function readPair(said: string, fields: OpenFields): void {
  const found = pair.exec(said)
  if (!found) return
  const outbound = /^Built outbound|^Built local-host.*outbound/.test(said)
  const [first, second] = [endpoint(found[1] ?? ''), endpoint(found[4] ?? '')]
  setEnd(fields, 'src', outbound ? second : first)
  setEnd(fields, 'dst', outbound ? first : second)
  setBrackets(fields, outbound ? 'dst' : 'src', found[2])
  setBrackets(fields, outbound ? 'src' : 'dst', found[5])
  if (found[3] !== undefined) fields['user'] ??= found[3]
  if (found[6] !== undefined) fields['dst_user'] ??= found[6]
}
