// Logs of programs that nobody has described: a time in one of the usual forms, perhaps level, process and component, then words and pairs.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { setField } from './flatten.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { bsdTime, commonLogTime, epochTime, isoTime, longTime, namedMonthTime, usTime } from './times.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid } from './values.ts'

const name = 'app-log'

interface Stamp {
  readonly match: RegExp
  readonly time: (found: RegExpExecArray, received: number) => number | undefined
}
const clock = '\\d\\d:\\d\\d:\\d\\d'
const part = '(?:[.,:]\\d{1,9})?'
const zone = '(?: ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)(?![\\w:]))?'
const whole =
  (read: (text: string, received: number) => number | undefined) =>
  (found: RegExpExecArray, received: number): number | undefined =>
    read(found[1] ?? '', received)
const before = (seconds: number): string => String(seconds).padStart(2, '0')

/** The forms in which programs write the time, most common first; group 1 is the time. */
const stamps: readonly Stamp[] = [
  {
    match: new RegExp(`^(\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]${clock}${part}${zone})`),
    time: whole((text) => isoTime(text[19] === ':' ? `${text.slice(0, 19)}.${text.slice(20)}` : text)),
  },
  { match: new RegExp(`^([A-Z][a-z]{2} [ \\d]?\\d ${clock}(?:[.,]\\d{1,9})?)`), time: whole(bsdTime) },
  {
    match: new RegExp(
      `^((?:[A-Z][a-z]{2},? )?(?:[A-Z][a-z]{2} {1,2}\\d{1,2}|\\d{1,2} [A-Z][a-z]{2} \\d{4}) ${clock}(?:[.,]\\d{1,9})?(?: \\d{4})?)`,
    ),
    time: whole(longTime),
  },
  { match: new RegExp(`^(\\d\\d-[A-Z][a-z]{2}-\\d{4} ${clock}(?:[.,]\\d{1,9})?)`), time: whole(namedMonthTime) },
  { match: new RegExp(`^(\\d\\d/[A-Z][a-z]{2}/\\d{4}:${clock}(?: [+-]\\d{4})?)`), time: whole(commonLogTime) },
  {
    match: new RegExp(`^(\\d\\d/\\d\\d/(?:\\d{4}|\\d\\d)[ T,-]${clock}(?:[.,]\\d{1,9})?)`),
    time: whole(dayOrYearFirst),
  },
  {
    match: new RegExp(
      `^(\\d{4})(\\d\\d)(\\d\\d)[-T ]?(\\d{1,2}):?(\\d\\d):?(\\d{1,2})(?:[.:,](\\d{1,9}))?(?=[Z |\\]-])`,
    ),
    time: (found) =>
      isoTime(
        `${found[1]}-${found[2]}-${found[3]}T${before(Number(found[4]))}:${found[5]}:${before(Number(found[6]))}.${found[7] ?? '0'}`,
      ),
  },
  {
    match: /^(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d)(?= )/,
    time: (found) => isoTime(`20${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}`),
  },
  {
    match: new RegExp(`^(\\d\\d)[-.](\\d\\d) (${clock}(?:[.,]\\d{1,9})?)`),
    time: (found, received) => thisYear(found[1] ?? '', found[2] ?? '', found[3] ?? '', received),
  },
  { match: /^(\d{10}(?:\.\d{1,9})?|\d{13})(?=[ \]|,])/, time: whole((text) => epochTime(Number(text))) },
]

/** `17/06/09 20:10:40` is the ninth of June 2017, `06/09/2017 20:10:40` the ninth of June too: a first number above 12 or of two-digit years is a year. */
function dayOrYearFirst(text: string): number | undefined {
  const [first = '', second = '', third = ''] = text.slice(0, text.search(/[ T,-]/)).split('/')
  const rest = text.slice(text.search(/[ T,-]/) + 1)
  if (third.length === 4) return Number(first) > 12 ? isoTime(`${third}-${second}-${first} ${rest}`) : usTime(text)
  return isoTime(`20${first}-${second}-${third} ${rest}`)
}

/** A day and month without a year: the latest that does not lie more than a day after the receipt. */
function thisYear(month: string, date: string, rest: string, received: number): number | undefined {
  const year = new Date(received).getUTCFullYear()
  return [year, year - 1]
    .map((one) => isoTime(`${one}-${month}-${date} ${rest}`))
    .find((time) => time !== undefined && time <= received + 86_400_000)
}

const words: Readonly<Record<string, OcsfSeverity>> = {
  emerg: ocsfSeverity.fatal, emergency: ocsfSeverity.fatal, fatal: ocsfSeverity.critical, panic: ocsfSeverity.critical, crit: ocsfSeverity.critical, critical: ocsfSeverity.critical,
  alert: ocsfSeverity.critical, severe: ocsfSeverity.high, err: ocsfSeverity.low, error: ocsfSeverity.low, warn: ocsfSeverity.low, warning: ocsfSeverity.low, wrn: ocsfSeverity.low,
} // prettier-ignore
const level =
  /^(?:\[ ?)?(?<level>TRACE|DEBUG|DBG|FINEST|FINER|FINE|VERBOSE|CONFIG|INFO|INF|INFORMATION|NOTICE|WARN|WRN|WARNING|ERROR|ERR|SEVERE|CRITICAL|CRIT|FATAL|ALERT|EMERG|EMERGENCY|PANIC|[VDIWEF](?= {1,2}\S{1,64}:))\b ?\]?[:,|]?(?=[\s[(]|$)/i
const bracket = /^[[(](?<word>(?:[^\][()]|\[[^\][]{0,64}\]|\([^()]{0,64}\)){1,255})[\])]:?/
const number = /^\d{1,10}(?=\s)/
/** A component or logger before a colon, with or without dots, slashes, and what stands in brackets after it. */
const component =
  /^(?<component>[A-Za-z_$][\w.$/@\\-]{0,127})(?:\[(?<pid>\d{1,10})\])?(?:\((?<more>[^)]{1,64})\))?(?::(?=\s|$)|(?=\|| \[| - ))/
const commaWord = /^(?<level>[A-Z][a-z]{2,11}),? {1,40}(?<component>[A-Z][\w.-]{0,63}) {1,32}(?=\S)/

/** What stands between the time and the words: level, process, thread, component, in whatever order programs like. */
function readHead(text: string): { fields: OpenFields; said: string } {
  const fields: OpenFields = {}
  let rest = text.replace(/^[\])|\s:,-]{1,16}/, '')
  const set = (key: string, value: string | undefined): void => {
    if (value !== undefined && fields[key] === undefined) fields[key] = value
  }
  const comma = commaWord.exec(rest)
  if (comma && level.test(`${comma.groups?.['level']} `)) {
    set('level', comma.groups?.['level'])
    set('component', comma.groups?.['component'])
    return { fields, said: rest.slice(comma[0].length) }
  }
  for (let round = 0; round < 6; round++) {
    const before = rest
    const found = level.exec(rest)
    const inBrackets = bracket.exec(rest)
    const digits = number.exec(rest)
    if (found && fields['level'] === undefined) {
      set('level', found.groups?.['level'])
      rest = rest.slice(found[0].length)
    } else if (inBrackets) {
      const word = inBrackets.groups?.['word'] ?? ''
      set(/^\d{1,10}$/.test(word) ? 'pid' : fields['component'] === undefined ? 'component' : 'context', word)
      rest = rest.slice(inBrackets[0].length)
    } else if (digits) {
      set(fields['pid'] === undefined ? 'pid' : 'tid', digits[0])
      rest = rest.slice(digits[0].length)
    } else {
      const named = component.exec(rest)
      if (named && fields['component'] === undefined) {
        set('component', named.groups?.['component'])
        set('pid', named.groups?.['pid'])
        rest = rest.slice(named[0].length)
      }
    }
    if (rest === before) break
    rest = rest.replace(/^[\s|:,-]{1,16}/, '')
  }
  return { fields, said: rest }
}

const pair =
  /(?:^|[\s,;|{("[])(?<key>[A-Za-z_][\w.-]{0,63})[=](?:"(?<quoted>[^"]{0,4096})"|'(?<single>[^']{0,4096})'|(?<plain>[^\s,;|})"\]]{1,1024}))/g
const address = String.raw`\[?(?<ip>\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{4,40})\]?(?::(?<port>\d{1,5}))?`
const from = new RegExp(
  String.raw`(?:\b(?:from|client|IP|ip|address|addr|host|remote|peer|rip|src|source|by)\b[ :=]{1,3}(?:is |address |IP )?[\["'(]?|\[)${address}(?![\w.])`,
)
const to = new RegExp(
  String.raw`(?:\b(?:to|dst|dest|destination|server|upstream)\b[ :=]{1,3}[\["'(]?)${address}(?![\w.])`,
)
const user = /\b(?:for user|user(?:name)?|login|account)[ :=]{1,3}["'[]?(?<user>[\w@.\\-]{1,64})["'\]]?/i
const failed =
  /\b(?:failed|failure|invalid|incorrect|denied|refused|unauthori[sz]ed|rejected|wrong password|bad (?:password|credentials))\b/i
const login = /\b(?:log(?:ged)? ?(?:in|on)|login|logon|sign(?:ed)? ?in|authenticat\w{1,6}|password|credentials)\b/i

function entities(said: string, fields: OpenFields) {
  const look = said.slice(0, 4096)
  const source = from.exec(look)?.groups
  const target = to.exec(look)?.groups
  return {
    user: accountOf(
      firstOf(fields, ['user', 'username', 'userName', 'usr', 'uname', 'login', 'account']) ??
        user.exec(look)?.groups?.['user'],
    ),
    src_ip:
      addressOf(
        firstOf(fields, [
          'src_ip',
          'src',
          'srcip',
          'client_ip',
          'clientip',
          'client',
          'ip',
          'ipAddress',
          'remote_addr',
          'remote_ip',
          'rip',
          'addr',
          'source_ip',
        ]),
      ) ?? addressOf(source?.['ip']),
    src_port: portOf(firstOf(fields, ['src_port', 'spt', 'sport'])) ?? portOf(source?.['port']),
    dst_ip:
      addressOf(firstOf(fields, ['dst_ip', 'dst', 'dstip', 'dest_ip', 'server_ip', 'lip'])) ??
      addressOf(target?.['ip']),
    dst_port: portOf(firstOf(fields, ['dst_port', 'dpt', 'dport'])) ?? portOf(target?.['port']),
    file: firstOf(fields, ['file', 'path', 'filename']),
    url: firstOf(fields, ['url', 'uri']),
  }
}

/** Where the time begins: after a bracket, or the `- ` that supercomputers' logs put before lines without alarm. */
function startOf(text: string): number {
  if (text[0] === '[' || text[0] === '(') return 1
  return text.startsWith('- ') ? 2 : 0
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const line = text.slice(startOf(text))
  for (const { match, time } of stamps) {
    const found = match.exec(line)
    if (!found) continue
    const at = time(found, received)
    if (at === undefined) continue
    const { fields, said } = readHead(line.slice(found[0].length))
    for (const { groups = {} } of said.slice(0, 16_384).matchAll(pair)) {
      const key = groups['key'] ?? ''
      if (fields[key] === undefined)
        setField(fields, key, groups['quoted'] ?? groups['single'] ?? groups['plain'] ?? '')
    }
    fields['message'] = said
    const host = hostOf(firstOf(fields, ['host', 'hostname']))
    const tries = login.test(said.slice(0, 1024))
    const outcome = tries ? (failed.test(said.slice(0, 1024)) ? 'failure' : undefined) : undefined
    const who = {
      host,
      ...entities(said, fields),
      process: firstOf(fields, ['component']),
      process_uid: processUid(host, pidOf(fields['pid'])),
    }
    const failedLogin = tries && outcome === 'failure'
    return makeEvent(name, received, who, {
      time: at,
      logsource: { categories: ['application'] },
      class_uid: failedLogin ? ocsfClass.authentication : ocsfClass.base,
      activity_id: failedLogin ? 1 : undefined,
      activity: failedLogin ? 'login failed' : 'message',
      outcome,
      severity_id: words[String(fields['level']).toLowerCase()] ?? (failedLogin ? ocsfSeverity.low : undefined),
      said: fields['component'] === undefined ? said : `${String(fields['component'])}: ${said}`,
      fields,
    })
  }
  return undefined
}

export const appLog: TextParser = {
  name,
  reads: 'text',
  does: 'reads logs of programs that have no parser of their own: time, level, process, component, `key=value` pairs, addresses and accounts in the words',
  recognises: 'a line that begins with a time in one of the usual forms, in brackets or not',
  recognise: (text) => {
    const code = text.charCodeAt(startOf(text))
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
  },
  parse,
  ocsf: () => ({ 'actor.process.name': 'component', 'actor.process.pid': 'pid' }),
}
