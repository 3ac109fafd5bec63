// A protocol made for a network of friends.
import { onFlows } from '../finders.ts'
import { isLegacyProtocol } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const oldProtocol: ThreatRule = {
  id: 'old-protocol',
  title: 'A protocol made for a network of friends',
  stride: ['S', 'T', 'I'],
  linddun: [],
  cwe: ['CWE-327', 'CWE-319'],
  attack: ['T1040', 'T1557', 'T1210'],
  meaning: 'A connection uses a protocol that knows no encryption and no real login.',
  consequence: 'Anybody near the way reads, changes or impersonates either end.',
  fix: 'Replace the protocol (SSH, SFTP, SNMPv3, TLS), or carry it through an encrypted tunnel.',
  seenBy: 'network sensor: zeek/conn by service; suricata policy rules for the protocol',
  falsePositives: 'The protocol is only used on a cable between two machines.',
  remedy: 'encrypt-flow',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['isolation'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) =>
      isLegacyProtocol(flow.protocol) && !flow.encrypted && from.id !== to.id
        ? { text: `${from.title} speaks ${flow.protocol} to ${to.title}`, data: facts.held(to.id) }
        : undefined,
    ),
}
