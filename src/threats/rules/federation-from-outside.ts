// Another organisation vouches for our administrators.
import { has } from '../facts.ts'
import { onTrust } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const federationFromOutside: ThreatRule = {
  id: 'federation-from-outside',
  title: 'Another organisation vouches for our administrators',
  stride: ['S', 'E'],
  linddun: [],
  cwe: ['CWE-287'],
  attack: ['T1199', 'T1484.002'],
  meaning: 'Credentials kept with another organisation open one of our machines as administrator.',
  consequence: 'Who takes them over is administrator here, by our own rules.',
  fix: 'Keep administrators in our own directory, or ask for a passkey of ours beside theirs.',
  seenBy: 'azure/auditlogs and okta/system: changes of federation; logins of their administrators',
  falsePositives: 'They may act only when asked, and each time is recorded: write session-recording.',
  remedy: 'supplier',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['session-recording', 'mfa', 'phishing-resistant-mfa', 'allow-list'],
  find: (facts) =>
    onTrust(
      facts,
      0,
      (trust, from, to) =>
        facts.isPartner(from.id) &&
        !facts.isPartner(to.id) &&
        trust.as === 'admin' &&
        !has(to, 'session-recording') && {
          text: `${from.title} keeps a ${trust.factor} that administers ${to.title}`,
          data: facts.held(to.id),
        },
    ),
}
