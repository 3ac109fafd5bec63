// Something that was plugged in.
import { among, has } from '../facts.ts'
import { onLogins } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const pluggedIn: ThreatRule = {
  id: 'plugged-in',
  title: 'Something that was plugged in',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-1263', 'CWE-829'],
  attack: ['T1091', 'T1200'],
  meaning: 'People plug media into machines that neither forbid nor watch it.',
  consequence: 'A found or given stick runs a program where no mail could have come.',
  fix: 'Allow only known media, and open foreign ones at a machine made for that.',
  seenBy: 'windows/driver-framework, linux/kernel: new devices; category process_creation from removable drives',
  falsePositives: 'Ports are closed: write allow-list.',
  remedy: 'protect-media',
  frequency: 'every few years',
  privilege: 'physical',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['edr', 'sandbox'],
  find: (facts) =>
    onLogins(
      facts,
      'physical',
      (person, _, asset) =>
        person.habits.includes('plugs-media') &&
        among(asset, 'endpoint', 'device', 'industrial', 'server') &&
        !has(asset, 'allow-list') && { text: `${person.title} plug media into ${asset.title}`, at: person.id },
    ),
}
