// A supplier who may come in.
import { among, has, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const supplierComesIn: ThreatRule = {
  id: 'supplier-comes-in',
  title: 'A supplier who may come in',
  stride: ['E', 'S'],
  linddun: [],
  cwe: ['CWE-1357'],
  attack: ['T1199', 'T1133'],
  meaning: 'Another organisation begins connections to a machine of ours, to maintain it or to exchange data.',
  consequence: 'Who breaks in there is in here, past the gate that keeps strangers out.',
  fix: 'Open the way only when asked for, to one machine, with a second factor, and record what is done.',
  seenBy: 'authentication log and zeek/conn: the supplier at other hours or to other machines',
  falsePositives: 'Only data comes in, and it is checked.',
  remedy: 'supplier',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'isolation', 'allow-list', 'input-validation'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const comes =
        facts.isPartner(from.id) &&
        !facts.isPartner(to.id) &&
        !facts.isOutside(to.id) &&
        !among(to, 'proxy', 'security')
      return (
        comes &&
        (isAdministration(flow) || is(to, 'remote-access', 'admin-interface', 'vendor-managed')) &&
        !has(to, 'session-recording') && {
          text: `${from.title} may come in to ${to.title} over ${flow.protocol}`,
          data: facts.held(to.id),
        }
      )
    }),
}
