// Terraform states and plans (`terraform show -json`): networks, what stands in them, and what security groups allow.
import { type Issue, no, ok } from '#kernel'
import type { Drafting } from '../draft.ts'
import { tag } from '../fitting.ts'
import { kindOf, storesData } from '../kinds.ts'
import { at, grouped, isMap, listOf, mapOf, once, textOf, textsOf, wholeOf } from '../values.ts'
import { draftOf, type Importer, internetOf, machinesOf } from './importer.ts'
import { known, type Known, type Resource, resourcesOf } from './terraform-resources.ts'
import { draftRules } from './terraform-rules.ts'
import { kindOfType, providerOf, roleOf } from './terraform-types.ts'

export const terraform: Importer = {
  name: 'terraform',
  title: 'Terraform',
  reads: '`terraform show -json` of a state or a plan, with resources of aws, azurerm and google',
  becomes:
    'networks and subnets → zones, machines, databases, buckets, queues and balancers → assets, users → people, rules of security groups and firewalls → flows; every other resource → notes',
  recognises: ({ documents }) =>
    documents.some(
      ({ value }) =>
        isMap(value) &&
        typeof value['format_version'] === 'string' &&
        ('values' in value || 'planned_values' in value || 'terraform_version' in value),
    ),
  read(sources) {
    const documents = sources.flatMap((source) => source.documents)
    const wrong = documents.flatMap((document): Issue[] => {
      const root = at(document.value, 'values', 'root_module') ?? at(document.value, 'planned_values', 'root_module')
      const empty = isMap(document.value) && 'terraform_version' in document.value && !('values' in document.value)
      if (isMap(root) || empty) return []
      const text = 'there is no root module in it'
      return [
        {
          code: 'wrong-type',
          severity: 'error',
          at: document.place(['values']),
          text,
          help: 'give what terraform show -json prints',
        },
      ]
    })
    if (wrong.length > 0) return no(wrong)
    const draft = draftOf('Terraform', sources)
    draftResources(
      documents.flatMap(({ value }) => resourcesOf(value)),
      draft,
    )
    return ok(draft.finish())
  },
}

function draftResources(resources: readonly Resource[], draft: Drafting): void {
  const index = known(resources)
  const of = (role: string) =>
    resources.filter(({ type, read }) => roleOf(type) === role && (!read || role === 'network' || role === 'subnet'))
  const providers = providersOf(draft)
  const zones = draftNetworks([...of('network'), ...of('subnet')], { index, providers }, draft)
  draft.see('resources that run or keep', of('asset').length)
  const assets = new Map(
    of('asset').map((resource) => [
      resource,
      draftAsset(resource, zoneOf(resource, { index, zones }) ?? providers(resource.type), draft),
    ]),
  )
  const internet = internetOf(draft)
  const outside = () => providers(resources[0]?.type ?? 'cloud')
  draftUsers(of('user'), providers, draft)
  draftRules(of('rules'), {
    draft,
    index,
    assets,
    zones,
    internet,
    machines: machinesOf(draft, internet, outside),
    members: new Map(),
  })
  const used = new Set([...of('network'), ...of('subnet'), ...of('asset'), ...of('user'), ...of('rules')])
  for (const [type, some] of grouped(
    resources.filter((one) => !used.has(one)),
    ({ type, read }) => (read ? `data ${type}` : type),
  )) {
    draft.see(type, some.length)
    const names = some.slice(0, 8).map(({ address }) => address)
    draft.note(`${type}: ${names.join(', ')}${some.length > 8 ? `, … (${some.length})` : ''}`, type, some.length)
  }
}

/** A zone for each provider, around its networks and for what stands in none. */
function providersOf(draft: Drafting): (type: string) => string {
  const zones = new Map<string, string>()
  return (type) => {
    const { id, title } = providerOf(type)
    const zone = zones.get(id) ?? draft.put('zones', { id, values: { title, trust: 50 } })
    zones.set(id, zone)
    return zone
  }
}

interface Around {
  readonly index: Known
  readonly providers: (type: string) => string
}

const titleOf = ({ values, address }: Resource): string =>
  textOf(at(values, 'tags', 'Name')) ||
  textOf(values['name']) ||
  textOf(values['bucket']) ||
  textOf(values['identifier']) ||
  textOf(values['function_name']) ||
  address

function draftNetworks(
  networks: readonly Resource[],
  { index, providers }: Around,
  draft: Drafting,
): ReadonlyMap<Resource, string> {
  const zones = new Map<Resource, string>()
  draft.see('networks', networks.length)
  for (const resource of networks) {
    const { values, type, address } = resource
    const around =
      roleOf(type) === 'subnet'
        ? [index.find(textOf(values['virtual_network_name']), ['azurerm_virtual_network']), ...index.named(resource)]
        : []
    const parent = around.flatMap((one) => (one === undefined ? [] : (zones.get(one) ?? [])))[0]
    const cidrs = [
      'cidr_block',
      'ip_cidr_range',
      'address_space',
      'address_prefixes',
      'address_prefix',
      'ipv6_cidr_block',
    ].flatMap((key) => textsOf(values[key]))
    const open = values['map_public_ip_on_launch'] === true
    const id = draft.put('zones', {
      of: 'networks',
      id: titleOf(resource),
      values: {
        title: titleOf(resource),
        trust: open ? 40 : 60,
        cidrs: once(cidrs),
        parent: parent ?? providers(type),
      },
      remarks: [address, open ? 'machines in it get public addresses' : ''],
    })
    zones.set(resource, id)
  }
  return zones
}

/** The innermost zone that a resource names, itself or by way of a subnet group or a network interface. */
function zoneOf(
  resource: Resource,
  { index, zones }: { index: Known; zones: ReadonlyMap<Resource, string> },
): string | undefined {
  const direct = index.named(resource)
  const all = [...direct, ...direct.filter(({ type }) => roleOf(type) === 'link').flatMap((link) => index.named(link))]
  const found = all.toSorted((a, b) => depth(a) - depth(b)).find((one) => zones.has(one))
  return found && zones.get(found)
}
const depth = ({ type }: Resource): number => (roleOf(type) === 'subnet' ? 0 : 1)

function draftAsset(resource: Resource, zone: string, draft: Drafting): string {
  const { values, type, address } = resource
  const labels = Object.entries({ ...mapOf(values['labels']), ...mapOf(values['tags']) })
  const label = (name: RegExp) => textOf(labels.find(([key]) => name.test(key))?.[1])
  const engine = textOf(values['engine']) || textOf(values['database_version']).split('_')[0]?.toLowerCase() || ''
  const image =
    textOf(at(values, 'source_image_reference', 0, 'publisher')) === 'MicrosoftWindowsServer'
      ? 'windows-server'
      : kindOfType(type)
  const encrypted = ['storage_encrypted', 'encrypted', 'at_rest_encryption_enabled'].some((key) => values[key] === true)
  const size =
    ['instance_type', 'instance_class', 'size', 'vm_size', 'machine_type']
      .map((key) => textOf(values[key]))
      .find((text) => text !== '') ?? ''
  return draft.put('assets', {
    of: 'resources that run or keep',
    id: titleOf(resource),
    values: {
      title: titleOf(resource),
      kind: engine === '' ? image : kindOf(engine.replace('aurora-', ''), image, storesData),
      zone,
      addresses: addressesOf(resource),
      owner: label(/^owner$/i),
      environment: tag(label(/^(environment|env|stage)$/i)).toLowerCase(),
      internetFacing: isOpen(resource) ? true : undefined,
      replicas: wholeOf(values['desired_count'] ?? values['desired_capacity'] ?? values['node_count'], 2, 100_000),
      controls: encrypted ? ['disk-encryption'] : [],
      tags: [
        tag(type),
        ...labels.filter(([key]) => key !== 'Name').map(([key, value]) => tag(key, textOf(value))),
        ...textsOf(values['region'] ?? values['location']).map((region) => tag('region', region)),
      ],
    },
    remarks: [address, size === '' ? '' : `size: ${size}`],
  })
}

const addressesOf = ({ values }: Resource): string[] =>
  once([
    ...[
      'private_ip',
      'public_ip',
      'private_ip_address',
      'public_ip_address',
      'ip_address',
      'private_ip_addresses',
    ].flatMap((key) => textsOf(values[key])),
    ...listOf(values['network_interface']).flatMap((one) => [
      textOf(at(one, 'network_ip')),
      textOf(at(one, 'access_config', 0, 'nat_ip')),
    ]),
    ...listOf(values['ip_configuration']).map((one) => textOf(at(one, 'private_ip_address'))),
  ]).filter((address) => address !== '')

/** Whether the resource itself says that the internet reaches it. */
function isOpen({ type, values }: Resource): boolean {
  if (/^aws_(lb|alb|elb)$/.test(type)) return values['internal'] !== true
  if (/cloudfront|frontdoor|forwarding_rule/.test(type)) return values['load_balancing_scheme'] !== 'INTERNAL'
  return (
    values['associate_public_ip_address'] === true ||
    values['publicly_accessible'] === true ||
    values['public_network_access_enabled'] === true ||
    textOf(values['public_ip']) !== '' ||
    listOf(values['network_interface']).some((one) => listOf(at(one, 'access_config')).length > 0)
  )
}

/** Users of the account as people, who use the account itself. */
function draftUsers(users: readonly Resource[], providers: (type: string) => string, draft: Drafting): void {
  draft.see('users', users.length)
  const accounts = new Map<string, string>()
  for (const user of users) {
    const { account } = providerOf(user.type)
    const asset =
      accounts.get(account) ??
      draft.put('assets', {
        id: account,
        values: { title: 'The account itself', kind: account, zone: providers(user.type), criticality: 'critical' },
      })
    accounts.set(account, asset)
    const name =
      textOf(user.values['name']) ||
      textOf(user.values['user_principal_name']) ||
      textOf(user.values['account_id']) ||
      user.name
    draft.put('people', {
      of: 'users',
      id: name,
      values: { title: name, function: user.type, count: 1, uses: [asset] },
      remarks: [user.address],
    })
  }
}
