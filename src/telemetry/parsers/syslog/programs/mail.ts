// Mail: Postfix's steps of a letter, Dovecot's logins, and the filters beside them.
import { ocsfClass } from '#standards'
import { bsdTime, isoTime } from '../../times.ts'
import { logins, network } from '../acts.ts'
import { linux, type Program } from '../line.ts'

const queue = '^(?<queue>[0-9A-Za-z]{5,20}): '
const client = '(?<src_host>[^\\s[]{0,255})\\[(?<src_ip>[^\\]\\s]{1,64})\\](?::(?<src_port>\\d{1,5}))?'
const letterOcsf = {
  'email.from': 'from',
  'email.to': 'to',
  'email.uid': 'queue',
  'email.message_uid': 'message_id',
  'email.size': 'size',
  'email.subject': 'subject',
  smtp_hello: 'helo',
  protocol_name: 'proto',
  status_code: ['code', 'dsn'],
  status_detail: 'reason',
} as const

const refusal =
  '(?<action>reject|discard|hold|filter|redirect|warn|reject_warning|milter-reject|milter-discard): (?<stage>[\\w-]{1,32}) from '
const replied =
  '(?<code>\\d{3})(?: (?<enhanced>\\d\\.\\d{1,3}\\.\\d{1,3}))? (?:<(?<about>[^>]{0,512})>: )?(?<reason>[^;]{0,1024})'
const envelope =
  '(?:; from=<(?<from>[^>]{0,512})>)?(?: to=<(?<to>[^>]{0,512})>)?(?: proto=(?<proto>\\w{1,16}))?(?: helo=<(?<helo>[^>]{0,512})>)?'

export const postfix: Program = {
  names: ['postfix', 'postscreen'],
  logsource: linux('syslog'),
  phrases: [
    {
      match: new RegExp(
        `${queue}client=${client}(?:, orig_queue_id=(?<orig_queue>\\w{1,20}))?(?:.{0,128}?sasl_method=(?<sasl_method>[^,\\s]{1,32}))?(?:.{0,64}?sasl_username=(?<user>[^,\\s]{1,255}))?`,
      ),
      ...network.letterReceived,
    },
    { match: new RegExp(`${queue}(?:resent-)?message-id=<?(?<message_id>[^>]{0,998})>?`), ...network.letterQueued },
    {
      match: new RegExp(`${queue}from=<(?<from>[^>]*)>, size=(?<size>\\d+), nrcpt=(?<recipients>\\d+)`),
      ...network.letterQueued,
    },
    { match: new RegExp(`${queue}from=<(?<from>[^>]*)>, status=(?<status>\\w+)`), ...network.letterDone },
    {
      match: new RegExp(
        `${queue}to=<(?<to>[^>]*)>,(?: orig_to=<(?<orig_to>[^>]*)>,)? relay=(?<relay>[^\\[,\\s]{0,255})(?:\\[(?<dst_ip>[^\\]]+)\\](?::(?<dst_port>\\d+))?)?(?:, conn_use=\\d+)?(?:, delay=(?<delay>[\\d.]+))?(?:, delays=(?<delays>[\\d./]+))?(?:, dsn=(?<dsn>[\\d.]+))?, status=(?<status>\\w+)(?: \\((?<reason>.*)\\))?`,
      ),
      ...network.letterSent,
    },
    { match: new RegExp(`${queue}uid=(?<uid>\\d+) from=<(?<from>[^>]*)>`), ...network.letterReceived },
    { match: new RegExp(`${queue}(?<what>removed)`), ...network.letterDone },
    {
      match: new RegExp(`^(?<queue>NOQUEUE|[0-9A-Za-z]{5,20}): ${refusal}${client}: ${replied}${envelope}`),
      ...network.letterRefused,
    },
    {
      match: new RegExp(
        `^warning: ${client}: SASL (?<method>\\S+) authentication failed:? ?(?<reason>[^,]{0,255})(?:, sasl_username=(?<user>[^,\\s]{1,255}))?`,
      ),
      ...logins.failed,
    },
    {
      match: new RegExp(
        `^warning: (?<what>non-SMTP command|Illegal address syntax|Connection (?:rate|concurrency) limit exceeded:? ?[\\d.]{0,10}|hostname \\S{1,255} does not resolve to address|numeric hostname|TLS library problem|[^\\[]{1,64}) from ${client}(?:: (?<command>.*))?`,
      ),
      ...network.mail,
      activity: 'mail protocol misused',
    },
    {
      match: /^warning: hostname (?<src_host>\S{1,255}) does not resolve to address (?<src_ip>[0-9A-Fa-f.:]{2,45})/,
      ...network.mail,
      activity: 'name of client does not fit its address',
    },
    {
      match: new RegExp(
        `^(?<state>connect|disconnect|lost connection after [\\w-]{1,32}(?: \\([^)]{0,64}\\))?|timeout after [\\w-]{1,32}(?: \\([^)]{0,64}\\))?|too many errors after [\\w-]{1,32}(?: \\([^)]{0,64}\\))?|improper command pipelining after [\\w-]{1,32}|SSL_accept error) from ${client}(?: (?<counts>.*))?`,
      ),
      ...network.mail,
    },
    {
      match:
        /^(?<state>CONNECT|DISCONNECT|HANGUP|PREGREET|PASS NEW|PASS OLD|DNSBL|COMMAND \w{1,16} LIMIT|BARE NEWLINE|NON-SMTP COMMAND|WHITELISTED|ALLOWLISTED|BLACKLISTED|DENYLISTED)(?: rank (?<rank>\d+)| [\d.]{1,12}(?: after [\d.]{1,12})?)?(?: (?:from|for|after [\d.]{1,12} from))? \[(?<src_ip>[^\]]{1,64})\]:(?<src_port>\d{1,5})(?: to \[(?<dst_ip>[^\]]{1,64})\]:(?<dst_port>\d{1,5}))?(?:[ :] ?(?<said>.*))?/,
      ...network.mail,
    },
    {
      match: new RegExp(
        `^(?:Anonymous|Trusted|Untrusted|Verified) TLS connection established (?<direction>from|to) ${client}: (?<tls>.*)`,
      ),
      ...network.mail,
      activity: 'TLS agreed',
    },
    { match: /^statistics: (?<what>.*)/, ...network.mail, activity: 'mail statistics' },
  ],
  ocsf: { ...letterOcsf, auth_protocol: ['method', 'sasl_method'] },
}

/** Filters that name letter, people and attachment in the words of Postfix; OpenDKIM, Amavis and rspamd in their own. */
export const mailFilters: Program = {
  names: [
    'attachment-filter',
    'amavis',
    'rspamd',
    'mimedefang',
    'opendkim',
    'opendmarc',
    'spamd',
    'postgrey',
    'policyd-spf',
    'milter-greylist',
  ],
  logsource: linux('syslog'),
  phrases: [
    {
      match:
        /^(?<queue>[0-9A-Za-z]{5,20}): from=<(?<from>[^>]*)> to=<(?<to>[^>]*)> attachment="(?<file>[^"]*)" verdict=(?<verdict>\S+)/,
      activity: 'attachment looked at',
      class_uid: ocsfClass.fileActivity,
    },
    {
      match:
        /^(?:\([\w-]{1,32}\) )?(?<verdict>Passed|Blocked) (?<category>[\w-]{1,32})(?: \((?<virus>[^)]{0,255})\))?(?: \{[^}]{0,255}\})?,.{0,255}?\[(?<src_ip>[0-9A-Fa-f.:]{2,64})\].{0,128}?<(?<from>[^>]{0,512})> -> <(?<to>[^>]{0,512})>/,
      ...network.letterReceived,
      activity: 'letter looked at',
    },
    {
      match: /^(?:spamd: )?(?:result: |identified |clean message )(?<verdict>[\w ]{0,16}?) ?\(?(?<score>-?[\d.]{1,12})/,
      ...network.letterReceived,
      activity: 'letter looked at',
    },
    {
      match:
        /^action=(?<action>\w+), reason=(?<reason>[^,]{0,255}),(?:.{0,255}?)client_name=(?<src_host>[^,\s]{0,255}), client_address=(?<src_ip>[^,\s/]{2,64})(?:\/\d+)?(?:, sender=(?<from>[^,\s]{0,512}))?(?:, recipient=(?<to>[^,\s]{0,512}))?/,
      ...network.letterReceived,
      activity: 'letter looked at',
    },
  ],
  ocsf: letterOcsf,
}

const attempt = '^(?:(?<protocol>[\\w-]{1,32})-login: )?(?:(?<level>Info|Error|Warning|Debug): )?'
const details =
  '(?: \\((?<reason>[^)]{0,255})\\))?: (?:user=<(?<user>[^>]{0,255})>)?(?:, )?(?:method=(?<method>[\\w-]{1,32}), )?rip=(?<src_ip>[^,\\s]{2,64})(?:, lip=(?<dst_ip>[^,\\s]{2,64}))?(?:, rport=(?<src_port>\\d{1,5}))?(?:, lport=(?<dst_port>\\d{1,5}))?(?:, mpid=(?<mpid>\\d{1,10}))?(?:, (?<tls>TLS[^,]{0,128}|secured))?(?:, session=<(?<session>[^>]{1,64})>)?'
const backend =
  '^(?:auth(?:-worker)?(?:\\(\\d{1,10}\\))?|auth): (?:(?<level>Info|Error|Warning|Debug): )?(?:conn unix:[^:]{1,128}: )?(?:auth-worker<\\d{1,10}>: )?(?<backend>sql|pam|passwd-file|passwd|shadow|ldap|static|dict|lua|oauth2|checkpassword|policy)\\((?<user>[^,()]{0,255})(?:,(?<src_ip>[^,()<>]{1,64}))?(?:,[^)]{0,255})?\\): '

export const dovecot: Program = {
  names: ['dovecot', 'imap-login', 'pop3-login', 'managesieve-login', 'submission-login', 'imap', 'pop3', 'lmtp'],
  logsource: linux('syslog'),
  phrases: [
    { match: new RegExp(`${attempt}(?<result>Login)${details}`), ...logins.accepted },
    {
      match: new RegExp(
        `${attempt}(?<result>Aborted login|Disconnected|Login aborted|Maximum number of connections|Auth process broken)(?:: [^(<]{0,255}?| by [^(<]{0,64}?)?${details}`,
      ),
      ...logins.failed,
    },
    {
      match: new RegExp(
        `${attempt}(?:Aborted login|Disconnected)\\b[^<]{0,255}<(?<user>[^>]{0,255})>.* rip=(?<src_ip>[^,\\s]+)(?:, lip=(?<dst_ip>[^,\\s]+))?`,
      ),
      ...logins.failed,
    },
    {
      match: new RegExp(
        `${backend}(?:(?<auth_func>pam_\\w{1,32}\\(\\)) failed: )?(?<reason>.*(?:mismatch|unknown user|invalid credentials|given password|failed|not allowed|denied).*)`,
        'i',
      ),
      ...logins.failed,
    },
    { match: new RegExp(`${backend}(?<what>.*)`, 'i'), ...logins.failed, activity: 'login judged', activity_id: 99 },
    {
      match:
        /^(?:(?<protocol>[\w-]{1,16})\((?<user>[^)]{1,255})\)(?:<\d{1,10}>)?(?:<[^>]{1,64}>)?: )(?:Info: )?(?:Disconnected|Logged out|Connection closed)(?:: (?<reason>[^:]{0,128}?))?(?: in=(?<in>\d+) out=(?<out>\d+))?/,
      ...logins.closed,
    },
    {
      match:
        /^(?:lmtp|lda|deliver)\((?<user>[^)]{1,255})\)(?:<\d{1,10}>)?(?:<[^>]{1,64}>)?: (?:sieve: )?msgid=(?:<?(?<message_id>[^>:]{0,512})>?): (?<what>.*)/,
      ...network.letterDone,
    },
  ],
  files: [
    {
      head: /^(?<when>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (?=(?:auth|imap-login|pop3-login|managesieve-login|lmtp|imap|pop3|master|config)(?:\([^)]{1,255}\))?: (?:Info|Error|Warning|Debug|Fatal): )/,
      time: bsdTime,
    },
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?=(?:auth|imap-login|pop3-login|managesieve-login|lmtp|imap|pop3|master|config)(?:\([^)]{1,255}\))?: (?:Info|Error|Warning|Debug|Fatal): )/,
      time: isoTime,
    },
  ],
  ocsf: { auth_protocol: ['method', 'protocol'], 'session.uid': 'session', status_detail: 'reason' },
}
