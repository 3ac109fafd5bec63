// Known holes that the internet can try.
import { among, has, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const unpatchedAtTheEdge: ThreatRule = {
  id: 'unpatched-at-the-edge',
  title: 'Known holes that the internet can try',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-1395', 'CWE-1104'],
  attack: ['T1190'],
  meaning: 'A machine that anybody can speak to is not said to be patched every week.',
  consequence: 'Holes in widely used software are tried everywhere within days of being known.',
  fix: 'Patch it within a week, and within two days when a hole is used already.',
  seenBy: 'category webserver; suricata rules of exploits; category process_creation below the service',
  falsePositives: 'It is patched by its provider: say so by its kind, or by the control patched-weekly.',
  remedy: 'patch',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['waf', 'hardened', 'isolation', 'patched-monthly', 'edr'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 0 }, (asset) => {
      const ours = !isSomebodyElses(asset) && !among(asset, 'cloud', 'storage', 'endpoint', 'network', 'security')
      return (
        ours &&
        !has(asset, 'patched-weekly') &&
        `anybody can speak to ${asset.title}, which is not said to be patched every week`
      )
    }),
}
