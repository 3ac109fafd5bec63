// A Linux firewall as it runs: `nft -j list ruleset`, with `ip -j addr` and `ip -j route` beside it for its networks.
import { type Issue, no, ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { toPort } from '../kinds.ts'
import { contains, isPrivate, networkOf, networkText } from '../networks.ts'
import type { Source } from '../sources.ts'
import { type Fields, isMap, mapOf, mapsOf, once, textOf } from '../values.ts'
import { draftOf, type Importer, internetOf } from './importer.ts'
import { chainsOf, hooksOf, nftRule, type NftRule, setsOf } from './nft-rules.ts'

type Part = 'ruleset' | 'addresses' | 'routes'

function partOf(value: unknown): Part | undefined {
  if (isMap(value) && Array.isArray(value['nftables'])) return 'ruleset'
  const [first] = mapsOf(value)
  if (first && ('ifname' in first || 'addr_info' in first)) return 'addresses'
  return first && 'dst' in first && ('dev' in first || 'gateway' in first || 'type' in first) ? 'routes' : undefined
}

export const nftables: Importer = {
  name: 'nftables',
  title: 'nftables',
  reads: '`nft -j list ruleset`, with `ip -j addr` and `ip -j route` of the same machine as files beside it',
  becomes:
    'networks of interfaces and routes → zones, the machine → an asset, rules that let pass → flows between the machines of these networks; rules that drop, jump or ask something else → notes',
  recognises: ({ form, documents }) => form !== 'xml' && documents.some(({ value }) => partOf(value) !== undefined),
  read(sources) {
    const documents = sources.flatMap((source) => source.documents)
    const wrong = documents.flatMap((document): Issue[] => {
      if (partOf(document.value) !== undefined) return []
      return [
        {
          code: 'wrong-type',
          severity: 'error',
          at: document.place([]),
          text: 'this is neither a ruleset nor addresses nor routes',
          help: 'give what nft -j list ruleset, ip -j addr and ip -j route print',
        },
      ]
    })
    if (wrong.length > 0) return no(wrong)
    const draft = draftOf('nftables', sources)
    draftFirewall(sources, draft)
    return ok(draft.finish())
  },
}

interface Side {
  readonly zone: string
  /** The asset that stands for the other machines there. */
  readonly machines: string
  readonly networks: readonly string[]
  readonly interface: string
}

interface Firewall {
  readonly draft: Drafting
  readonly self: string
  readonly sides: readonly Side[]
  /** Interfaces that lead to the internet. */
  readonly outward: readonly string[]
  readonly internet: ReturnType<typeof internetOf>
  readonly single: (address: string) => string
}

function draftFirewall(sources: readonly Source[], draft: Drafting): void {
  const values = sources.flatMap(({ documents }) => documents.map(({ value }) => value))
  const of = (part: Part) => values.filter((value) => partOf(value) === part)
  const objects = of('ruleset').flatMap((value) => mapsOf(mapOf(value)['nftables']))
  const links = of('addresses').flatMap(mapsOf)
  const routes = of('routes').flatMap(mapsOf)
  const internet = internetOf(draft)
  const sides = draftSides(links, routes, draft)
  const outward = once(
    routes
      .filter((route) => route['dst'] === 'default' || route['dst'] === '0.0.0.0/0')
      .map((route) => textOf(route['dev'])),
  )
  const own = links.flatMap((link) => mapsOf(link['addr_info']).map((one) => textOf(one['local']))).filter(reachable)
  const [home] = sides
  const zone = home?.zone ?? internet.zone()
  const self = draft.put('assets', {
    id: 'firewall',
    values: {
      title: 'This firewall',
      kind: 'linux-firewall',
      zone,
      addresses: own,
      criticality: 'high',
      internetFacing: outward.length > 0 ? true : undefined,
      tags: sides.slice(1).map((side) => tag('also-in', side.zone)),
    },
  })
  const single = singlesOf(sides, internet, draft)
  draftRules(objects, { draft, self, sides, outward, internet, single })
}

const reachable = (address: string): boolean => {
  const network = networkOf(address)
  return network !== undefined && !local.some((one) => contains(one, network))
}
const local = ['127.0.0.0/8', '::1', 'fe80::/10', '169.254.0.0/16'].flatMap((text) => networkOf(text) ?? [])

/** A zone for each interface with a network, and for each network behind a router. */
function draftSides(links: readonly Fields[], routes: readonly Fields[], draft: Drafting): Side[] {
  draft.see('interfaces', links.length)
  const near = links.flatMap((link): Side[] => {
    const name = textOf(link['ifname'])
    const networks = mapsOf(link['addr_info'])
      .filter((one) => reachable(textOf(one['local'])))
      .flatMap((one) => networkOf(`${textOf(one['local'])}/${textOf(one['prefixlen'])}`) ?? [])
      .filter((network) => network.prefix > 0)
      .map(networkText)
    if (networks.length === 0) {
      draft.note(`interface ${name || '?'} has no network of its own`, 'interfaces')
      return []
    }
    return [
      sideOf(
        { of: 'interfaces', id: `network-${name}`, title: `Network of ${name}`, networks, interface: name },
        draft,
      ),
    ]
  })
  draft.see('routes', routes.length)
  const known = new Set(near.flatMap(({ networks }) => networks))
  const far = routes.flatMap((route): Side[] => {
    const target = textOf(route['dst'])
    const network = networkOf(target)
    const text = network && networkText(network)
    if (text === undefined || known.has(text) || !('gateway' in route)) {
      draft.note(`route to ${target || '?'} by ${textOf(route['gateway']) || textOf(route['dev']) || '?'}`, 'routes')
      return []
    }
    known.add(text)
    return [
      sideOf(
        {
          of: 'routes',
          id: `network-${target}`,
          title: `Network ${target} behind ${textOf(route['gateway'])}`,
          networks: [text],
          interface: textOf(route['dev']),
        },
        draft,
      ),
    ]
  })
  return [...near, ...far]
}

interface NewSide {
  readonly of: string
  readonly id: string
  readonly title: string
  readonly networks: readonly string[]
  readonly interface: string
}
function sideOf({ of, id, title, networks, interface: name }: NewSide, draft: Drafting): Side {
  const zone = draft.put('zones', { of, id, values: { title, trust: 50, cidrs: networks } })
  const shared = networks.filter((text) => !/\/(32|128)$/.test(text))
  const machines = draft.put('assets', {
    id: `${zone}-machines`,
    values: { title: `Machines of ${title}`, kind: 'machines', zone, addresses: shared, criticality: 'low' },
  })
  return { zone, machines, networks, interface: name }
}

/** Assets for single addresses and networks that rules name. */
function singlesOf(
  sides: readonly Side[],
  internet: ReturnType<typeof internetOf>,
  draft: Drafting,
): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const network = networkOf(text)
    const side = network && sides.find(({ networks }) => networks.some((one) => holds(one, text)))
    const whole = side?.networks.some((one) => holds(text, one)) ?? false
    if (!network || network.prefix === 0) return internet.clients()
    if (side && whole) return side.machines
    const zone = side?.zone ?? (isPrivate(network) ? sides[0]?.zone : undefined) ?? internet.zone()
    const id =
      known.get(text) ??
      draft.put('assets', {
        id: `host-${text.replace(/\/(32|128)$/, '')}`,
        values: { title: text, kind: text.includes('/') ? 'machines' : 'server', zone, addresses: [text] },
      })
    known.set(text, id)
    return id
  }
}
const holds = (outer: string, inner: string): boolean => {
  const [a, b] = [networkOf(outer), networkOf(inner)]
  return a !== undefined && b !== undefined && contains(a, b)
}

function draftRules(objects: readonly Fields[], firewall: Firewall): void {
  const { draft } = firewall
  const sets = setsOf(objects)
  const hooks = hooksOf(objects)
  const rules = objects.flatMap((object) => (isMap(object['rule']) ? [nftRule(object['rule'], sets)] : []))
  for (const part of ['table', 'chain', 'set', 'map', 'flowtable', 'ct helper', 'counter', 'quota', 'limit'] as const) {
    const some = objects.filter((object) => part in object).map((object) => mapOf(object[part]))
    draft.see(`${part}s`, some.length)
    if (some.length > 0)
      draft.note(
        `${part}s: ${some
          .slice(0, 12)
          .map((one) => textOf(one['name']))
          .join(', ')}${some.length > 12 ? ', …' : ''}`,
        `${part}s`,
        some.length,
      )
  }
  for (const [key, { hook, policy }] of chainsOf(objects))
    if (policy !== '')
      draft.note(`chain ${key}: what no rule of ${hook} decides is ${policy === 'accept' ? 'let pass' : 'dropped'}`)
  draft.see('rules', rules.length)
  for (const rule of rules) draftRule(rule, hooks.get(`${rule.table} ${rule.chain}`) ?? [], firewall)
}

const nameOf = (rule: NftRule): string =>
  `${rule.table} ${rule.chain}${rule.handle === '' ? '' : ` handle ${rule.handle}`}${rule.comment === '' ? '' : ` (${rule.comment})`}`
const mostFlows = 200

function draftRule(rule: NftRule, hooks: readonly string[], firewall: Firewall): void {
  const { draft } = firewall
  const told = (why: string) => draft.note(`rule ${nameOf(rule)} ${why}`, 'rules')
  if (rule.verdict !== 'accept')
    return told(
      rule.verdict === 'drop'
        ? 'drops'
        : rule.verdict === 'jump'
          ? 'leads to another chain'
          : 'decides nothing about passing',
    )
  if (rule.established) return told('lets pass what belongs to connections that are there already')
  if (rule.inputs.includes('lo') || rule.outputs.includes('lo')) return told('is about the machine alone')
  const pairs = hooks.flatMap((hook) => pairsOf(rule, hook, firewall)).filter(({ from, to }) => from !== to)
  if (pairs.length === 0) return told('joins nobody who is known here')
  const ports = rule.ports.length > 0 ? rule.ports : [{ port: 0, text: '' }]
  const flows = pairs.flatMap((pair) => ports.map((port) => ({ ...pair, ...port })))
  for (const [index, { from, to, port, text }] of flows.slice(0, mostFlows).entries()) {
    const transport = rule.transport === '' ? 'ip' : rule.transport
    const values = {
      ...toPort(port, transport),
      ...(port === 0 ? { protocol: transport, port: 0 } : {}),
      authentication: 'unknown',
      purpose: rule.comment,
      tags: rule.unread ? ['asks-more'] : [],
    }
    draft.flow({
      of: index === 0 ? 'rules' : undefined,
      from,
      to,
      label: [transport, text].filter(Boolean).join(' '),
      values,
      remarks: [nameOf(rule)],
    })
  }
  if (flows.length > mostFlows) draft.note(`rule ${nameOf(rule)} joins ${flows.length} pairs; ${mostFlows} are written`)
}

interface Pair {
  readonly from: string
  readonly to: string
}

function pairsOf(rule: NftRule, hook: string, firewall: Firewall): Pair[] {
  const senders = () => endsOf(rule.sources, rule.inputs, firewall)
  const receivers = () => endsOf(rule.targets, rule.outputs, firewall)
  if (hook === 'input') return senders().map((from) => ({ from, to: firewall.self }))
  if (hook === 'output') return receivers().map((to) => ({ from: firewall.self, to }))
  if (hook === 'forward') return senders().flatMap((from) => receivers().map((to) => ({ from, to })))
  return []
}

/** Whom addresses mean, or else whoever is behind the interfaces; without either, everybody. */
function endsOf(
  addresses: readonly string[],
  interfaces: readonly string[],
  { sides, outward, internet, single }: Firewall,
): string[] {
  if (addresses.length > 0) return once(addresses.map(single))
  const matching = (name: string) =>
    interfaces.length === 0 ||
    interfaces.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name))
  const near = sides.filter((side) => matching(side.interface)).map(({ machines }) => machines)
  const far = outward.some(matching) || (interfaces.length === 0 && sides.length === 0) ? [internet.clients()] : []
  return once([...near, ...far])
}
