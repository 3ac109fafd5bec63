// A store in the cloud that is open.
import { among, atLeast } from '../facts.ts'
import { names, onReached } from '../finders.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const openBucket: ThreatRule = {
  id: 'open-bucket',
  title: 'A store in the cloud that is open',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-732', 'CWE-284'],
  attack: ['T1530'],
  meaning: 'Objects in the cloud are handed to callers from outside.',
  consequence: 'Lists of open stores are searched all day; what is in one is copied and sold.',
  fix: 'Forbid public access for the whole account, and hand out links that last for minutes.',
  seenBy: 'aws/cloudtrail GetObject without a user; access log of the store',
  falsePositives: 'Everything in it is meant to be public.',
  remedy: 'keep-inside',
  frequency: 'quarterly',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['disk-encryption', 'allow-list'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 0 }, (asset) => {
      const kept = facts.kept(asset.id).filter((one) => atLeast(one.confidentiality, 'medium'))
      const by = facts.into(asset.id).filter(({ from }) => facts.isOutside(from))
      const open = asset.internetFacing || by.some(({ authentication }) => wordStrength(authentication) === 'none')
      return (
        among(asset, 'storage', 'cloud') &&
        open &&
        kept.length > 0 && { text: `${names(kept)} in ${asset.title} is open to the internet`, data: kept }
      )
    }),
}
