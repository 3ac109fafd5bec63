// FTP servers: vsftpd, ProFTPD, Pure-FTPd, and the transfer log that all of them can write (xferlog).
import { isoTime, longTime } from '../../times.ts'
import { files, logins, network } from '../acts.ts'
import { linux, type Phrase, type Program } from '../line.ts'

const transferOcsf = { 'file.path': 'file', 'file.size': 'bytes', command: 'what' } as const
const front = '^(?:\\[pid (?<pid>\\d+)\\] )?(?:\\[(?<user>[^\\]]+)\\] )?'
const client = 'Client "(?<src_ip>[^"]{2,64})"'
const path = ', "(?<file>[^"]{0,1024})"(?:, (?<bytes>\\d+) bytes)?(?:, (?<rate>[\\d.]+)Kbyte/sec)?'

export const vsftpd: Program = {
  names: ['vsftpd'],
  logsource: linux('vsftpd'),
  phrases: [
    {
      match: new RegExp(`${front}(?<what>OK LOGIN): ${client}(?:, anon password "(?<anonymous>[^"]{0,255})")?`),
      ...logins.accepted,
    },
    { match: new RegExp(`${front}(?<what>FAIL LOGIN): ${client}`), ...logins.failed },
    { match: new RegExp(`${front}(?<what>CONNECT): ${client}(?:, "(?<said>[^"]{0,255})")?`), ...network.connected },
    { match: new RegExp(`${front}(?<what>OK DOWNLOAD): ${client}${path}`), ...files.downloaded },
    { match: new RegExp(`${front}(?<what>OK UPLOAD): ${client}${path}`), ...files.uploaded },
    { match: new RegExp(`${front}(?<what>FAIL \\w+): ${client}(?:${path})?`), ...files.transferFailed },
    {
      match: new RegExp(`${front}(?<what>OK (?:DELETE|RENAME|MKDIR|RMDIR|CHMOD)): ${client}(?:${path})?`),
      ...files.ftp,
    },
    {
      match: new RegExp(`${front}(?<what>FTP (?:response|command)): ${client}(?:, "(?<said>[^"]{0,1024})")?`),
      ...files.ftp,
    },
  ],
  files: [
    {
      head: /^(?<when>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}) (?=\[pid \d{1,10}\])/,
      time: longTime,
    },
  ],
  ocsf: transferOcsf,
}

const remote = '\\((?<src_host>[^\\s[(]{1,255})\\[(?<src_ip>[^\\]\\s]{2,64})\\]\\)(?::| -)? (?:- )?(?:\\S{1,64}: )?'
const server = `^(?:(?<server>[^\\s(]{1,255}) )?${remote}`
const proftpdPhrases: readonly Phrase[] = [
  {
    match: new RegExp(
      `${server}USER (?<user>.{0,255}?)(?: \\(Login failed\\))?: (?<reason>no such user found)(?: from \\S{1,255} \\[\\S{1,64}\\] to (?<dst>\\S{1,64}))?`,
    ),
    ...logins.unknownUser,
  },
  { match: new RegExp(`${server}USER (?<user>.{0,255}?) \\(Login failed\\): (?<reason>.*)`), ...logins.failed },
  { match: new RegExp(`${server}(?:USER|ANON) (?<user>.{0,255}?): Login successful`), ...logins.accepted },
  { match: new RegExp(`${server}Maximum login attempts \\(\\d+\\) exceeded`), ...logins.tooMany },
  {
    match: new RegExp(`${server}SECURITY VIOLATION: (?:Root login attempted|root login attempted)`),
    ...logins.refused,
  },
  { match: new RegExp(`${server}FTP session opened`), ...network.connected },
  {
    match: new RegExp(`${server}FTP (?:session closed|no transfer timeout|login timed out|session idle timeout)`),
    ...network.disconnected,
  },
  { match: new RegExp(`${server}(?<what>.*)`), ...files.ftp },
]
export const proftpd: Program = {
  names: ['proftpd', 'in.proftpd'],
  logsource: linux('proftpd'),
  phrases: proftpdPhrases,
  files: [
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?<host>\S{1,255}) (?<program>proftpd)\[(?<pid>\d{1,10})\]:? /,
      time: isoTime,
    },
  ],
  ocsf: { ...transferOcsf, status_detail: 'reason' },
}

const from =
  '^\\((?:[^)@]{0,255})@(?:(?<src_ip>\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{2,40})|(?<src_host>[^)\\s]{1,255}))\\) \\[(?<level>\\w{4,16})\\] '
const who = from.replace('(?:[^)@]', '(?:\\?|(?<user>[^)@]').replace('{0,255})@', '{1,255}))@')
export const pureFtpd: Program = {
  names: ['pure-ftpd', 'pure-ftpd-mysql', 'pureftpd'],
  logsource: linux('pure-ftpd'),
  phrases: [
    { match: new RegExp(`${from}Authentication failed for user \\[(?<user>[^\\]]{0,255})\\]`), ...logins.failed },
    { match: new RegExp(`${from}(?<user>.{0,255}?) is now logged in`), ...logins.accepted },
    { match: new RegExp(`${who}New connection from (?<client>\\S{1,255})`), ...network.connected },
    { match: new RegExp(`${who}Logout`), ...logins.closed },
    { match: new RegExp(`${who}(?<file>.{1,1024}) uploaded +\\((?<bytes>\\d+) bytes`), ...files.uploaded },
    { match: new RegExp(`${who}(?<file>.{1,1024}) downloaded +\\((?<bytes>\\d+) bytes`), ...files.downloaded },
    { match: new RegExp(`${who}(?:Deleted|Can't delete) \\[?(?<file>[^\\]]{1,1024})`), ...files.ftp, activity_id: 4 },
    { match: new RegExp(`${who}(?<what>.*)`), ...files.ftp },
  ],
  ocsf: transferOcsf,
}

/** `Mon Mar  2 14:01:02 2026 1 192.0.2.4 5120 /srv/x.txt b _ i r ada ftp 0 * c` */
export const xferlog: Program = {
  names: ['xferlog'],
  logsource: linux('ftp'),
  phrases: [
    {
      match:
        /^(?<seconds>\d{1,10}) (?:(?<src_ip>\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{2,40})|(?<src_host>\S{1,255})) (?<bytes>\d{1,20}) (?<file>.{1,1024}) (?<type>[ab]) (?<special>\S) (?<direction>i) (?<access>[agr]) (?<user>\S{1,255}) (?<service>\S{1,64}) (?<auth>[01]) (?<auth_user>\S{1,255}) (?<status>[ci])$/,
      ...files.uploaded,
    },
    {
      match:
        /^(?<seconds>\d{1,10}) (?:(?<src_ip>\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{2,40})|(?<src_host>\S{1,255})) (?<bytes>\d{1,20}) (?<file>.{1,1024}) (?<type>[ab]) (?<special>\S) (?<direction>[od]) (?<access>[agr]) (?<user>\S{1,255}) (?<service>\S{1,64}) (?<auth>[01]) (?<auth_user>\S{1,255}) (?<status>[ci])$/,
      ...files.downloaded,
    },
  ],
  files: [
    {
      head: /^(?<when>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}) (?=\d{1,10} \S{1,255} \d{1,20} .{1,1024} [ab] \S [iod] [agr] )/,
      time: longTime,
    },
  ],
  ocsf: transferOcsf,
}
