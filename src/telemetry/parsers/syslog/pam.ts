// Lines of PAM modules, which any program may write: `pam_unix(sshd:session): session opened for user …`, and login tools' own words for the same.
import { accounts, logins } from './acts.ts'
import type { Phrase } from './line.ts'

const module = '^(?:(?<pam_module>pam_\\w{1,32})\\((?<pam_service>[^):]{1,64})(?::(?<pam_type>\\w{1,16}))?\\): )'
const phrase = (rest: string, act: Omit<Phrase, 'match'>): Phrase => ({ match: new RegExp(`${module}${rest}`), ...act })

export const pamPhrases: readonly Phrase[] = [
  phrase(
    'session opened for user (?<user>[^\\s(]+)(?:\\(uid=(?<uid>\\d+)\\))?(?: by (?<by>[^\\s(]*)(?:\\(uid=(?<by_uid>\\d+)\\))?)?',
    logins.opened,
  ),
  phrase('session closed for user (?<user>[^\\s(]+)', logins.closed),
  phrase(
    '?authentication failure; logname=(?<logname>\\S*) uid=(?<uid>\\d*) euid=(?<euid>\\d*) tty=(?<tty>\\S*) ruser=(?<ruser>\\S*) rhost=(?:(?<src_ip>[0-9A-Fa-f:.]+(?![^\\s]))|(?<src_host>\\S*))(?: +user=(?<user>\\S+))?',
    logins.failed,
  ),
  phrase('?check pass; user unknown', logins.unknownUser),
  phrase('user (?<user>\\S+) \\((?<uid>\\d+)\\) tally (?<tally>\\d+), deny (?<deny>\\d+)', logins.tooMany),
  phrase('Consecutive login failures for user (?<user>\\S+) account temporarily locked', accounts.locked),
  phrase('password changed for (?<user>\\S+)', accounts.password),
  phrase('account (?<user>\\S+) has expired', logins.refused),
  phrase('(?:expired password for user (?<user>\\S+)|password - )', logins.refused),
  phrase('access denied for user [`\'"]?(?<user>[^\'"`\\s]+)', logins.refused),
  phrase('(?:requirement "[^"]{0,255}" not met by user "(?<user>[^"]{0,255})")', logins.refused),
  phrase('(?:could not identify|unrecognized) (?:user|username)', logins.unknownUser),
  {
    match:
      /^session opened for user (?<user>[^\s(]+)(?:\(uid=(?<uid>\d+)\))?(?: by (?<by>[^\s(]*)(?:\(uid=(?<by_uid>\d+)\))?)?/,
    ...logins.opened,
  },
  { match: /^session closed for user (?<user>[^\s(]+)/, ...logins.closed },
  {
    match:
      /^\d+ more authentication failures?; logname=(?<logname>\S*) uid=(?<uid>\d*) euid=(?<euid>\d*) tty=(?<tty>\S*) ruser=(?<ruser>\S*) rhost=(?<src_ip>\S*)(?: +user=(?<user>\S+))?/,
    ...logins.failed,
  },
]
