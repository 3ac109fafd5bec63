// Squid's own log format, and what else its lines may end with.
import type { ParsedEvent } from '../types.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { accountOf, addressOf, portOf } from './values.ts'
import { accessLine } from './web/access.ts'
import { hostIn, hostName, proxySource, requestEvent, requestOcsf, set, setNumber } from './web/request.ts'

const name = 'squid'
const line =
  /^(\d{9,10}\.\d{1,3}) {1,8}(-?\d{1,10}) (\S{1,255}) ([A-Z][A-Z_]{1,40})\/(\d{3}) (-?\d{1,15}) ([A-Za-z_:-]{1,40}) (\S{1,16384}) (\S{1,255}) ([A-Z_]{1,40})\/(\S{1,255}) (\S{1,255})(?: (.{0,4096}))?$/s

/** The address asked for: a whole one, or `host:port` of a CONNECT. */
const target = (method: string, url: string): string | undefined =>
  method === 'CONNECT' ? hostName(url) : (hostIn(url) ?? undefined)

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = line.exec(text)
  if (!found) return combined(text, received)
  const [
    ,
    when = '',
    took,
    client = '',
    result = '',
    code = '',
    bytes,
    method = '',
    url = '',
    user,
    hierarchy,
    peer,
    type,
    more,
  ] = found
  const fields: OpenFields = { 'c-ip': client, 'squid-result': result }
  setNumber(fields, 'time-taken', took)
  setNumber(fields, 'sc-status', code)
  setNumber(fields, 'sc-bytes', bytes)
  set(fields, 'cs-method', method)
  set(fields, 'c-uri', url)
  const domain = target(method, url)
  set(fields, 'cs-host', domain)
  const path = /\.([A-Za-z0-9]{1,8})(?:[?#]|$)/.exec(url.slice(url.indexOf('/', 8)).split('?')[0] ?? '')?.[1]
  if (url.indexOf('/', 8) > 0) set(fields, 'c-uri-extension', path)
  set(fields, 'cs-username', user)
  set(fields, 'hierarchy', hierarchy)
  set(fields, 'r-ip', peer)
  set(fields, 'content-type', type)
  set(fields, 'extra', more)
  const status = Number(code)
  const event = requestEvent({
    parser: name,
    received,
    time: Math.round(Number(when) * 1000),
    logsource: proxySource('squid'),
    who: {
      user: accountOf(user),
      src_ip: addressOf(client),
      src_host: addressOf(client) === undefined ? client : undefined,
      dst_ip: addressOf(peer) ?? addressOf(domain),
      dst_port: portOf(/:(\d{1,5})(?:\/|$)/.exec(url.replace(/^[a-z]{2,8}:\/\//, ''))?.[1]),
      domain,
      url,
    },
    fields,
    method,
    target: url,
    status,
  })
  return result.includes('DENIED') ? { ...event, outcome: 'failure', activity: 'web request refused' } : event
}

/** `logformat combined` of Squid: as a web server's, with `TCP_MISS:HIER_DIRECT` behind. */
function combined(text: string, received: number): ParsedEvent | undefined {
  const result = / ([A-Z_]{3,40}):([A-Z_]{3,40})$/.exec(text.slice(-100))
  const access = result ? accessLine(text) : undefined
  if (!result || !access) return undefined
  const { 'cs-uri-query': _, 'cs-uri-stem': __, 'cs-user-agent': agent, extra: ___, ...fields } = access.fields
  set(fields, 'c-uri', access.target)
  set(fields, 'c-useragent', typeof agent === 'string' ? agent : undefined)
  set(fields, 'cs-host', access.who.domain)
  set(fields, 'squid-result', result[1])
  set(fields, 'hierarchy', result[2])
  return requestEvent({ parser: name, received, logsource: proxySource('squid'), ...access, fields })
}

export const squid: TextParser = {
  name,
  reads: 'text',
  does: "reads Squid's access log, native and combined, into Sigma's proxy names (c-uri, cs-host, cs-method, sc-status …)",
  recognises: '`1772460062.123     90 10.0.0.1 TCP_MISS/200 1234 GET http://… user HIER_DIRECT/203.0.113.9 text/html`',
  recognise: (text) =>
    /^\d{9,10}\.\d{1,3} {1,8}-?\d/.test(text) || / [A-Z_]{3,40}:[A-Z_]{3,40}$/.test(text.slice(-100)),
  parse,
  ocsf: requestOcsf,
}
