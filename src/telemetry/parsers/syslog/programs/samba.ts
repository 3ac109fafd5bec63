// Samba: logins as its auth log tells them, file access as the full_audit module writes it, connections to shares.
import { ocsfClass } from '#standards'
import type { OpenFields } from '../../parser.ts'
import { isoTime, longTime } from '../../times.ts'
import { files, logins } from '../acts.ts'
import { type Act, linux, type LogLine, type Phrase, type Program, type Reading, readPhrases, whoOf } from '../line.ts'

const logsource = linux('samba')
const smb = ocsfClass.smbActivity
const address = (name: string): string =>
  `\\[(?:ipv[46]:)?(?<${name}_ip>[0-9A-Fa-f.:]{2,45}?):(?<${name}_port>\\d{1,5})\\]`
const auth = new RegExp(
  `^(?:\\s{0,4})(?:Auth|Successful AuthZ): \\[(?<service>[^\\],]{0,64})(?:,(?<protocol>[^\\]]{0,64}))?\\] user \\[(?<domain_name>[^\\]]{0,255})\\]\\\\\\[(?<user>[^\\]]{0,255})\\](?: \\[S-[\\d-]{1,128}\\])? at \\[(?<at>[^\\]]{10,64})\\](?: with \\[(?<password_type>[^\\]]{0,64})\\])?(?: status \\[(?<status>[^\\]]{1,64})\\])?(?: workstation \\[(?<workstation>[^\\]]{0,255})\\])? [Rr]emote host (?:${address('src')}|\\[[^\\]]{0,255}\\])(?: (?:mapped to|became) \\[(?<mapped_domain>[^\\]]{0,255})\\]\\\\\\[(?<mapped_user>[^\\]]{0,255})\\](?:\\. ?| ))?(?:\\[[^\\]]{1,255}\\]\\. )?(?:local host ${address('dst')})?`,
)

function readAuth(text: string): Reading | undefined {
  const found = auth.exec(text)?.groups
  if (!found) return undefined
  const fields = Object.fromEntries(Object.entries(found).filter(([, value]) => value && value !== '(null)'))
  const act = (fields['status'] ?? 'NT_STATUS_OK') === 'NT_STATUS_OK' ? logins.accepted : logins.failed
  return { ...act, logsource, said: text, who: whoOf(fields), fields }
}

const operations: Readonly<Record<string, Act>> = {
  open: files.opened, openat: files.opened, create_file: files.opened, read: files.read, pread: files.read, pread_send: files.read, write: files.written,
  pwrite: files.written, pwrite_send: files.written, unlink: files.deleted, unlinkat: files.deleted, rmdir: files.deleted, rename: files.renamed,
  renameat: files.renamed, mkdir: files.created, mkdirat: files.created, chmod: files.attributes, fchmod: files.attributes, chown: files.attributes,
  connect: { activity: 'share connected', class_uid: smb, activity_id: 2 }, disconnect: { activity: 'share left', class_uid: smb, activity_id: 99 },
} // prettier-ignore
const audited =
  /^(?<prefix>(?:[^|]{0,255}\|){1,6})(?<operation>[a-z_]{3,32})\|(?<result>ok|fail[^|]{0,255})\|(?<rest>.*)$/s
const isAddress = /^(?:::ffff:)?(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{2,40})$/

/** User, address and share of a prefix, told apart by the address. */
function prefixOf(cells: readonly string[]): OpenFields {
  const at = cells.findIndex((cell) => isAddress.test(cell))
  const named: Record<string, string | undefined> = {
    user: cells[at === 0 ? 1 : 0],
    src_ip: at < 0 ? undefined : cells[at]?.replace('::ffff:', ''),
    share: cells.findLast((_, n) => n > at && n > (at === 0 ? 1 : 0)),
  }
  const fields: OpenFields = {}
  for (const [key, value] of Object.entries(named)) if (value !== undefined) fields[key] = value
  return fields
}

/** `ada|192.0.2.4|share|open|ok|r|docs/x.txt`: what stands before the operation is chosen by full_audit:prefix, mostly user and address. */
function readAudit(text: string): Reading | undefined {
  const { operation = '', result = '', prefix = '', rest = '' } = audited.exec(text)?.groups ?? {}
  const act = operations[operation]
  if (!act) return undefined
  const before = prefix.split('|').slice(0, -1)
  const after = rest.split('|')
  const file = after.at(-1) ?? ''
  const fields: OpenFields = { operation, result, prefix: before.join('|'), file, ...prefixOf(before) }
  if (act === files.renamed && after.length > 1) fields['old'] = after.at(-2) ?? ''
  const outcome = result === 'ok' ? 'success' : 'failure'
  return { ...act, outcome, logsource, said: text, who: whoOf(fields), fields }
}

const phrases: readonly Phrase[] = [
  {
    match:
      /^\s{0,4}(?<src_host>\S{1,255}) \((?:ipv[46]:)?(?<src_ip>[0-9A-Fa-f.:]{2,45}?)(?::(?<src_port>\d{1,5}))?\) (?:signed )?(?<what>connect to|closed connection to) service (?<share>\S{1,255})(?: initially as user (?<user>\S{1,255}))?/,
    activity: 'share connected or left',
    class_uid: smb,
    activity_id: 99,
  },
  {
    match:
      /check_ntlm_password: {1,2}Authentication for user \[(?<user>[^\]]{0,255})\] -> \[(?<mapped_user>[^\]]{0,255})\] FAILED with error (?<status>\S{1,64})/,
    ...logins.failed,
  },
  {
    match:
      /check_ntlm_password: {1,2}authentication for user \[(?<user>[^\]]{0,255})\] -> \[(?<mapped_user>[^\]]{0,255})\] -> \[[^\]]{0,255}\] succeeded/,
    ...logins.accepted,
  },
]

export const samba: Program = {
  names: ['smbd', 'smbd_audit', 'nmbd', 'samba', 'winbind', 'smb', 'samba-dcerpcd', 'rpcd_lsad'],
  logsource,
  read: ({ text }: LogLine) => readAuth(text) ?? readAudit(text) ?? readPhrases(phrases, text, logsource),
  files: [
    // smbd's two lines of a message, joined or apart: `[2026/03/02 14:01:02.123456,  3] ../source3/auth/auth.c:201(auth_check)`, then the text
    {
      head: /^\[(?<when>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?), {1,3}(?<level>\d{1,2})(?:, pid=(?<pid>\d{1,10})[^\]]{0,255})?\] {0,2}(?<source>\S{1,255}:\d{1,6}\([^)]{0,128}\))\s{0,8}/,
      time: isoTime,
    },
    {
      head: /^(?=\s{0,4}(?:Auth|Successful AuthZ): \[[^\]]{0,64}\] user \[.{0,600}? at \[(?<when>[^\]]{10,64})\])/,
      time: longTime,
    },
  ],
  ocsf: {
    auth_protocol: 'password_type',
    'user.domain': 'domain_name',
    'src_endpoint.name': 'workstation',
    status_code: 'status',
    share: 'share',
    'file.path': 'file',
  },
}
