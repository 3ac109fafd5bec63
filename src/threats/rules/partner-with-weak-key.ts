// A partner comes in with a shared secret.
import { anyAtLeast } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const partnerWithWeakKey: ThreatRule = {
  id: 'partner-with-weak-key',
  title: 'A partner comes in with a shared secret',
  stride: ['S'],
  linddun: [],
  cwe: ['CWE-308', 'CWE-798'],
  attack: ['T1199', 'T1078'],
  meaning: 'Another organisation begins connections to us and proves itself with a password or key that can be copied.',
  consequence: 'Who breaks in there, or finds the secret in their code, is let in here.',
  fix: 'Ask for a certificate of the partner, from named addresses only, and change the secret often.',
  seenBy: 'authentication log of the receiver: the partner from other addresses or at other hours',
  falsePositives: 'The secret is exchanged for a short-lived one at each call.',
  remedy: 'second-factor',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['allow-list', 'rate-limit'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const theirs = facts.isPartner(from.id) && !facts.isPartner(to.id) && !facts.isOutside(to.id)
      const weak = wordStrength(flow.authentication) === 'weak' || wordStrength(flow.authentication) === 'none'
      const worth =
        anyAtLeast(facts.held(to.id), 'integrity', 'high') || anyAtLeast(facts.held(to.id), 'confidentiality', 'high')
      return (
        theirs &&
        weak &&
        worth && { text: `${from.title} opens ${to.title} with ${flow.authentication}`, data: facts.held(to.id) }
      )
    }),
}
