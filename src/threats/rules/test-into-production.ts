// A test system that reaches production.
import { isStore, isWorkplace } from '../facts.ts'
import { onFlows } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const testIntoProduction: ThreatRule = {
  id: 'test-into-production',
  title: 'A test system that reaches production',
  stride: ['E', 'I'],
  linddun: [],
  cwe: ['CWE-653', 'CWE-1188'],
  attack: ['T1210', 'T1078'],
  meaning: 'A system that is not production speaks to one that is.',
  consequence: 'What is half built, half patched and open to many is a way to what is real.',
  fix: 'Cut the connection; give tests their own copy without real names.',
  seenBy: 'zeek/conn and firewall log between the two zones',
  falsePositives: 'The system is production in all but name.',
  remedy: 'segment',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['isolation', 'allow-list'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const production = (name: string) => /^(|prod|production|live)$/i.test(name)
      if (production(from.environment) || !production(to.environment) || facts.isOutside(from.id) || isWorkplace(from))
        return undefined
      if (!isStore(to) && facts.kept(to.id).length === 0 && !isAdministration(flow)) return undefined
      return { text: `${from.title} (${from.environment}) speaks to ${to.title} (production)`, data: facts.held(to.id) }
    }),
}
