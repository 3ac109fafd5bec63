// Exim's main and reject log, Sendmail's lines: `<=` a letter came, `=>` it went on, `**` it failed.
import { isoTime } from '../../times.ts'
import { logins, network } from '../acts.ts'
import { type Act, linux, type LogLine, type Phrase, type Program, type Reading, readPhrases, whoOf } from '../line.ts'

const logsource = linux('syslog')
const id = '(?<queue>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})'
/** `H=(helo) [192.0.2.4]:5512`, `H=mail.example [192.0.2.4]`, `H=mail.example (helo) [192.0.2.4]` */
const host =
  'H=(?:(?<src_host>[^\\s([]{1,255}) )?(?:\\((?<helo>[^)]{0,255})\\) )?\\[(?<src_ip>[0-9A-Fa-f.:]{2,45})\\](?::(?<src_port>\\d{1,5}))?'
const toHost = host.replaceAll('src_', 'dst_')

const arrows: Readonly<Record<string, Act>> = {
  '<=': network.letterReceived,
  '=>': network.letterSent,
  '->': network.letterSent,
  '>>': network.letterSent,
  '*>': network.letterSent,
  '**': { ...network.letterSent, outcome: 'failure' },
  '==': { ...network.letterSent, activity: 'letter put off' },
}
const step = new RegExp(
  `^${id} (?<arrow><=|=>|->|>>|\\*>|\\*\\*|==) (?<address><>|[^\\s:]{1,512})(?: <(?<original>[^>]{0,512})>)?`,
)
const word = / (?<key>[A-Z][A-Za-z]{0,3}|id|from|for)=(?:"(?<quoted>(?:[^"\\]|\\.){0,998})"|(?<plain>\S{1,998}))/g
const keys: Readonly<Record<string, string>> = {
  U: 'ident',
  P: 'proto',
  S: 'size',
  id: 'message_id',
  T: 'subject',
  A: 'authenticator',
  X: 'cipher',
  R: 'router',
  C: 'reply',
  F: 'from',
  DN: 'certificate',
  QT: 'queue_time',
  DT: 'delivery_time',
}

/** `P=esmtps T="Hello"`: the letters' meanings are in Exim's specification (log fields); T is a subject when a letter comes, else a transport. */
function wordsOf(text: string, incoming: boolean): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { groups = {} } of text.slice(0, 4096).matchAll(word)) {
    const { key = '', quoted, plain = '' } = groups
    const name = key === 'T' && !incoming ? 'transport' : keys[key]
    if (name !== undefined) fields[name] ??= quoted ?? plain
  }
  return fields
}

function readStep(text: string): Reading | undefined {
  const found = step.exec(text)?.groups
  if (!found) return undefined
  const { arrow = '', address = '', queue = '', original } = found
  const incoming = arrow === '<='
  const fields: Record<string, string> = { queue, [incoming ? 'from' : 'to']: address }
  if (original !== undefined) fields['original'] = original
  for (const [name, value] of Object.entries(wordsOf(text, incoming))) fields[name] ??= value
  Object.assign(fields, { ...new RegExp(incoming ? host : toHost).exec(text)?.groups })
  const account = fields['authenticator']?.split(':')[1]
  if (account !== undefined) fields['user'] = account
  const plain = Object.fromEntries(Object.entries(fields).filter(([, value]) => value))
  return { ...(arrows[arrow] ?? network.letterQueued), logsource, detail: address, who: whoOf(plain), fields: plain }
}

const phrases: readonly Phrase[] = [
  {
    match: new RegExp(
      `^(?:${id} )?(?<authenticator>[\\w-]{1,64}) authenticator failed for (?:(?<src_host>[^\\s([]{1,255}) )?(?:\\((?<helo>[^)]{0,255})\\) )?\\[(?<src_ip>[0-9A-Fa-f.:]{2,45})\\](?::(?<src_port>\\d{1,5}))?(?: I=\\[[^\\]]{1,64}\\]:\\d{1,5})?(?: U=\\S{1,64})?: (?<code>\\d{3}) (?<reason>[^(]{0,255}?)(?: \\((?:set_id=)?(?<user>[^)]{1,255})\\))?$`,
    ),
    ...logins.failed,
  },
  {
    match: new RegExp(
      `^(?:${id} )?${host}(?: (?!F=)[A-Z]{1,3}=\\S{1,255}){0,8}(?: F=<(?<from>[^>]{0,512})>)?(?: [A-Z]{1,3}=\\S{1,255}){0,8} (?<action>rejected|temporarily rejected|discarded) (?<stage>\\S{1,32})(?: ?<(?<to>[^>]{0,512})>)?(?:[ :] ?(?<reason>.*))?`,
    ),
    ...network.letterRefused,
  },
  {
    match: new RegExp(
      `^(?<action>rejected) (?<stage>EHLO or HELO|HELO|EHLO|MAIL|RCPT|DATA)? ?(?<about>\\S{0,255}) ?from (?:${host.slice(2)}): (?<reason>.*)`,
    ),
    ...network.letterRefused,
  },
  {
    match:
      /^SMTP (?<state>connection|protocol (?:synchronization )?error|command timeout|syntax error|data timeout|call)[^[]{0,255}? (?:from|on connection from|in [^[]{0,128}? )(?:[^[]{0,255})?\[(?<src_ip>[0-9A-Fa-f.:]{2,45})\](?::(?<src_port>\d{1,5}))?(?:.*)/,
    ...network.mail,
  },
  {
    match:
      /^TLS error on connection from (?:(?<src_host>[^\s([]{1,255}) )?(?:\([^)]{0,255}\) )?\[(?<src_ip>[0-9A-Fa-f.:]{2,45})\](?::(?<src_port>\d{1,5}))?.{0,64}?\((?<reason>[^)]{0,255})\)?/,
    ...network.mail,
  },
  {
    match: /^no (?:host name|IP address) found for (?:IP address|host) (?<src_ip>[0-9A-Fa-f.:]{2,45})/,
    ...network.mail,
    activity: 'name of client does not fit its address',
  },
  {
    match: new RegExp(`^${id} (?<what>Completed|Frozen|Message is frozen|removed by \\S{1,64})`),
    ...network.letterDone,
  },
]

const stamp = '(?<when>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,3})?(?: [+-]\\d{4})?)'
export const exim: Program = {
  names: ['exim', 'exim4', 'exim5'],
  logsource,
  read: ({ text }: LogLine) => {
    const plain = text.replace(
      /^(?:\[\d{1,10}\] )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})? )?(?:\[\d{1,10}\] )?/,
      '',
    )
    return readStep(plain) ?? readPhrases(phrases, plain, logsource)
  },
  files: [
    {
      head: new RegExp(
        `^${stamp} (?:\\[(?<pid>\\d{1,10})\\] )?(?=[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} |[\\w-]{1,64} authenticator failed for |H=\\S|SMTP (?:connection|protocol|command|syntax|data|call)|TLS error on connection|no (?:host name|IP address) found for|rejected |exim \\d|Start queue run|End queue run)`,
      ),
      time: isoTime,
    },
  ],
  ocsf: {
    'email.from': 'from',
    'email.to': 'to',
    'email.uid': 'queue',
    'email.message_uid': 'message_id',
    'email.subject': 'subject',
    'email.size': 'size',
    smtp_hello: 'helo',
    protocol_name: 'proto',
    auth_protocol: 'authenticator',
    status_detail: 'reason',
  },
}

const relay =
  '(?:(?:(?<src_host>[^\\s,[]{1,255}) )?\\[(?<src_ip>(?:IPv6:)?[0-9A-Fa-f.:]{2,50})\\]|(?<relay>[^\\s,]{1,255}))'
const ticket = '^(?<queue>[0-9A-Za-z]{8,20}): '
export const sendmail: Program = {
  names: ['sendmail', 'sm-mta', 'sm-acceptingconnections', 'sm-msp-queue'],
  logsource,
  phrases: [
    {
      match: new RegExp(
        `${ticket}from=<?(?<from>[^>,]{0,512})>?, size=(?<size>\\d+), class=-?\\d+(?:, nrcpts=(?<recipients>\\d+))?(?:, msgid=<?(?<message_id>[^>,]{0,512})>?)?(?:, [a-z]{1,16}=[^,]{0,255}){0,8}?, relay=${relay}`,
      ),
      ...network.letterReceived,
    },
    {
      match: new RegExp(
        `${ticket}to=<?(?<to>[^>,]{0,512})>?(?:, [a-z]{1,16}=[^,]{0,255}){0,8}?(?:, relay=(?<dst_host>[^\\s,[]{1,255})(?: \\[(?<dst_ip>[^\\]]{2,50})\\])?)?(?:, dsn=(?<dsn>[\\d.]{1,16}))?, stat=(?<status>.*)`,
      ),
      ...network.letterSent,
    },
    {
      match: new RegExp(
        `${ticket}ruleset=(?<ruleset>\\w{1,64}), arg1=<?(?<about>[^>,]{0,512})>?(?:, arg2=[^,]{0,255})?(?:, relay=${relay})?, reject=(?<code>\\d{3})(?: (?<dsn>[\\d.]{1,16}))? (?<reason>.*)`,
      ),
      ...network.letterRefused,
    },
    {
      match: new RegExp(
        `${ticket}(?:AUTH failure|authentication failure|possible SMTP attack|lost input channel|rejecting commands|timeout waiting for input|did not issue MAIL)[^[]{0,255}(?:\\[(?<src_ip>[0-9A-Fa-f.:]{2,45})\\])?(?:.{0,64}?user=(?<user>[^,\\s]{1,255}))?`,
      ),
      ...network.mail,
    },
    {
      match:
        /^AUTH=server, relay=(?:(?<src_host>[^\s,[]{1,255}) )?\[(?<src_ip>[^\]]{2,50})\](?: \(may be forged\))?, authid=(?<user>[^,]{1,255}), mech=(?<method>\w{1,32})/,
      ...logins.accepted,
    },
    {
      match:
        /^STARTTLS=(?<direction>server|client), relay=(?:(?<src_host>[^\s,[]{1,255}) )?\[(?<src_ip>[^\]]{2,50})\].{0,32}?, version=(?<tls>\S{1,32}?),/,
      ...network.mail,
      activity: 'TLS agreed',
    },
  ],
  ocsf: {
    'email.from': 'from',
    'email.to': 'to',
    'email.uid': 'queue',
    'email.message_uid': 'message_id',
    'email.size': 'size',
    auth_protocol: 'method',
    status_code: ['code', 'dsn'],
    status_detail: ['reason', 'status'],
  },
}
