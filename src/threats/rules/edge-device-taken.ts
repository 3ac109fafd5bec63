// The gate itself is taken.
import { among, has } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const edgeDeviceTaken: ThreatRule = {
  id: 'edge-device-taken',
  title: 'The gate itself is taken',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-1395', 'CWE-306'],
  attack: ['T1190', 'T1133'],
  meaning: 'A firewall, VPN or other gate faces the internet and is not said to be patched every week.',
  consequence:
    'Whoever takes the gate sees all that passes, changes what may pass, and stays unseen because nothing watches it.',
  fix: 'Patch within a week, take its administration off the internet, and send its log elsewhere.',
  seenBy: "the device's log: logins, changed configuration; suricata rules for the product",
  falsePositives: 'Its provider patches it, and that is watched.',
  remedy: 'patch',
  frequency: 'rare',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['hardened', 'mfa', 'phishing-resistant-mfa', 'patched-monthly'],
  find: (facts) =>
    onReached(
      facts,
      { from: ['internet'], within: 0 },
      (asset) =>
        among(asset, 'network', 'security') &&
        !has(asset, 'patched-weekly') &&
        `${asset.title} faces the internet and is not said to be patched every week`,
    ),
}
