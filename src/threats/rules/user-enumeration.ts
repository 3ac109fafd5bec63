// Anybody can ask who has an account.
import { among, has, is, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const userEnumeration: ThreatRule = {
  id: 'user-enumeration',
  title: 'Anybody can ask who has an account',
  stride: ['I'],
  linddun: ['detecting'],
  cwe: ['CWE-204', 'CWE-307'],
  attack: ['T1589', 'T1110.003'],
  meaning: 'The machine that knows every account can be asked by the whole internet as often as one likes.',
  consequence: 'Who is a patient, a customer or a colleague becomes known, and is the list for the next attack.',
  fix: 'Answer the same for accounts that exist and that do not, and slow down repeated questions.',
  seenBy: "the identity provider's log: many names from one address",
  falsePositives: 'The provider slows callers down: write rate-limit.',
  remedy: 'rate-limit',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'waf'],
  find: (facts) =>
    onReached(
      facts,
      { from: ['internet'], within: 0 },
      (asset) =>
        is(asset, 'issues-credentials') &&
        !has(asset, 'rate-limit') &&
        !isSomebodyElses(asset) &&
        among(asset, 'identity') &&
        `anybody may ask ${asset.title} about accounts as often as they like`,
    ),
}
