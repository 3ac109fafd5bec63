// Administration without a login.
import { among, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministration, wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const adminWithoutLogin: ThreatRule = {
  id: 'admin-without-login',
  title: 'Administration without a login',
  stride: ['E', 'S'],
  linddun: [],
  cwe: ['CWE-306'],
  attack: ['T1133', 'T1190'],
  meaning: 'An interface for administration, or a shell, can be had without a login.',
  consequence: 'Whoever reaches it is administrator.',
  fix: 'Ask for a login with a second factor, and bind the interface to the management network.',
  seenBy: 'linux/auditd, windows/security 4624; web access log of the interface',
  falsePositives: 'The flow only fetches a page that says how the machine is.',
  remedy: 'authenticate',
  frequency: 'quarterly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['allow-list', 'isolation'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) =>
      wordStrength(flow.authentication) === 'none' &&
      (isAdministration(flow) ||
        (is(to, 'admin-interface') && !is(to, 'public-service') && !among(from, 'management', 'security')))
        ? {
            text: `${from.title} administers ${to.title} over ${flow.protocol} without a login`,
            data: facts.held(to.id),
          }
        : undefined,
    ),
}
