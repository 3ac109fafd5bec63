// One door behind which everything is open.
import { has, isCrownJewel } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import { isAdministration, wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const oneDoorToAll: ThreatRule = {
  id: 'one-door-to-all',
  title: 'One door behind which everything is open',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-1125', 'CWE-654'],
  attack: ['T1133', 'T1021.004'],
  meaning: 'Several critical machines are administered through one machine that faces the internet.',
  consequence: 'Who comes through this door administers all of them.',
  fix: 'Ask for passkeys or certificates there, record sessions, and let it through to one machine at a time.',
  seenBy: 'linux/sshd, linux/auditd on the door: new addresses, sessions at night, forwarding',
  falsePositives: 'It can be reached from a few addresses only: write allow-list.',
  remedy: 'strong-door',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['mfa', 'session-recording', 'hardened', 'patched-weekly', 'allow-list'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 0 }, (asset) => {
      const behind = facts
        .outOf(asset.id)
        .filter(isAdministration)
        .flatMap((flow) => facts.asset(flow.to) ?? [])
        .filter((one) => isCrownJewel(facts, one))
      const second =
        has(asset, 'mfa', 'allow-list') ||
        facts.into(asset.id).some(({ authentication }) => wordStrength(authentication) === 'second')
      const door = behind.length >= 2 && second && !has(asset, 'phishing-resistant-mfa')
      return (
        door && {
          text: `${names(behind)} are administered through ${asset.title}, which faces the internet`,
          data: behind.flatMap((one) => facts.kept(one.id)),
          assets: behind.map(({ id }) => id),
        }
      )
    }),
}
