// A machine with holes that stay.
import { among, has, is } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const cannotBePatched: ThreatRule = {
  id: 'cannot-be-patched',
  title: 'A machine with holes that stay',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-1104', 'CWE-1277'],
  attack: ['T1210'],
  meaning: 'A machine that is hard or impossible to patch can be reached from where attacks begin.',
  consequence: 'Each hole found in its software stays open for years.',
  fix: 'Put it behind a filter that lets through only what it needs, and watch that.',
  seenBy: 'suricata rules for the product; zeek/conn into and out of its zone',
  falsePositives: 'Its services are not reachable although the flow is declared.',
  remedy: 'isolate',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['integrity', 'availability'],
  slowedBy: ['allow-list', 'hardened', 'patched-monthly'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'partner', 'workplace'], within: 1 }, (asset, way) => {
      const stays = is(asset, 'hard-to-patch') && !is(asset, 'safety-critical') && !among(asset, 'network', 'security')
      return (
        stays &&
        !has(asset, 'isolation', 'patched-weekly') &&
        `${asset.title}, hard to patch, is reached from ${way.start}`
      )
    }),
}
