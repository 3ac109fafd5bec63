// Web servers' access logs: common and combined format of Apache and nginx, with Sigma's W3C field names.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { LogSource, ParsedEvent } from '../types.ts'
import { type Entities, makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { commonLogTime } from './times.ts'
import { accountOf, addressOf, portOf, textOf } from './values.ts'

const name = 'web'

const quoted = '"((?:[^"\\\\]|\\\\.)*)"'
const line = new RegExp(
  `^(?:(\\S{1,255}?)(?::(\\d{1,5}))? )?(\\S{1,255}) \\S{1,255} (\\S{1,255}) \\[([^\\]]{20,40})\\] ${quoted} (\\d{3}|-) (\\d{1,20}|-)(?: ${quoted} ${quoted})?`,
)
const request = /^(\S+) (\S+)(?: (\S+))?$/

/** What an access line says; undefined when the text is none. */
export interface Access {
  readonly time: number | undefined
  readonly who: Entities
  readonly fields: OpenFields
  readonly detail: string
  readonly severity_id: OcsfSeverity
}

function uriFields(target: string): OpenFields {
  const ask = target.indexOf('?')
  // Sigma's webserver rules look for paths in cs-uri-query as well as for queries: it holds both, as the rules expect.
  return { 'cs-uri-stem': ask < 0 ? target : target.slice(0, ask), 'cs-uri-query': target }
}

const set = (fields: OpenFields, name: string, value: string | undefined): void => {
  if (value !== undefined && value !== '-') fields[name] = value
}

/** Reads a line in common or combined format, with or without the virtual host in front. */
export function accessLine(text: string): Access | undefined {
  const found = line.exec(text)
  if (!found) return undefined
  const [, virtual, port, client = '', user, when = '', asked = '', status = '', bytes, referer, agent] = found
  const [, method, target, version] = request.exec(asked) ?? []
  const src_ip = addressOf(client)
  const fields: OpenFields = { 'c-ip': src_ip ?? client }
  set(fields, 's-computername', virtual)
  set(fields, 's-port', port)
  set(fields, 'cs-username', user)
  set(fields, 'cs-method', method)
  if (target !== undefined) Object.assign(fields, uriFields(target))
  else set(fields, 'cs-uri-query', textOf(asked))
  set(fields, 'cs-version', version)
  if (status !== '-') fields['sc-status'] = Number(status)
  if (bytes !== undefined && bytes !== '-') fields['sc-bytes'] = Number(bytes)
  set(fields, 'cs-referer', referer)
  set(fields, 'cs-user-agent', agent)
  return {
    time: commonLogTime(when),
    who: { user: accountOf(user), src_ip, dst_port: portOf(port) },
    fields,
    detail: `${method ?? ''} ${target ?? asked} ${status}`.trim(),
    severity_id: status.startsWith('5') ? ocsfSeverity.low : ocsfSeverity.informational,
  }
}

/** Sigma's log source of a web server; the product where the program's name tells. */
export const webSource = (product?: string): LogSource => ({
  ...(product === undefined ? {} : { product }),
  categories: ['webserver'],
})

const errorLine =
  /^\[(?<when>[^\]]{20,40})\] \[(?:[\w-]*:)?(?<level>\w+)\](?: \[pid [^\]]*\])?(?: \[client (?<client>[^\]\s]{2,64})\])? (?<text>.*)/s
const port = /:\d+$/

/** Apache's error log (`[Sun Dec 04 04:47:44 2005] [error] [client 203.0.113.9] …`). */
function errorEvent(text: string, received: number): ParsedEvent | undefined {
  const groups = errorLine.exec(text)?.groups
  if (!groups) return undefined
  const { when = '', level = '', client, text: said = '' } = groups
  const time = Date.parse(`${when.replace(/\.\d+/, '')} UTC`)
  const src_ip = addressOf(client) ?? addressOf(client?.replace(port, ''))
  const fields: OpenFields = { level, message: said }
  set(fields, 'c-ip', src_ip)
  return makeEvent(
    name,
    received,
    { src_ip },
    {
      time: Number.isNaN(time) ? undefined : time,
      logsource: { product: 'apache', service: 'apache', categories: [] },
      class_uid: ocsfClass.httpActivity,
      activity: 'web server message',
      severity_id: /^(?:error|crit|alert|emerg)$/.test(level) ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: said,
      fields,
    },
  )
}

function parse(text: string, received: number): ParsedEvent | undefined {
  if (text.startsWith('[')) return errorEvent(text, received)
  const access = accessLine(text)
  if (!access) return undefined
  const { time, who, fields, detail, severity_id } = access
  const facts = { time, logsource: webSource(), class_uid: ocsfClass.httpActivity, activity: 'web request' }
  return makeEvent(name, received, who, { ...facts, severity_id, detail, fields })
}

export const web: TextParser = {
  name,
  reads: 'text',
  does: "reads access logs of Apache and nginx into Sigma's W3C names (cs-method, cs-uri-stem, cs-uri-query, c-ip, sc-status …); Apache's error log",
  recognises:
    '`address - user [02/Mar/2026:14:01:02 +0000] "GET / HTTP/1.1" 200 512`, with or without referer and agent; `[date] [level]`',
  recognise: (text) => text.startsWith('[') || (text.includes(' [') && text.includes('] "')),
  parse,
}
