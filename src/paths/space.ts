// What an attacker can have, numbered: each kind of fact is a block of integers, so that a fact is one number.
import type { Facts } from './facts.ts'

export const factKinds = [
  'outside', // is on the internet: always true for who starts there
  'person', // is, or acts as, these people
  'code', // runs commands on a node as an ordinary user
  'admin', // controls a node fully
  'user', // is logged in to what a node serves
  'service', // can talk to what a node serves
  'shell', // can talk to a node's administration
  'inside', // can send packets within a zone
  'open', // has opened the firewall of a zone
  'secret', // holds a credential
  'read', // reads data where it lies or passes
  'taken', // has data outside
  'tampered', // has changed data
  'locked', // has made a node useless
  'gone', // has destroyed a backup
  'ransom', // holds data to ransom: nothing left to restore it from
  'stopped', // a business service stands still
] as const
export type FactKind = (typeof factKinds)[number]

export interface Space {
  readonly size: number
  fact(kind: FactKind, index?: number): number
  kindOf(fact: number): { readonly kind: FactKind; readonly index: number }
}

/** Numbers all facts of an estate. */
export function spaceOf(facts: Facts): Space {
  const { nodes, crowds, credentials, stores, estate } = facts
  const counts: Record<FactKind, number> = {
    outside: 1,
    person: crowds.length,
    code: nodes.length,
    admin: nodes.length,
    user: nodes.length,
    service: nodes.length,
    shell: nodes.length,
    inside: estate.zones.length,
    open: estate.zones.length,
    secret: credentials.length,
    read: stores.length,
    taken: estate.data.length,
    tampered: estate.data.length,
    locked: nodes.length,
    gone: stores.length,
    ransom: estate.data.length,
    stopped: estate.services.length,
  }
  const starts: Record<FactKind, number> = { ...counts }
  let size = 0
  for (const kind of factKinds) {
    starts[kind] = size
    size += counts[kind]
  }
  return {
    size,
    fact: (kind, index = 0) => starts[kind] + index,
    kindOf(fact) {
      const kind = factKinds.findLast((one) => starts[one] <= fact && counts[one] > 0) ?? 'outside'
      return { kind, index: fact - starts[kind] }
    },
  }
}

/** A fact in words: what the attacker then has. */
export function factText(facts: Facts, space: Space, fact: number): string {
  const { kind, index } = space.kindOf(fact)
  return words[kind](facts, index)
}

const node = ({ nodes }: Facts, index: number) => nodes[index]?.name ?? ''
const zone = ({ estate }: Facts, index: number) => estate.zones[index]?.id ?? ''
const data = ({ estate }: Facts, index: number) => estate.data[index]?.id ?? ''
const store = (facts: Facts, index: number) => {
  const at = facts.stores[index]
  return `${data(facts, at?.data ?? -1)} on ${node(facts, at?.node ?? -1)}`
}

const words: Record<FactKind, (facts: Facts, index: number) => string> = {
  outside: () => 'is on the internet',
  person: (facts, index) => `acts as ${facts.crowds[index]?.title ?? ''}`,
  code: (facts, index) => `runs commands on ${node(facts, index)}`,
  admin: (facts, index) => `controls ${node(facts, index)}`,
  user: (facts, index) => `is logged in to ${node(facts, index)}`,
  service: (facts, index) => `can talk to ${node(facts, index)}`,
  shell: (facts, index) => `can reach the administration of ${node(facts, index)}`,
  inside: (facts, index) => `sends packets within ${zone(facts, index)}`,
  open: (facts, index) => `has opened the firewall of ${zone(facts, index)}`,
  secret: (facts, index) => `holds ${facts.credentials[index]?.title ?? ''}`,
  read: (facts, index) => `reads ${store(facts, index)}`,
  taken: (facts, index) => `has ${data(facts, index)} outside`,
  tampered: (facts, index) => `has changed ${data(facts, index)}`,
  locked: (facts, index) => `has made ${node(facts, index)} useless`,
  gone: (facts, index) => `has destroyed the backup of ${store(facts, index)}`,
  ransom: (facts, index) => `holds ${data(facts, index)} to ransom`,
  stopped: (facts, index) => `has stopped ${facts.estate.services[index]?.id ?? ''}`,
}
