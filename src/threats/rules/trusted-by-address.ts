// Trusted because of where it stands.
import { onFlows } from '../finders.ts'
import { keepsForOthers } from '../looks.ts'
import { isAdministration, wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const trustedByAddress: ThreatRule = {
  id: 'trusted-by-address',
  title: 'Trusted because of where it stands',
  stride: ['S'],
  linddun: [],
  cwe: ['CWE-290'],
  attack: ['T1199', 'T1210'],
  meaning: 'A machine in a less trusted zone speaks to one in a more trusted zone that does not ask who it is.',
  consequence: 'Anything in the less trusted zone can say that it is that machine.',
  fix: 'Let the receiver ask for a certificate or a key of the machine.',
  seenBy: 'network sensor: zeek/conn for new senders in the same zone',
  falsePositives: 'The receiver does nothing with what it gets but answer.',
  remedy: 'authenticate',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['integrity'],
  slowedBy: ['isolation', 'allow-list', 'integrity-check'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const [low, high] = [facts.trustOf(from.id), facts.trustOf(to.id)]
      if (wordStrength(flow.authentication) !== 'none' || high - low < 15 || facts.isOutside(from.id)) return undefined
      if (flow.data.length === 0 || keepsForOthers(facts, to) || isAdministration(flow)) return undefined
      return `${to.title} (trust ${high}) takes data from anything that stands where ${from.title} stands (trust ${low})`
    }),
}
