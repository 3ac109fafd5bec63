// Administration that anybody can try.
import { among, has, is, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import { isAdministration, wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const administrationOnTheInternet: ThreatRule = {
  id: 'administration-on-the-internet',
  title: 'Administration that anybody can try',
  stride: ['E', 'S'],
  linddun: [],
  cwe: ['CWE-1125', 'CWE-308'],
  attack: ['T1133', 'T1110'],
  meaning: 'An interface for administration, or a shell, is open to the internet and not behind a second factor.',
  consequence: 'One password or one hole, and a stranger administers the machine.',
  fix: 'Take it off the internet, behind a VPN or bastion with a second factor.',
  seenBy: 'windows/security 4625, linux/sshd: failed logins from the internet; suricata scan rules',
  falsePositives: 'It can be reached from a few addresses only: write allow-list.',
  remedy: 'keep-inside',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['rate-limit', 'hardened', 'patched-weekly'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 0 }, (asset, way) => {
      const open =
        is(asset, 'admin-interface', 'remote-access') &&
        !isSomebodyElses(asset) &&
        !has(asset, 'phishing-resistant-mfa', 'mfa', 'allow-list')
      const by = facts.into(asset.id).filter((flow) => facts.isOutside(flow.from))
      const tried = by.filter((flow) => isAdministration(flow) || is(asset, 'admin-interface'))
      const strong =
        by.length > 0 &&
        tried.every(({ authentication }) => ['strong', 'second'].includes(wordStrength(authentication)))
      const gate = among(asset, 'network', 'security') && tried.length === 0
      return (
        open &&
        !strong &&
        !gate && { text: `${asset.title} can be administered from ${way.start}`, data: facts.held(asset.id) }
      )
    }),
}
