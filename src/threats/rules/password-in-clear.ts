// Passwords in the clear.
import { onFlows } from '../finders.ts'
import { isPassword } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const passwordInClear: ThreatRule = {
  id: 'password-in-clear',
  title: 'Passwords in the clear',
  stride: ['I', 'S'],
  linddun: [],
  cwe: ['CWE-523', 'CWE-319'],
  attack: ['T1040', 'T1078'],
  meaning: 'A login by password is sent over a connection that is not encrypted.',
  consequence: 'A password that is overheard once opens the receiver, and whatever else it is used for.',
  fix: 'Encrypt the connection, or log in with keys or certificates.',
  seenBy: 'network sensor: zeek/http, zeek/ftp and zeek/ldap with credentials; authentication log from a new address',
  falsePositives: 'The password is a challenge and response that cannot be replayed.',
  remedy: 'encrypt-flow',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['mfa', 'phishing-resistant-mfa'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) =>
      !flow.encrypted && from.id !== to.id && isPassword(flow.authentication)
        ? {
            text: `${from.title} logs in to ${to.title} with a ${flow.authentication} over ${flow.protocol} without encryption`,
            data: facts.held(to.id),
          }
        : undefined,
    ),
}
