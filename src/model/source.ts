// How the model is written in YAML: one schema an entry, strict, with what holds when a key is left out.
import { z } from 'zod'
import { Category, Control, Criticality, Factor, Habit, Kind, Port, Trait, Trust, Use, View } from './types.ts'

const title = z.string().min(1).max(200).optional().meta({ description: 'name for people; the id when left out' })
const reference = z.string().min(1).max(100)
const references = z.array(reference).max(1_000).default([])
const networks = z.array(z.string().min(1).max(60)).max(1_000).default([])
const owner = z.string().max(100).default('').meta({ description: 'team or person who answers for it' })
const weight = (of: string) => Criticality.default('medium').meta({ description: `how bad it is when ${of}` })
const word = z.string().min(1).max(60)
const hosts = z
  .array(z.string().min(1).max(253))
  .max(1_000)
  .default([])
  .meta({ description: 'names under which logs know it; * stands for any letters, ? for one: WS-*' })
const replicas = z.number().int().min(1).max(100_000)
const tags = z
  .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/, 'letters, digits, dashes and underscores'))
  .max(100)
  .default([])
  .meta({ description: 'words to find it by' })
const weaknesses = z
  .array(z.string().regex(/^CWE-\d{1,5}$/, 'a weakness is written CWE-79'))
  .max(200)
  .default([])

const WrittenKind = z.strictObject({
  base: reference.optional().meta({ description: 'kind that it is like; server when left out' }),
  title,
  category: Category.optional(),
  technology: word.optional(),
  ports: z.array(Port).max(100).optional().meta({ description: 'instead of those of its base' }),
  logs: z.array(word).max(100).optional().meta({ description: 'instead of those of its base' }),
  patchFamily: word.optional(),
  data: Kind.shape.data.optional(),
  traits: z.array(Trait).max(100).default([]).meta({ description: 'beside those of its base' }),
  weaknesses: weaknesses.meta({ description: 'beside those of its base: CWE-79' }),
})
export type WrittenKind = z.output<typeof WrittenKind>

const WrittenZone = z.strictObject({
  title,
  trust: z.number().min(0).max(100).default(50).meta({ description: '0 untrusted (the internet) to 100' }),
  cidrs: networks.meta({ description: 'its networks: 10.20.0.0/16, 2001:db8::/32' }),
  parent: reference.optional().meta({ description: 'id of the zone that it lies in' }),
})
export type WrittenZone = z.output<typeof WrittenZone>

/** What an instance leaves out it has from its asset. */
const WrittenInstance = z.strictObject({
  environment: word.optional(),
  site: z.string().max(100).default('').meta({ description: 'building, region, data centre' }),
  zone: reference.optional(),
  hosts,
  addresses: networks,
  replicas: replicas.optional(),
  owner: z.string().max(100).optional(),
  criticality: Criticality.optional(),
})
export type WrittenInstance = z.output<typeof WrittenInstance>

const WrittenAsset = z.strictObject({
  title,
  kind: word.default('server').meta({ description: 'what it is: postgres, nginx, windows-laptop' }),
  zone: reference.meta({ description: 'id of the zone that it stands in' }),
  hosts,
  addresses: networks.meta({ description: 'IP addresses or CIDRs' }),
  owner,
  criticality: weight('it falls'),
  stores: references.meta({ description: 'ids of the data kept here' }),
  internetFacing: z.boolean().default(false).meta({ description: 'whether the internet reaches it' }),
  controls: z.array(Control).max(100).default([]).meta({ description: 'what protects it' }),
  weaknesses: weaknesses.meta({ description: 'weaknesses of its own, beside those typical of its kind: CWE-79' }),
  fixed: weaknesses.meta({ description: 'typical weaknesses that it does not have' }),
  replicas: replicas
    .optional()
    .meta({ description: 'how many of it run; all of its instances, else one, when left out' }),
  environment: word.default('production').meta({ description: 'production, test …' }),
  tags,
  instances: z
    .record(reference, WrittenInstance)
    .default({})
    .meta({ description: 'where it is deployed, by a name each: dublin, cork-test' }),
})
export type WrittenAsset = z.output<typeof WrittenAsset>

const WrittenFlow = z.strictObject({
  protocol: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .meta({ description: "https, ssh, postgres, smb …; what the receiver's kind speaks when left out" }),
  port: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .meta({ description: 'port of the receiver; that of its kind or of the protocol when left out, 0 when it varies' }),
  encrypted: z
    .boolean()
    .optional()
    .meta({ description: "as the receiver's kind or the protocol has it when left out" }),
  authentication: word
    .default('none')
    .meta({ description: 'how the caller proves who it is: none, password, token, mutual-tls …' }),
  authorization: z.string().min(1).max(200).default('none').meta({ description: 'what decides what it may do' }),
  data: references.meta({ description: 'ids of the data that it carries' }),
  back: references.meta({ description: 'ids of the data in the answer' }),
  purpose: z.string().max(300).default('').meta({ description: 'what it is for' }),
  tags,
})
export type WrittenFlow = z.output<typeof WrittenFlow>

const WrittenData = z.strictObject({
  title,
  confidentiality: weight('it leaks'),
  integrity: weight('it is changed'),
  availability: weight('it is gone'),
  records: z.number().min(0).default(0).meta({ description: 'how many records there are' }),
  subjects: z.string().max(200).default('').meta({ description: 'whom it is about: patients, staff' }),
  jurisdictions: z
    .array(z.string().min(1).max(40))
    .max(300)
    .default([])
    .meta({ description: 'whose law applies: EU, US' }),
})
export type WrittenData = z.output<typeof WrittenData>

const Need = z.union([reference, z.strictObject({ asset: reference, count: z.number().int().min(1).default(1) })])
const WrittenService = z.strictObject({
  title,
  owner,
  needs: z.array(Need).max(1_000).default([]).meta({
    description: 'ids of the assets that it cannot run without, or how many of one: { asset: portal-app, count: 2 }',
  }),
  revenuePerHour: z
    .number()
    .min(0)
    .default(0)
    .meta({ description: 'lost in an hour without it, in the currency of castellan.yaml' }),
  tolerableOutageMinutes: z.number().min(0).default(1_440).meta({ description: 'how long it may be gone' }),
})
export type WrittenService = z.output<typeof WrittenService>

const WrittenUse = z.union([
  reference,
  z.strictObject({ asset: reference, as: Use.shape.as.default('user'), factor: Factor.optional() }),
])
const WrittenPerson = z.strictObject({
  title,
  function: z
    .string()
    .max(100)
    .default('')
    .meta({ description: 'what they do: clinic, finance; the id when left out' }),
  count: z.number().int().min(0).max(10_000_000).default(1).meta({ description: 'how many they are' }),
  accounts: z
    .array(z.string().min(1).max(300))
    .max(10_000)
    .default([])
    .meta({ description: 'their accounts as logs write them; * stands for any letters, ? for one: adm-*' }),
  zone: reference.optional().meta({ description: 'id of the zone from which they work' }),
  factor: Factor.default('password').meta({
    description: 'how they prove who they are, where a use says nothing else',
  }),
  uses: z.array(WrittenUse).max(1_000).default([]).meta({
    description: 'ids of the assets that they log in to, or { asset: directory, as: admin, factor: passkey }',
  }),
  habits: z.array(Habit).max(100).default([]),
  sharedAccount: z.boolean().default(false).meta({ description: 'whether several use one account' }),
  external: z.boolean().default(false).meta({ description: 'whether they belong to another organisation' }),
})
export type WrittenPerson = z.output<typeof WrittenPerson>

const WrittenTrust = z.strictObject({
  as: Trust.shape.as.default('service').meta({ description: 'what the credentials make of who holds them' }),
  factor: Factor.default('password'),
})
export type WrittenTrust = z.output<typeof WrittenTrust>

const WrittenAssumption = z.strictObject({
  text: z.string().min(1).max(500).meta({ description: 'what is taken for granted' }),
  about: references.meta({ description: 'ids of the assets that it is about; all when left out' }),
  check: z.string().min(1).max(500).meta({
    description: 'what would show that it no longer holds; `model: QUERY` is checked on those that it is about',
  }),
  until: z.iso
    .date({ error: 'write a day such as 2027-01-31' })
    .optional()
    .meta({ description: 'day on which it is to be looked at again: 2027-01-31' }),
})
export type WrittenAssumption = z.output<typeof WrittenAssumption>

const query = z.string().max(1_000).default('')
const WrittenView = z.strictObject({
  title,
  include: query.meta({ description: 'assets in it: kind:postgres and zone:hosting or tag:pci; all when left out' }),
  exclude: query.meta({ description: 'assets left out' }),
  groupBy: View.shape.groupBy.exclude(['']).optional().meta({ description: 'what is drawn as one box' }),
})
export type WrittenView = z.output<typeof WrittenView>

const WrittenMove = z.string().min(1).max(200)

/** The top-level keys of a file, and how one entry below each is written. */
export const schemas = {
  kinds: WrittenKind,
  zones: WrittenZone,
  assets: WrittenAsset,
  flows: WrittenFlow,
  data: WrittenData,
  services: WrittenService,
  people: WrittenPerson,
  trust: WrittenTrust,
  assumptions: WrittenAssumption,
  views: WrittenView,
  moved: WrittenMove,
} as const
export type Part = keyof typeof schemas

/** One entry of each part, as people call it, and what the part holds. */
const table = {
  kinds: ['kind', 'kinds of asset beside those that Castellan brings, by id'],
  zones: ['zone', 'networks and areas, by id'],
  assets: ['asset', 'what there is, by id'],
  flows: ['flow', 'who speaks to whom; keys are `from -> to` or `from -> to (label)`'],
  data: ['data', 'what is kept, by id'],
  services: ['service', 'what people rely on, by id'],
  people: ['person', 'people by function, and what they log in to'],
  trust: ['trust', 'credentials kept on one asset that open another; keys are `from -> to`'],
  assumptions: ['assumption', 'what is taken for granted, and what would show that it no longer holds'],
  views: ['view', 'drawings of a part of the estate, by query'],
  moved: ['rename', 'names of before → names of now'],
} as const satisfies Record<Part, readonly [string, string]>

export const isPart = (text: string): text is Part => Object.hasOwn(schemas, text)
export const parts: readonly Part[] = Object.keys(schemas).filter(isPart)
export const partName = (part: Part): string => table[part][0]

const entries = <Entry extends z.ZodType>(entry: Entry, description: string) =>
  z.record(z.string(), entry.nullable()).nullish().meta({ description })

const { moved: _, ...extended } = schemas
/** Parts that another file may add to, each with every key optional. */
export const additions: Readonly<Record<keyof typeof extended, z.ZodType>> = {
  kinds: WrittenKind.partial(),
  zones: WrittenZone.partial(),
  assets: WrittenAsset.partial(),
  flows: WrittenFlow.partial(),
  data: WrittenData.partial(),
  services: WrittenService.partial(),
  people: WrittenPerson.partial(),
  trust: WrittenTrust.partial(),
  assumptions: WrittenAssumption.partial(),
  views: WrittenView.partial(),
}

/** One file of the model. Whoever reads it turns what is left empty (`internet:`) into empty maps first. */
export const ModelFile = z
  .strictObject({
    kinds: entries(WrittenKind, table.kinds[1]),
    zones: entries(WrittenZone, table.zones[1]),
    assets: entries(WrittenAsset, table.assets[1]),
    flows: entries(WrittenFlow, table.flows[1]),
    data: entries(WrittenData, table.data[1]),
    services: entries(WrittenService, table.services[1]),
    people: entries(WrittenPerson, table.people[1]),
    trust: entries(WrittenTrust, table.trust[1]),
    assumptions: entries(WrittenAssumption, table.assumptions[1]),
    views: entries(WrittenView, table.views[1]),
    moved: entries(WrittenMove, table.moved[1]),
    extend: entries(
      z.union(Object.values(additions)),
      'more about entries of other files, by part and id: assets.portal-db',
    ),
  })
  .meta({ title: 'Castellan model', description: 'One file of model/*.yaml. Several files are read as one.' })
