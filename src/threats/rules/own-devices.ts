// Confidential data on machines that are not ours.
import { atLeast, has, isWorkplace } from '../facts.ts'
import { names, onLogins } from '../finders.ts'
import { insideFactor } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const ownDevices: ThreatRule = {
  id: 'own-devices',
  title: 'Confidential data on machines that are not ours',
  stride: ['I', 'S'],
  linddun: [],
  cwe: ['CWE-1125', 'CWE-829'],
  attack: ['T1078', 'T1539', 'T1005'],
  meaning: 'People reach confidential data from devices of their own, which nobody looks after.',
  consequence: 'A program that steals sessions, a child or a thief has what the person may see.',
  fix: 'Let in only devices that are enrolled, or show the data without letting it leave the server.',
  seenBy: 'azure/signinlogs, okta/system: devices that are not managed',
  falsePositives: 'Only managed devices get in: write allow-list.',
  remedy: 'enrol-devices',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'dlp', 'sandbox'],
  find: (facts) =>
    onLogins(facts, 'internet', (person, _, asset) => {
      const worth = facts.held(asset.id).filter((one) => atLeast(one.confidentiality, 'high'))
      const ours = !person.external && !facts.isOutside(asset.id)
      const own = ours && person.habits.includes('uses-own-device') && !has(asset, 'allow-list') && !isWorkplace(asset)
      return (
        own &&
        worth.length > 0 && {
          text: `${person.title} reach ${names(worth)} on ${asset.title} from devices of their own`,
          at: person.id,
          data: worth,
          factors: insideFactor(facts, asset),
        }
      )
    }),
}
