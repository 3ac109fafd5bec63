// One machine believes another.
import { onTrust } from '../finders.ts'
import { runsOn } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const trustWithoutSecret: ThreatRule = {
  id: 'trust-without-secret',
  title: 'One machine believes another',
  stride: ['S', 'E'],
  linddun: [],
  cwe: ['CWE-287', 'CWE-290'],
  attack: ['T1021', 'T1550'],
  meaning: 'A machine lets another one in without asking for anything.',
  consequence: 'Who takes one of the two has both.',
  fix: 'Ask for a key or certificate, and for a person where people are meant.',
  seenBy: 'authentication log: logins without a factor',
  falsePositives: 'The two are one machine.',
  remedy: 'authenticate',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['isolation', 'allow-list'],
  find: (facts) =>
    onTrust(
      facts,
      3,
      (trust, from, to) =>
        trust.factor === 'none' &&
        !runsOn(facts, from, to) && {
          text: `${to.title} lets ${from.title} in as ${trust.as} without any secret`,
          at: to.id,
          data: facts.held(to.id),
        },
    ),
}
