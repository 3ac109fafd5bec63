// A cloud account behind a key that can be copied.
import { among, has } from '../facts.ts'
import { onFlows, onTrust } from '../finders.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const cloudByKey: ThreatRule = {
  id: 'cloud-by-key',
  title: 'A cloud account behind a key that can be copied',
  stride: ['S', 'E'],
  linddun: [],
  cwe: ['CWE-308', 'CWE-798'],
  attack: ['T1078.004', 'T1552.001'],
  meaning: 'A machine steers the cloud account with a password or key that works from anywhere and for ever.',
  consequence: 'A key in a repository or a log, and a stranger builds, reads and deletes in our name.',
  fix: 'Use roles with tokens that last an hour, and a passkey for people.',
  seenBy: 'aws/cloudtrail, azure/activitylogs, gcp/audit: the key from elsewhere; new users and keys',
  falsePositives: 'The key works from our addresses only: write allow-list.',
  remedy: 'second-factor',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['allow-list', 'least-privilege'],
  find: (facts) => [
    ...onFlows(facts, (flow, from, to) =>
      among(to, 'cloud') && !has(to, 'phishing-resistant-mfa', 'mfa') && wordStrength(flow.authentication) === 'weak'
        ? { text: `${from.title} steers ${to.title} with ${flow.authentication}`, data: facts.held(to.id) }
        : undefined,
    ),
    ...onTrust(facts, 3, (trust, from, to) =>
      among(to, 'cloud') &&
      !has(to, 'phishing-resistant-mfa', 'mfa') &&
      trust.as === 'admin' &&
      ['password', 'key'].includes(trust.factor)
        ? { text: `${from.title} keeps a ${trust.factor} that steers ${to.title}`, at: to.id, data: facts.held(to.id) }
        : undefined,
    ),
  ],
}
