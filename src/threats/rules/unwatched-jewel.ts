// A crown jewel that nobody watches.
import { has, isCrownJewel, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const unwatchedJewel: ThreatRule = {
  id: 'unwatched-jewel',
  title: 'A crown jewel that nobody watches',
  stride: ['R'],
  linddun: [],
  cwe: ['CWE-778'],
  attack: ['T1562', 'T1070'],
  meaning: 'A machine that the organisation depends on can be reached by an attacker, and keeps no log.',
  consequence: 'The break-in is found by whoever buys the data.',
  fix: 'Record logins, changes and errors, and send them to where alerts are made.',
  seenBy: 'it would not be seen: that is the threat',
  falsePositives: 'Its provider watches it and tells us: write logging.',
  remedy: 'log',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['redundancy'],
  find: (facts) =>
    onReached(
      facts,
      { from: ['internet', 'partner', 'workplace'], within: 3 },
      (asset) =>
        isCrownJewel(facts, asset) &&
        asset.logs.length === 0 &&
        !has(asset, 'logging', 'session-recording') &&
        !isSomebodyElses(asset) && { text: `${asset.title} matters most, is reached, and keeps no log` },
    ),
}
