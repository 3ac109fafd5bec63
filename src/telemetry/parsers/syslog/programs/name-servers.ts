// Name servers: BIND's query and security logs, dnsmasq, unbound, PowerDNS; what was asked, by whom, and the answer.
import { ocsfClass } from '#standards'
import { epochTime, isoTime, namedMonthTime } from '../../times.ts'
import { network, runs } from '../acts.ts'
import { type LogLine, type Phrase, type Program, type Reading, readPhrases } from '../line.ts'

const logsource = { product: 'linux', service: 'syslog', categories: ['dns'] }
const address = '(?<src_ip>[0-9A-Fa-f.:]{2,45})'
/** Category, level and client, as BIND puts them in front. */
const client =
  '^(?:(?<category>[\\w-]{1,32}): )?(?:(?<level>[\\w -]{1,16}): )?(?:[\\w-]{1,32}: )?client (?:@0x[0-9a-f]{1,16} )?(?<src_ip>[^#\\s]{2,64})#(?<src_port>\\d{1,5})(?: \\([^)]{0,255}\\))?(?:/key (?<key>[^:\\s]{1,255}))?: (?:view (?<view>[^:]{1,64}): )?'

const bind: readonly Phrase[] = [
  {
    match: new RegExp(
      `${client}query: (?<query>\\S+) (?<query_class>IN|CH|HS|ANY|NONE) (?<record_type>\\S+)(?: (?<flags>[-+]\\S{0,16}))?(?: \\((?<dst_ip>[0-9A-Fa-f.:]{2,45})\\))?`,
    ),
    ...network.query,
  },
  {
    match: new RegExp(
      `${client}(?:update '(?<query>[^'/]{1,255})/IN' (?<action>denied)|updating zone '(?<zone>[^'/]{1,255})/IN': (?<change>.*))`,
    ),
    ...network.queryRefused,
    activity: 'zone update',
  },
  {
    match: new RegExp(
      `${client}(?:query failed \\((?<rcode>\\w{1,16})\\) for (?<query>[^/\\s]{1,255})/IN/(?<record_type>\\w{1,16}))`,
    ),
    ...network.answer,
    outcome: 'failure',
  },
  {
    match: new RegExp(
      `${client}(?:query(?: \\(cache\\))?|zone transfer) '(?<query>[^'/]{1,255})/(?<record_type>\\w{1,16})/IN' (?<action>denied|allowed|approved)`,
    ),
    ...network.queryRefused,
  },
  {
    match: new RegExp(`${client}bad zone transfer request: '(?<query>[^'/]{1,255})/\\w{1,8}': (?<reason>.*)`),
    ...network.queryRefused,
    activity: 'zone transfer refused',
  },
  {
    match: new RegExp(
      `${client}transfer of '(?<query>[^'/]{1,255})/IN': (?<record_type>[AI]XFR) (?<state>started|ended|failed)`,
    ),
    ...network.answer,
    activity: 'zone transferred',
  },
  {
    match: new RegExp(`${client}(?:rate limit|response|slip)[^']{0,64} for (?<query>[^\\s']{1,255})`),
    ...network.queryRefused,
    activity: 'answers limited',
  },
  {
    match:
      /^(?:[\w-]{1,32}: ){0,3}(?:zone|transfer of) '?(?<query>[^\s'/]{1,255})\/IN'?(?: from (?<src_ip>[0-9A-Fa-f.:]{2,45})#(?<src_port>\d+))?: (?<what>.*)/,
    activity: 'zone message',
    class_uid: ocsfClass.dnsActivity,
    activity_id: 99,
  },
  {
    match:
      /^(?:[\w-]{1,32}: ){0,3}(?<reason>lame server|REFUSED unexpected RCODE|SERVFAIL unexpected RCODE|FORMERR|timed out|connection refused|network unreachable|host unreachable)\S{0,8} resolving '(?<query>[^'/]{1,255})\/(?<record_type>\w{1,16})\/IN': (?<dst_ip>[0-9A-Fa-f.:]{2,45})#(?<dst_port>\d+)/,
    ...network.answer,
    outcome: 'failure',
  },
]
const dnsmasq: readonly Phrase[] = [
  {
    match: new RegExp(
      `^(?:(?<serial>\\d+) ${address.replace('src_ip', 'client')}/(?<client_port>\\d+) )?query\\[(?<record_type>[\\w=]+)\\] (?<query>\\S+) from ${address}`,
    ),
    ...network.query,
  },
  {
    match:
      /^(?:(?<serial>\d+) (?<src_ip>[0-9A-Fa-f.:]{2,45})\/(?<src_port>\d+) )?(?<source>reply|cached(?:-stale)?|config|hosts|\/\S{1,255}|DHCP|special) (?<query>\S+) is (?<answer>.*)/,
    ...network.answer,
  },
  {
    match:
      /^(?:(?<serial>\d+) (?<src_ip>[0-9A-Fa-f.:]{2,45})\/(?<src_port>\d+) )?forwarded (?<query>\S+) to (?<dst_ip>[0-9A-Fa-f.:]{2,45})/,
    ...network.query,
    activity: 'name lookup passed on',
  },
  {
    match: /^(?<what>possible DNS-rebind attack detected): (?<query>\S+)/,
    ...network.answer,
    outcome: 'failure',
    severity_id: 3,
  },
  {
    match: /^(?:gravity|regex|exactly) (?<reason>blocked|denied) (?<query>\S+) is (?<answer>\S+)/,
    ...network.queryRefused,
  },
]
const unbound: readonly Phrase[] = [
  {
    match: new RegExp(
      `^(?:\\[\\d+:\\w+\\] )?(?:info|reply|query): ${address} (?<query>\\S+) (?<record_type>[A-Z0-9]{1,16}) (?<query_class>IN|CH|ANY)(?: (?<rcode>[A-Z]{4,12}) (?<duration>[\\d.]+) (?<cached>\\d) (?<size>\\d+))`,
    ),
    ...network.answer,
  },
  {
    match: new RegExp(
      `^(?:\\[\\d+:\\w+\\] )?(?:info|reply|query): ${address} (?<query>\\S+) (?<record_type>[A-Z0-9]{1,16}) (?<query_class>IN|CH|ANY)`,
    ),
    ...network.query,
  },
  {
    match: new RegExp(
      `^(?:\\[\\d+:\\w+\\] )?info: (?<query>\\S+) (?:(?<rpz>\\S+) )?(?<action>redirect|deny|refuse|always_nxdomain|always_null|inform|static|transparent|typetransparent|nodefault) ${address}@(?<src_port>\\d+) (?<name>\\S+) (?<record_type>[A-Z0-9]{1,16})`,
    ),
    ...network.queryRefused,
  },
  {
    match: /^(?:\[\d+:\w+\] )?(?<level>notice|error|warning|info|fatal error): (?<what>.*)/,
    activity: 'message',
    class_uid: ocsfClass.base,
  },
]
const powerdns: readonly Phrase[] = [
  {
    match: new RegExp(
      `^Remote ${address}(?:<-\\S{1,45})? wants '(?<query>[^'|]{1,255})\\|(?<record_type>[A-Z0-9]{1,16})'`,
    ),
    ...network.query,
  },
  {
    match: new RegExp(
      `^(?:\\d+ )?\\[\\d+(?:/\\d+)?\\] (?:question for|answer to question) '(?<query>[^'|]{1,255})\\|(?<record_type>[A-Z0-9]{1,16})'(?: from ${address}(?::(?<src_port>\\d+))?)?`,
    ),
    ...network.query,
  },
]
const phrases = [
  ...bind,
  ...dnsmasq,
  ...unbound,
  ...powerdns,
  { match: /^(?<what>starting BIND|all zones loaded|started, version|service stopped)/i, ...runs.started },
  { match: /^(?:exiting|shutting down)/i, ...runs.stopped },
]

/** The name asked for goes into its column without the root's dot; an answer that is an address as a field of its own. */
function read({ text }: LogLine): Reading | undefined {
  const found = readPhrases(phrases, text, logsource)
  const query = found?.fields['query']
  if (found === undefined || typeof query !== 'string') return found
  const domain = (query.endsWith('.') && query.length > 1 ? query.slice(0, -1) : query).toLowerCase()
  return { ...found, said: undefined, detail: text, who: { ...found.who, domain } }
}

export const nameServers: Program = {
  names: [
    'named',
    'bind',
    'bind9',
    'dnsmasq',
    'unbound',
    'pdns',
    'pdns_server',
    'pdns_recursor',
    'pihole-ftl',
    'isc-bind',
    'dnsdist',
  ],
  logsource,
  read,
  files: [
    {
      head: /^(?<when>\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d{1,6})?) (?=(?:[\w -]{1,32}: ){0,3}(?:client |zone |transfer of |lame server|\w{4,12} unexpected RCODE|received |all zones|running|exiting|shutting))/,
      time: namedMonthTime,
    },
    {
      head: /^(?<when>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}(?:Z|[+-]\d\d:?\d\d)) (?=(?:[\w-]{1,32}: ){0,3}client (?:@0x[0-9a-f]{1,16} )?[0-9A-Fa-f.:]{2,45}#)/,
      time: isoTime,
    },
    {
      head: /^(?=(?:[\w-]{1,32}: ){0,3}client (?:@0x[0-9a-f]{1,16} )?[0-9A-Fa-f.:]{2,45}#\d{1,5}[ :])(?<when>)/,
      time: () => undefined,
    },
    {
      head: /^\[(?<when>\d{10})\] unbound(?=\[\d{1,10}:\w{1,8}\] )/,
      program: 'unbound',
      time: (when) => epochTime(Number(when)),
    },
    {
      head: /^(?<when>\d{10}) unbound(?=\[\d{1,10}:\w{1,8}\] )/,
      program: 'unbound',
      time: (when) => epochTime(Number(when)),
    },
  ],
  ocsf: {
    'query.hostname': 'query',
    'query.type': 'record_type',
    'query.class': 'query_class',
    'answers.rdata': 'answer',
    rcode: 'rcode',
  },
}
