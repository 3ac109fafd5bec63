// Administered from where mail is read.
import { has, is, isCrownJewel, isWorkplace } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const administeredFromTheDesk: ThreatRule = {
  id: 'administered-from-the-desk',
  title: 'Administered from where mail is read',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-653', 'CWE-250'],
  attack: ['T1021', 'T1563'],
  meaning: 'Critical machines are administered from machines at which people browse and read mail.',
  consequence: 'A program that came by mail waits until somebody administers, and comes along.',
  fix: 'Administer from a machine that does nothing else, or through a bastion with a second factor for each session.',
  seenBy: 'windows/security 4624 type 10, linux/sshd: administrators from workplaces',
  falsePositives: 'The workplace is used for nothing but administration.',
  remedy: 'bastion-only',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['edr', 'mfa', 'phishing-resistant-mfa', 'session-recording'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const desk = isWorkplace(from) && isAdministration(flow) && !facts.isPartner(to.id) && !facts.isOutside(to.id)
      const worth = isCrownJewel(facts, to) || is(to, 'issues-credentials', 'builds-code', 'backs-up')
      return (
        desk &&
        worth &&
        !(is(to, 'remote-access') && has(to, 'mfa', 'phishing-resistant-mfa')) && {
          text: `${to.title} is administered from ${from.title} over ${flow.protocol}`,
          data: facts.held(to.id),
        }
      )
    }),
}
