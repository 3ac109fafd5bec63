// A workplace that speaks to a database itself.
import { among, anyAtLeast, isWorkplace } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const workplaceToDatabase: ThreatRule = {
  id: 'workplace-to-database',
  title: 'A workplace that speaks to a database itself',
  stride: ['E', 'I'],
  linddun: [],
  cwe: ['CWE-653', 'CWE-668'],
  attack: ['T1078', 'T1213'],
  meaning:
    'Machines at which people read mail ask a database directly, past the application that knows who may see what.',
  consequence: 'A program that came by mail reads the whole database with the rights of whoever opened it.',
  fix: 'Let people ask through the application, or through a bastion that records what they do.',
  seenBy: 'category database: queries by people and not by the application; zeek/conn',
  falsePositives: 'The database serves one person on one machine.',
  remedy: 'segment',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['edr', 'mfa', 'phishing-resistant-mfa', 'least-privilege', 'session-recording'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const kept = facts.kept(to.id)
      const direct = isWorkplace(from) && among(to, 'database', 'cache') && !isAdministration(flow)
      return (
        direct &&
        anyAtLeast(kept, 'confidentiality', 'medium') && { text: `${from.title} asks ${to.title} itself`, data: kept }
      )
    }),
}
