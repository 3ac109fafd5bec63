// nginx's error log, and nginx's access log when syslog brings it.
import { ocsfClass, type OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { isoTime } from './times.ts'
import { addressOf, portOf } from './values.ts'
import { accessLine } from './web/access.ts'
import {
  hostName,
  methodActivity,
  requestEvent,
  requestFields,
  requestOcsf,
  set,
  setNumber,
  webSource,
} from './web/request.ts'

const name = 'nginx-error'
const head =
  /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(debug|info|notice|warn|error|crit|alert|emerg)\] (\d{1,10})#(\d{1,20}): (?:\*(\d{1,20}) )?/
/** The facts at the end of a line, each after a comma. */
const facts =
  /, (client|server|request|upstream|host|referrer|subrequest|login|session): (?:"([^"]{0,8192})"|([^,"]{0,1024}))/g
const named: Readonly<Record<string, string>> = { client: 'c-ip', host: 'cs-host', referrer: 'cs-referer' }
const severities: Readonly<Record<string, OcsfSeverity>> = { error: 2, crit: 3, alert: 5, emerg: 6 }
const files = /"(\/[^"]{1,1024})" (?:failed|is forbidden|is not found|was not found)/

function tail(said: string, fields: OpenFields): string | undefined {
  let asked: string | undefined
  for (const [, key = '', quoted, bare] of said.matchAll(facts)) {
    const value = (quoted ?? bare ?? '').trim()
    if (key === 'request') asked ??= value
    else set(fields, named[key] ?? key, value)
  }
  return asked
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text)
  if (!found) {
    const access = accessLine(text)
    return access && requestEvent({ parser: 'web', received, logsource: webSource('nginx'), ...access })
  }
  const [all, when = '', level = '', pid, tid, connection] = found
  const said = text.slice(all.length, all.length + 16_384)
  const fields: OpenFields = { level }
  setNumber(fields, 'pid', pid)
  setNumber(fields, 'tid', tid)
  setNumber(fields, 'connection', connection)
  const asked = tail(said, fields)
  const { method, target } = asked === undefined ? {} : requestFields(fields, asked)
  fields['message'] = text.slice(all.length)
  return makeEvent(
    name,
    received,
    {
      src_ip: addressOf(fields['c-ip']),
      user: /user "([^"]{1,128})"/.exec(said)?.[1]?.toLowerCase(),
      domain: hostName(fields['cs-host']),
      dst_port: portOf(/:(\d{1,5})$/.exec(String(fields['cs-host'] ?? ''))?.[1]),
      url: target,
      file: files.exec(said)?.[1],
    },
    {
      time: isoTime(when),
      logsource: { product: 'nginx', service: 'nginx', categories: [] },
      class_uid: ocsfClass.httpActivity,
      activity_id: methodActivity(method),
      activity: 'web server message',
      severity_id: severities[level],
      outcome: /failed|forbidden|not found|denied|refused|mismatch|timed out/.test(said) ? 'failure' : undefined,
      detail: said,
      fields,
    },
  )
}

export const nginxError: TextParser = {
  name,
  reads: 'text',
  does: "reads nginx's error log: process, connection, client, server, request, upstream, host",
  recognises: '`2026/03/02 14:01:02 [error] 1#1: *7 …, client: 203.0.113.9, server: …, request: "GET / HTTP/1.1"`',
  recognise: (text) => head.test(text.slice(0, 120)),
  parse,
  ocsf: requestOcsf,
}
