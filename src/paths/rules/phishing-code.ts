// A message that makes somebody start a program.
import { atLeastOne, crowdText, perSeat, personal } from './crowd.ts'
import { processes } from './logs.ts'
import { mailGuard } from './mail.ts'
import type { Rule } from './rule.ts'

/** One person opens the attachment of one campaign and lets it run. */
const opens = 0.02

export const phishingCode: Rule = {
  id: 'phishing-code',
  title: 'Sends mail whose attachment runs on {on}',
  technique: 'T1566.001',
  tactic: 'initial-access',
  skill: 'deception',
  does: 'Writes to people; one of them opens the attachment, which runs commands on their device.',
  seenBy: { ...processes, saas: ['m365/threat_management'], any: ['mail'] },
  less: { 'mail-filter': 0.4, edr: 0.4, 'allow-list': 0.15, sandbox: 0.5, 'least-privilege': 0.9, hardened: 0.7 },
  ground(facts, space, step) {
    const guard = mailGuard(facts)
    for (const crowd of facts.crowds) {
      const chance = personal(opens, crowd, 'opens-attachments')
      const people = perSeat(facts, crowd)
      for (const on of crowd.seats) {
        if (facts.nodes[on]?.is('reads-mail') !== true) continue
        const why = () => crowdText(chance, people, crowd.title)
        step(space.fact('code', on), [space.fact('outside')], { on, ...guard, base: atLeastOne(chance, people), why })
      }
    }
  },
}
