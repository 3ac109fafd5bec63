// From a container to its host.
import { among, has, is } from '../facts.ts'
import { onReached } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const containerToHost: ThreatRule = {
  id: 'container-to-host',
  title: 'From a container to its host',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-250', 'CWE-653'],
  attack: ['T1611', 'T1610'],
  meaning: 'Strangers speak to a container that runs foreign code or many tenants, and nothing is said to hold it in.',
  consequence: 'Whoever leaves the container is on the host, with all other containers.',
  fix: 'Run without root, with a read-only file system and a seccomp profile, and keep tenants on hosts of their own.',
  seenBy: 'kubernetes/audit; linux/auditd: mounts, ptrace, new namespaces',
  falsePositives: 'It runs in a virtual machine of its own: write isolation or sandbox.',
  remedy: 'isolate',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['hardened', 'least-privilege', 'patched-weekly'],
  find: (facts) =>
    onReached(
      facts,
      { from: ['internet', 'partner', 'workplace'], within: 1 },
      (asset) =>
        among(asset, 'container') &&
        is(asset, 'runs-foreign-code', 'many-tenants') &&
        !has(asset, 'isolation', 'sandbox', 'hardened') &&
        `${asset.title} runs what others wrote, and nothing is said to hold it in`,
    ),
}
