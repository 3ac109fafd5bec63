// A key that opens something better.
import { has, rank } from '../facts.ts'
import { onTrust } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const keyLeftLying: ThreatRule = {
  id: 'key-left-lying',
  title: 'A key that opens something better',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-522', 'CWE-798'],
  attack: ['T1552.004', 'T1021.004'],
  meaning: 'Credentials of an administrator are kept on a machine that is less trusted than what they open.',
  consequence: 'Who takes the lesser machine is administrator of the better one.',
  fix: 'Use certificates that last for a session, asked for by a person, instead of keys that stay.',
  seenBy: 'linux/sshd: logins with the key at other hours; category file_access on the key',
  falsePositives: 'The key can run one harmless command.',
  remedy: 'vault',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['edr', 'hardened', 'session-recording'],
  find: (facts) =>
    onTrust(facts, 2, (trust, from, to) => {
      const better = facts.trustOf(to.id) > facts.trustOf(from.id) || rank(to.criticality) > rank(from.criticality)
      const stays =
        trust.as === 'admin' && trust.factor !== 'passkey' && trust.factor !== 'none' && !has(from, 'secrets-vault')
      return (
        stays &&
        better && {
          text: `${from.title} keeps a ${trust.factor} that administers ${to.title}`,
          data: facts.held(to.id),
        }
      )
    }),
}
