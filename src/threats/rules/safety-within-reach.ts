// A machine that people depend on, within reach.
import { has, is } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const safetyWithinReach: ThreatRule = {
  id: 'safety-within-reach',
  title: 'A machine that people depend on, within reach',
  stride: ['T', 'D'],
  linddun: [],
  cwe: ['CWE-653', 'CWE-1263'],
  attack: ['T0831', 'T0814', 'T1210'],
  meaning: 'A machine whose failure hurts people can be reached from an office or the internet.',
  consequence: 'A change or a standstill there is no longer a matter of data.',
  fix: 'Put it into a network of its own that lets out what it measures and lets nothing in.',
  seenBy: 'zeek/conn into its zone; suricata rules for industrial and medical protocols',
  falsePositives: 'What reaches it can only read.',
  remedy: 'isolate',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['integrity', 'availability'],
  slowedBy: ['allow-list', 'hardened', 'integrity-check'],
  find: (facts) =>
    onReached(
      facts,
      { from: ['internet', 'partner', 'workplace'], within: 3 },
      (asset, way) =>
        is(asset, 'safety-critical') && !has(asset, 'isolation') && `${asset.title} is reached from ${way.start}`,
    ),
}
