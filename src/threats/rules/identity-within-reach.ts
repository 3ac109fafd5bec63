// Whoever vouches for everybody is within reach.
import { among, has, is, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const identityWithinReach: ThreatRule = {
  id: 'identity-within-reach',
  title: 'Whoever vouches for everybody is within reach',
  stride: ['S', 'E'],
  linddun: [],
  cwe: ['CWE-287', 'CWE-522'],
  attack: ['T1558', 'T1003.006', 'T1556'],
  meaning:
    'The machine that decides who everybody is can be reached from machines at which people read mail, and is not hardened.',
  consequence: 'Who takes it is anybody they like, everywhere, for as long as they like.',
  fix: 'Harden it, let it be administered only from machines of its own, and give administrators passkeys.',
  seenBy: 'windows/security 4768, 4769, 4662; okta/system: new factors and administrators',
  falsePositives: 'It is run by a provider that hardens it.',
  remedy: 'harden-identity',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'edr', 'patched-weekly'],
  find: (facts) =>
    onReached(
      facts,
      { from: ['internet', 'workplace'], within: 1 },
      (asset) =>
        is(asset, 'issues-credentials') &&
        among(asset, 'identity') &&
        !isSomebodyElses(asset) &&
        !has(asset, 'hardened') &&
        `${asset.title} vouches for everybody and is reached`,
    ),
}
