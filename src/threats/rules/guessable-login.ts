// A login that the whole internet can try.
import { anyAtLeast, has } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministered } from '../looks.ts'
import { isPassword } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const guessableLogin: ThreatRule = {
  id: 'guessable-login',
  title: 'A login that the whole internet can try',
  stride: ['S'],
  linddun: [],
  cwe: ['CWE-308', 'CWE-307'],
  attack: ['T1110.003', 'T1110.004', 'T1078'],
  meaning: 'People log in from outside with nothing but a password.',
  consequence: 'Passwords that leaked elsewhere, or that many people choose, open accounts one by one.',
  fix: 'Offer and then require a second factor, best a passkey, and slow down repeated tries.',
  seenBy: 'web access log and authentication log: many names from one address, one name from many',
  falsePositives: 'A second factor is asked for behind this login.',
  remedy: 'second-factor',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['rate-limit', 'waf'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const login = isPassword(flow.authentication) && facts.isOutside(from.id)
      if (!login || isAdministered(to) || has(to, 'mfa', 'phishing-resistant-mfa')) return undefined
      if (
        !anyAtLeast(facts.carried(flow), 'confidentiality', 'medium') &&
        !anyAtLeast(facts.held(to.id), 'confidentiality', 'medium')
      )
        return undefined
      return { text: `${from.title} logs in to ${to.title} with ${flow.authentication} alone`, data: facts.held(to.id) }
    }),
}
