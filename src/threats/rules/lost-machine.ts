// A machine that was left on a train.
import { among, atLeast, has, is } from '../facts.ts'
import { names } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const lostMachine: ThreatRule = {
  id: 'lost-machine',
  title: 'A machine that was left on a train',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-311', 'CWE-922'],
  attack: ['T1025', 'T1005'],
  meaning: 'A machine that people carry about keeps confidential data, and its disk is not encrypted.',
  consequence: 'Who finds or steals it reads the disk with a screwdriver.',
  fix: 'Encrypt the disk, and keep no more on it than is needed for the day.',
  seenBy: 'device management: machines not seen for days',
  falsePositives: 'The machine never leaves a locked room.',
  remedy: 'encrypt-disk',
  frequency: 'yearly',
  privilege: 'physical',
  harms: ['confidentiality'],
  slowedBy: ['pseudonymised', 'retention-limit'],
  find: (facts) =>
    facts.assets.flatMap((asset) => {
      const kept = facts.kept(asset.id).filter((one) => atLeast(one.confidentiality, 'medium'))
      const carried = among(asset, 'endpoint', 'mobile') || (among(asset, 'device') && is(asset, 'human-operated'))
      if (!carried || kept.length === 0 || has(asset, 'disk-encryption')) return []
      const text = `${asset.title} keep ${names(kept)} on disks that are not encrypted`
      return [
        {
          target: asset.id,
          data: kept,
          witness: {
            origin: 'physical' as const,
            start: asset.zone,
            assets: [asset.id],
            flows: [],
            people: [],
            trust: [],
            hops: 0,
            text,
          },
        },
      ]
    }),
}
