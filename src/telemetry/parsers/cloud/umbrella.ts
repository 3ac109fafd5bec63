// Cisco Umbrella: DNS, proxy and firewall logs, as its API writes them (JSON) and as its bucket holds them (CSV).
import { ocsfClass, ocsfSeverity } from '#standards'
import { setField } from '../flatten.ts'
import { makeEvent, type OcsfMapping, type OpenFields, type TextParser } from '../parser.ts'
import { isoTime } from '../times.ts'
import { accountOf, addressOf, hostOf, textOf } from '../values.ts'
import { cloudParser, has, pick } from './service.ts'

const ocsf: OcsfMapping = {
  'query.hostname': 'domain',
  'query.type': ['querytype', 'query_type'],
  rcode: ['returncode', 'response_code'],
  disposition: ['verdict', 'action'],
  'http_request.url.url_string': 'url',
  'http_request.url.categories': 'categories',
}

export const umbrella = cloudParser({
  name: 'cisco-umbrella',
  does: "reads Cisco Umbrella's activity from its reporting API",
  recognises: '`verdict` with `identities` and `internalip` or `externalip`',
  recognise: (object) =>
    has(object, 'verdict') && (has(object, 'identities') || has(object, 'externalip') || has(object, 'internalip')),
  columns: {
    time: 'timestamp date',
    user: 'identities.label',
    src_ip: 'internalip sourceip externalip',
    src_port: 'sourceport',
    dst_ip: 'destinationip',
    dst_port: 'destinationport',
    domain: 'domain',
    url: 'url',
  },
  logsource: (fields) => ({
    product: 'cisco',
    service: 'umbrella',
    categories:
      fields['url'] === undefined ? (fields['destinationip'] === undefined ? ['dns'] : ['firewall']) : ['proxy'],
  }),
  ocsf,
  meaning(fields) {
    const verdict = pick(fields, ['verdict'])
    const refused = verdict !== 'allowed'
    const dns =
      pick(fields, ['type']) === 'dns' || (fields['url'] === undefined && fields['destinationip'] === undefined)
    return {
      activity: dns
        ? refused
          ? 'name lookup blocked'
          : 'name looked up'
        : refused
          ? 'web request blocked'
          : 'web request',
      class_uid: dns ? ocsfClass.dnsActivity : ocsfClass.httpActivity,
      activity_id: dns ? 1 : 3,
      outcome: refused ? 'failure' : 'success',
      severity_id: refused ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [pick(fields, ['domain', 'url']), verdict].filter(Boolean).join(' '),
    }
  },
})

const names =
  'timestamp most_granular_identity identities internal_ip external_ip action query_type response_code domain categories most_granular_identity_type identity_types blocked_categories'.split(
    ' ',
  )
const cell = /"((?:[^"]|"")*)"(?:,|$)/gy
const line =
  /^"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d","[^"]{0,256}","[^"]{0,1024}","[0-9a-f.:]{0,45}","[0-9a-f.:]{0,45}","(?:Allowed|Blocked|Proxied)/i
const most = 64

function cells(text: string): readonly string[] {
  const found: string[] = []
  for (cell.lastIndex = 0; found.length < most && cell.lastIndex < text.length;) {
    const one = cell.exec(text)
    if (!one) break
    found.push((one[1] ?? '').replaceAll('""', '"'))
  }
  return found
}

export const umbrellaCsv: TextParser = {
  name: 'cisco-umbrella-csv',
  reads: 'text',
  does: 'reads the DNS logs that Cisco Umbrella writes into a bucket',
  recognises: 'a time, two identities, two addresses and the verdict, each in quotes and parted by commas',
  ocsf: () => ocsf,
  recognise: (text) => text.startsWith('"') && line.test(text),
  parse(text, received) {
    const fields: OpenFields = {}
    for (const [at, value] of cells(text.trimEnd()).entries())
      if (value !== '') setField(fields, names[at] ?? `field_${at + 1}`, value)
    const action = textOf(fields['action'])
    if (action === undefined) return undefined
    const refused = /^blocked/i.test(action)
    const who = {
      user: accountOf(fields['most_granular_identity']),
      src_ip: addressOf(fields['internal_ip']) ?? addressOf(fields['external_ip']),
      domain: hostOf(fields['domain']),
    }
    return makeEvent('cisco-umbrella-csv', received, who, {
      time: isoTime(textOf(fields['timestamp']) ?? ''),
      logsource: { product: 'cisco', service: 'umbrella', categories: ['dns'] },
      class_uid: ocsfClass.dnsActivity,
      activity_id: 1,
      activity: refused ? 'name lookup blocked' : 'name looked up',
      outcome: refused ? 'failure' : 'success',
      severity_id: refused ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [who.domain, action].filter(Boolean).join(' '),
      fields: { ...fields, query: who.domain ?? null },
    })
  },
}
