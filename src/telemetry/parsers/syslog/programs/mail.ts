// Mail: Postfix's steps of a letter, Dovecot's logins.
import { ocsfClass, ocsfSeverity } from '#standards'
import { linux, type Program } from '../line.ts'

const { base, authentication, networkActivity } = ocsfClass
const queue = '^(?<queue>[0-9A-Za-z]{5,20}): '

export const postfix: Program = {
  names: ['postfix'],
  logsource: linux('syslog'),
  phrases: [
    {
      match: new RegExp(
        `${queue}client=(?<client>[^\\[]{0,255})\\[(?<src_ip>[^\\]]+)\\](?:.*sasl_username=(?<user>[^,\\s]+))?`,
      ),
      activity: 'letter received',
      class_uid: networkActivity,
    },
    { match: new RegExp(`${queue}message-id=(?<message_id>.*)`), activity: 'letter queued', class_uid: base },
    {
      match: new RegExp(`${queue}from=<(?<from>[^>]*)>, size=(?<size>\\d+), nrcpt=(?<recipients>\\d+)`),
      activity: 'letter queued',
      class_uid: base,
    },
    {
      match: new RegExp(
        `${queue}to=<(?<to>[^>]*)>,(?: orig_to=<[^>]*>,)? relay=(?<relay>[^\\[,]{0,255})(?:\\[(?<dst_ip>[^\\]]+)\\]:(?<dst_port>\\d+))?.* status=(?<status>\\w+)`,
      ),
      activity: 'letter handed on',
      class_uid: networkActivity,
    },
    { match: new RegExp(`${queue}removed`), activity: 'letter done', class_uid: base },
    {
      match:
        /^(?<queue>NOQUEUE|[0-9A-Za-z]{5,20}): reject: (?<stage>\w+) from (?<client>[^\s[]{0,255})\[(?<src_ip>[^\]]+)\](?::\d+)?: (?<code>\d{3}) (?<reason>.{0,1024}?); from=<(?<from>[^>]*)>(?: to=<(?<to>[^>]*)>)?/,
      activity: 'letter refused',
      class_uid: networkActivity,
    },
    {
      match:
        /^warning: (?<client>[^\s[]{0,255})\[(?<src_ip>[^\]]+)\]: SASL (?<method>\S+) authentication failed(?:.*sasl_username=(?<user>[^,\s]+))?/,
      activity: 'login failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
    {
      match:
        /^(?<state>connect from|disconnect from|lost connection after \w+ from|timeout after \w+ from) (?<client>[^\s[]*)\[(?<src_ip>[^\]]+)\]/,
      activity: 'mail connection',
      class_uid: networkActivity,
    },
  ],
}

/** Filters that name letter, people and attachment in the words of Postfix. */
export const mailFilters: Program = {
  names: ['attachment-filter', 'amavis', 'rspamd', 'mimedefang', 'opendkim'],
  logsource: linux('syslog'),
  phrases: [
    {
      match:
        /^(?<queue>[0-9A-Za-z]{5,20}): from=<(?<from>[^>]*)> to=<(?<to>[^>]*)> attachment="(?<file>[^"]*)" verdict=(?<verdict>\S+)/,
      activity: 'attachment looked at',
      class_uid: ocsfClass.fileActivity,
    },
  ],
}

const attempt = '^(?:(?<protocol>[\\w-]{1,32})-login: )?(?:\\w{1,16}: )?'

export const dovecot: Program = {
  names: ['dovecot', 'imap-login', 'pop3-login'],
  logsource: linux('syslog'),
  phrases: [
    {
      match: new RegExp(`${attempt}Login: user=<(?<user>[^>]{0,255})>.* rip=(?<src_ip>[^,\\s]+)`),
      activity: 'login accepted',
      class_uid: authentication,
    },
    {
      match: new RegExp(
        `${attempt}(?:Aborted login|Disconnected)\\b[^<]{0,255}<(?<user>[^>]{0,255})>.* rip=(?<src_ip>[^,\\s]+)`,
      ),
      activity: 'login failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
    {
      match:
        /^auth.{0,255}?\b(?:sql|pam|passwd-file|passwd|ldap|static)\((?<user>[^,()]{0,255}),(?<src_ip>[^,()]{1,64})[^)]{0,255}\): .*(?:mismatch|unknown user)/i,
      activity: 'login failed',
      class_uid: authentication,
      severity_id: ocsfSeverity.low,
    },
  ],
}
