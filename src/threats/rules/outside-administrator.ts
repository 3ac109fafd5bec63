// An administrator who is not one of us.
import { among, has } from '../facts.ts'
import { onLogins } from '../finders.ts'
import { factorStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const outsideAdministrator: ThreatRule = {
  id: 'outside-administrator',
  title: 'An administrator who is not one of us',
  stride: ['E', 'S'],
  linddun: [],
  cwe: ['CWE-1357', 'CWE-269'],
  attack: ['T1199', 'T1078'],
  meaning: 'People of another organisation administer a machine of ours, and nothing records what they do.',
  consequence: 'Who takes their account, or works for them, does what they may, and it cannot be told afterwards.',
  fix: 'Let them in only for an appointment, through a bastion that records the session.',
  seenBy: 'authentication log: external accounts at other hours',
  falsePositives: 'Each session is recorded: write session-recording.',
  remedy: 'supplier',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'least-privilege', 'allow-list'],
  find: (facts) =>
    onLogins(
      facts,
      'partner',
      (person, use, asset) =>
        person.external &&
        use.as === 'admin' &&
        !has(asset, 'session-recording') &&
        !among(asset, 'saas') && {
          text: `${person.title}, not of our own, administer ${asset.title} with ${use.factor}`,
          at: asset.id,
          factors:
            factorStrength(use.factor) === 'strong'
              ? [{ name: 'factor', value: 0.3, why: `${use.factor} cannot be copied by a page` }]
              : [],
        },
    ),
}
