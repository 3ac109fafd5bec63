// Records for everybody.
import { atLeast } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const publicWithoutLogin: ThreatRule = {
  id: 'public-without-login',
  title: 'Records for everybody',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-306', 'CWE-862'],
  attack: ['T1190', 'T1530'],
  meaning: 'Somebody outside is given confidential data without a login.',
  consequence: 'The data is public, whether that was meant or not.',
  fix: 'Ask for a login before anything confidential is shown.',
  seenBy: 'web access log: answers with much data and no user',
  falsePositives: 'The flow carries the data towards us only, in a form that anybody may send.',
  remedy: 'authenticate',
  frequency: 'quarterly',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['rate-limit'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const worth = facts.carried(flow).filter((one) => atLeast(one.confidentiality, 'high'))
      const open = facts.isOutside(from.id) && wordStrength(flow.authentication) === 'none'
      return open && worth.length > 0 && `${to.title} gives ${names(worth)} to ${from.title} without a login`
    }),
}
