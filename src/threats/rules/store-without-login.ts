// A data store that asks nobody who they are.
import { anyAtLeast } from '../facts.ts'
import { names, onFlows } from '../finders.ts'
import { keepsForOthers } from '../looks.ts'
import { wordStrength } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

/** Names, time and addresses are given to everybody; nothing that is kept goes out with them. */
const forEverybody = /^(dns|mdns|ntp|dhcp|icmp)/i

export const storeWithoutLogin: ThreatRule = {
  id: 'store-without-login',
  title: 'A data store that asks nobody who they are',
  stride: ['S', 'I', 'T'],
  linddun: [],
  cwe: ['CWE-306'],
  attack: ['T1190', 'T1213'],
  meaning: 'A machine that keeps data answers a caller without any login.',
  consequence: 'Whoever takes the caller over, or speaks in its place, reads and changes everything kept there.',
  fix: 'Give each caller an account of its own, with a certificate or a managed identity, and refuse all others.',
  seenBy: "the store's own log: connections without user; zeek/conn from unusual sources",
  falsePositives:
    'The data kept there is meant for everybody. Names, time and addresses (dns, ntp, dhcp) are no reason by themselves.',
  remedy: 'authenticate',
  frequency: 'yearly',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['isolation', 'allow-list'],
  find: (facts) =>
    onFlows(facts, (flow, from, to) => {
      const keeps = keepsForOthers(facts, to)
      const kept = facts.held(to.id)
      const worth = anyAtLeast(kept, 'confidentiality', 'medium') || anyAtLeast(kept, 'integrity', 'medium')
      if (!keeps || !worth || forEverybody.test(flow.protocol) || wordStrength(flow.authentication) !== 'none')
        return undefined
      return { text: `${from.title} reaches ${names(kept)} on ${to.title} without a login`, data: kept }
    }),
}
