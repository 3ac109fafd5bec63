// Rules of security groups and cloud firewalls → flows between those whom they join.
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { toPort } from '../kinds.ts'
import { isAnywhere, networkOf } from '../networks.ts'
import { type Fields, isMap, mapsOf, once, textOf, textsOf, wholeOf } from '../values.ts'
import type { internetOf } from './importer.ts'
import type { Known, Resource } from './terraform-resources.ts'

export interface Cloud {
  readonly draft: Drafting
  readonly index: Known
  readonly assets: ReadonlyMap<Resource, string>
  readonly zones: ReadonlyMap<Resource, string>
  readonly internet: ReturnType<typeof internetOf>
  readonly machines: (network: string) => string
  /** Assets in a group, once they were looked up. */
  readonly members: Map<Resource, readonly string[]>
}

/** One rule in words that all providers share. */
interface Rule {
  readonly name: string
  readonly inwards: boolean
  readonly allows: boolean
  /** Assets that the rule protects. */
  readonly own: readonly string[]
  readonly networks: readonly string[]
  readonly others: readonly string[]
  readonly ports: readonly { readonly transport: string; readonly port: number; readonly text: string }[]
}

const noun = 'rules'
const mostFlows = 200

/** Drafts every rule. Groups without rules and without members become notes. */
export function draftRules(resources: readonly Resource[], cloud: Cloud): void {
  for (const resource of resources) {
    const rules = rulesOf(resource, cloud)
    if (resource.type.endsWith('_group')) {
      cloud.draft.see('groups of rules', 1)
      const members = membersOf(resource, cloud)
      for (const id of members)
        cloud.draft.amend('assets', id, { tags: [tag('group', textOf(resource.values['name']) || resource.name)] })
      if (members.length > 0) cloud.draft.tagged('groups of rules')
      else cloud.draft.note(`${resource.address}: nothing here is in this group`, 'groups of rules')
    }
    cloud.draft.see(noun, rules.length)
    for (const rule of rules) draftRule(rule, cloud)
  }
}

/** Assets in a security group: those that name it, and those in subnets that it is put on. */
function membersOf(group: Resource, cloud: Cloud): readonly string[] {
  const known = cloud.members.get(group) ?? membersFound(group, cloud)
  cloud.members.set(group, known)
  return known
}

function membersFound(group: Resource, { index, assets, zones, draft }: Cloud): string[] {
  const naming = index.all.filter((one) => one !== group && index.named(one).includes(group))
  const direct = naming.flatMap((one) => assets.get(one) ?? [])
  const links = naming.filter(({ type }) => /association$|network_interface$/.test(type))
  const behind = links.flatMap((link) => [link, ...index.named(link)])
  const through =
    behind.length === 0
      ? []
      : [...assets]
          .filter(([one]) => index.named(one).some((named) => behind.includes(named) && !zones.has(named)))
          .map(([, id]) => id)
  const subnets = new Set(
    links
      .filter(({ type }) => type.includes('subnet'))
      .flatMap((link) => index.named(link))
      .flatMap((one) => zones.get(one) ?? []),
  )
  const within = [...assets.values()].filter((id) => subnets.has(textOf(draft.values('assets', id)['zone'])))
  return once([...direct, ...through, ...within])
}

function rulesOf(resource: Resource, cloud: Cloud): Rule[] {
  const { type, values, address } = resource
  if (type === 'aws_security_group') {
    const own = membersOf(resource, cloud)
    const each = (key: string) =>
      mapsOf(values[key]).map((rule) => awsRule(rule, { name: address, inwards: key === 'ingress', own }, cloud))
    return [...each('ingress'), ...each('egress')]
  }
  if (type.startsWith('aws_')) {
    const group =
      cloud.index.find(textOf(values['security_group_id'])) ??
      cloud.index.named(resource).find((one) => one.type === 'aws_security_group')
    const inwards = type.endsWith('ingress_rule') || values['type'] === 'ingress'
    return [awsRule(values, { name: address, inwards, own: group ? membersOf(group, cloud) : [] }, cloud)]
  }
  if (type === 'azurerm_network_security_group') {
    const own = membersOf(resource, cloud)
    return mapsOf(values['security_rule']).map((rule) => azureRule(rule, address, own))
  }
  if (type === 'azurerm_network_security_rule') {
    const group =
      cloud.index.find(textOf(values['network_security_group_name']), ['azurerm_network_security_group']) ??
      cloud.index.named(resource)[0]
    return [azureRule(values, address, group ? membersOf(group, cloud) : [])]
  }
  return googleRules(resource, cloud)
}

interface Head {
  readonly name: string
  readonly inwards: boolean
  readonly own: readonly string[]
}

function awsRule(rule: Fields, { name, inwards, own }: Head, cloud: Cloud): Rule {
  const groups = [
    ...textsOf(rule['security_groups']),
    textOf(rule['source_security_group_id']),
    textOf(rule['referenced_security_group_id']),
  ]
  const others = groups.flatMap((id) => {
    const group = id === '' ? undefined : cloud.index.find(id)
    return group ? membersOf(group, cloud) : []
  })
  const networks = ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6'].flatMap((key) => textsOf(rule[key]))
  const transport = textOf(rule['protocol']) || textOf(rule['ip_protocol'])
  const every = transport === '-1' || transport === 'all'
  const [from, to] = [wholeOf(rule['from_port'], 0, 65_535) ?? 0, wholeOf(rule['to_port'], 0, 65_535) ?? 0]
  return {
    name: textOf(rule['description']) || name,
    inwards,
    allows: true,
    own,
    networks,
    others: rule['self'] === true ? once([...others, ...own]) : once(others),
    ports: [every ? anyPort : portsOf(transport, from, to)],
  }
}

const anyPort = { transport: 'ip', port: 0, text: 'any port' }
const portsOf = (transport: string, from: number, to: number) => ({
  transport: transport.toLowerCase() || 'tcp',
  port: from === to ? from : 0,
  text: from === to ? String(from) : `${from}-${to}`,
})
const portRange = (transport: string, text: string) => {
  const [from = 0, to = from] = text.split('-').map((part) => wholeOf(part, 0, 65_535) ?? 0)
  return text === '*' || text === ''
    ? { ...anyPort, transport: transport === '*' ? 'ip' : transport.toLowerCase() }
    : portsOf(transport === '*' ? 'tcp' : transport, from, to)
}

function azureRule(rule: Fields, name: string, own: readonly string[]): Rule {
  const both = (one: string, many: string) => [...textsOf(rule[one]), ...textsOf(rule[many])]
  const inwards = textOf(rule['direction']).toLowerCase() === 'inbound'
  const sources = inwards
    ? both('source_address_prefix', 'source_address_prefixes')
    : both('destination_address_prefix', 'destination_address_prefixes')
  return {
    name: textOf(rule['name']) || name,
    inwards,
    allows: textOf(rule['access']).toLowerCase() === 'allow',
    own,
    networks: sources.map((one) => (/^(\*|internet|any)$/i.test(one) ? '0.0.0.0/0' : one)),
    others: [],
    ports: both('destination_port_range', 'destination_port_ranges').map((range) =>
      portRange(textOf(rule['protocol']), range),
    ),
  }
}

function googleRules({ values, address }: Resource, { assets }: Cloud): Rule[] {
  const tagged = (names: readonly string[]) =>
    names.length === 0
      ? []
      : [...assets]
          .filter(([{ values: one }]) =>
            textsOf(isMap(one['tags']) ? [] : one['tags']).some((name) => names.includes(name)),
          )
          .map(([, id]) => id)
  const targets = textsOf(values['target_tags'])
  const instances = [...assets].filter(([{ type }]) => type === 'google_compute_instance').map(([, id]) => id)
  const own = targets.length > 0 ? tagged(targets) : instances
  const inwards = textOf(values['direction']).toUpperCase() !== 'EGRESS'
  const rule = (one: Fields, allows: boolean): Rule => {
    const ports = textsOf(one['ports']).map((range) => portRange(textOf(one['protocol']), range))
    return {
      name: textOf(values['name']) || address,
      inwards,
      allows,
      own,
      networks: textsOf(inwards ? values['source_ranges'] : values['destination_ranges']),
      others: tagged(textsOf(values['source_tags'])),
      ports: ports.length > 0 ? ports : [portRange(textOf(one['protocol']), '*')],
    }
  }
  return [
    ...mapsOf(values['allow']).map((one) => rule(one, true)),
    ...mapsOf(values['deny']).map((one) => rule(one, false)),
  ]
}

function draftRule(rule: Rule, cloud: Cloud): void {
  const { draft } = cloud
  const { name, inwards, allows, own, networks, others } = rule
  const said = ruleText(rule)
  if (!allows) return draft.note(`rule ${said} denies`, noun)
  if (own.length === 0) return draft.note(`rule ${said}: nothing here is behind it`, noun)
  const everybody = networks.some(isAnywhere)
  if (!inwards && everybody && others.length === 0) {
    for (const id of own) draft.amend('assets', id, { tags: ['speaks-to-anywhere'] })
    return draft.tagged(noun)
  }
  const flows = flowsOf(rule, cloud)
  if (flows.length === 0) return draft.note(`rule ${said}: nobody is on its other side`, noun)
  if (inwards && everybody) for (const id of own) draft.amend('assets', id, { internetFacing: true })
  for (const [index, { from, to, port, text, transport }] of flows.slice(0, mostFlows).entries()) {
    const spoken = port === 0 ? { protocol: transport } : toPort(port, transport)
    const values = { ...spoken, authentication: 'unknown', purpose: name }
    draft.flow({ of: index === 0 ? noun : undefined, from, to, label: text, values })
  }
  if (flows.length > mostFlows) draft.note(`rule ${said} joins ${flows.length} pairs; ${mostFlows} are written`)
}

const ruleText = ({ name, inwards, ports }: Rule): string =>
  `${name} (${inwards ? 'in' : 'out'}, ${ports.map(({ transport, text }) => `${transport} ${text}`).join(', ')})`

/** Everybody on the other side, with every asset of the group and every port. */
function flowsOf({ inwards, own, networks, others, ports }: Rule, { machines }: Cloud) {
  const peers = once([...networks.filter((network) => networkOf(network) !== undefined).map(machines), ...others])
  const pairs = own.flatMap((id) =>
    peers.filter((peer) => peer !== id).map((peer) => (inwards ? { from: peer, to: id } : { from: id, to: peer })),
  )
  return pairs.flatMap((pair) => ports.map((port) => ({ ...pair, ...port })))
}
