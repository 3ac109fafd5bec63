// The nouns of the model, resolved: what other rooms read. How they are written in YAML is in source.ts.
import { z } from 'zod'
import { levels } from '#standards'
import { categories, controls, factors, habits, traits } from './words.ts'

const Place = z.strictObject({ file: z.string(), line: z.number() })
export const Criticality = z.enum(levels).exclude(['informational'])
export type Criticality = z.output<typeof Criticality>
/** From least to most. */
export const criticalities = Criticality.options

export const Category = z.enum(categories)
export type Category = z.output<typeof Category>
export const Trait = z.enum(traits)
export type Trait = z.output<typeof Trait>
export const Control = z.enum(controls)
export type Control = z.output<typeof Control>
export const Factor = z.enum(factors)
export type Factor = z.output<typeof Factor>
export const Habit = z.enum(habits)
export type Habit = z.output<typeof Habit>

/** A port that something of a kind listens on when nothing else is said. */
export const Port = z.strictObject({
  protocol: z.string(),
  port: z.number().int().min(0).max(65_535),
  encrypted: z.boolean(),
})
export type Port = z.output<typeof Port>

export const Kind = z.strictObject({
  id: z.string(),
  title: z.string(),
  category: Category,
  technology: z.string().meta({ description: 'what it is built with, in a word: postgresql, windows' }),
  ports: z.array(Port),
  logs: z.array(z.string()).meta({ description: 'log sources in the words of Sigma: windows/security, linux/auditd' }),
  patchFamily: z.string().meta({ description: 'who publishes its updates: windows, debian, vendor' }),
  data: z.enum(['stores', 'processes', 'forwards', 'none']).meta({ description: 'what it usually does with data' }),
  traits: z.array(Trait),
  weaknesses: z.array(z.string()).meta({ description: 'typical weaknesses: CWE-79' }),
  builtIn: z.boolean().meta({ description: 'whether Castellan brings it; the others are under kinds: of the model' }),
})
export type Kind = z.output<typeof Kind>

export const Zone = z.strictObject({
  id: z.string(),
  title: z.string(),
  trust: z.number().min(0).max(100).meta({ description: '0 untrusted (the internet) to 100' }),
  cidrs: z.array(z.string()),
  parent: z.string().optional(),
  at: Place,
})
export type Zone = z.output<typeof Zone>

/** One place where an asset is deployed. */
export const Instance = z.strictObject({
  id: z.string(),
  environment: z.string(),
  site: z.string(),
  zone: z.string(),
  hosts: z.array(z.string()),
  addresses: z.array(z.string()),
  replicas: z.number().int().min(1),
  owner: z.string(),
  criticality: Criticality,
})
export type Instance = z.output<typeof Instance>

export const Asset = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.string().meta({ description: 'technology in a word: postgres, nginx, windows-laptop' }),
  zone: z.string(),
  hosts: z.array(z.string()).meta({ description: 'names under which logs know it; glob patterns allowed: WS-*' }),
  addresses: z.array(z.string()).meta({ description: 'IP addresses or CIDRs' }),
  owner: z.string(),
  criticality: Criticality,
  stores: z.array(z.string()).meta({ description: 'data ids kept here' }),
  internetFacing: z.boolean(),
  category: Category,
  technology: z.string(),
  ports: z.array(Port),
  logs: z.array(z.string()),
  patchFamily: z.string(),
  traits: z.array(Trait),
  weaknesses: z
    .array(z.string())
    .meta({ description: 'typical ones of its kind and its own, without those that are fixed: CWE-79' }),
  controls: z.array(Control),
  replicas: z.number().int().min(1),
  environment: z.string(),
  tags: z.array(z.string()),
  instances: z
    .array(Instance)
    .min(1)
    .meta({ description: 'where it is deployed; the asset itself when nothing is written' }),
  at: Place,
})
export type Asset = z.output<typeof Asset>

export const Flow = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  protocol: z.string(),
  port: z.number().int().min(0).max(65_535),
  encrypted: z.boolean(),
  authentication: z.string(),
  authorization: z.string().meta({ description: 'what decides what the caller may do; none when nothing does' }),
  data: z.array(z.string()).meta({ description: 'data ids from caller to receiver' }),
  back: z.array(z.string()).meta({ description: 'data ids in the answer' }),
  purpose: z.string(),
  tags: z.array(z.string()),
  at: Place,
})
export type Flow = z.output<typeof Flow>

export const DataClass = z.strictObject({
  id: z.string(),
  title: z.string(),
  confidentiality: Criticality,
  integrity: Criticality,
  availability: Criticality,
  records: z.number(),
  subjects: z.string(),
  jurisdictions: z.array(z.string()),
  at: Place,
})
export type DataClass = z.output<typeof DataClass>

export const Service = z.strictObject({
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  needs: z.array(z.string()).meta({ description: 'asset ids it cannot run without' }),
  needsCount: z
    .array(z.strictObject({ asset: z.string(), count: z.number().int().min(1) }))
    .meta({ description: 'the same assets, and how many of each must run' }),
  revenuePerHour: z.number(),
  tolerableOutageMinutes: z.number(),
  at: Place,
})
export type Service = z.output<typeof Service>

/** An asset that people log in to, as what, and how they prove who they are. */
export const Use = z.strictObject({ asset: z.string(), as: z.enum(['user', 'admin']), factor: Factor })
export type Use = z.output<typeof Use>

/** People of one function. */
export const Person = z.strictObject({
  id: z.string(),
  title: z.string(),
  function: z.string(),
  count: z.number().int().min(0),
  accounts: z
    .array(z.string())
    .meta({ description: 'their accounts as logs write them; glob patterns allowed: adm-*' }),
  zone: z.string().meta({ description: 'id of the zone from which they work; empty when not known' }),
  uses: z.array(Use),
  habits: z.array(Habit),
  sharedAccount: z.boolean(),
  external: z.boolean(),
  at: Place,
})
export type Person = z.output<typeof Person>

/** Credentials kept on one asset that open another. */
export const Trust = z.strictObject({
  id: z.string().meta({ description: 'a -> b' }),
  from: z.string(),
  to: z.string(),
  as: z.enum(['user', 'admin', 'service']),
  factor: Factor,
  at: Place,
})
export type Trust = z.output<typeof Trust>

export const Assumption = z.strictObject({
  id: z.string(),
  text: z.string(),
  about: z.array(z.string()).meta({ description: 'ids of the assets that it is about' }),
  check: z.string().meta({ description: 'what would show that it no longer holds' }),
  until: z.string().optional().meta({ description: 'day on which it is to be looked at again: 2027-01-31' }),
  at: Place,
})
export type Assumption = z.output<typeof Assumption>

export const View = z.strictObject({
  id: z.string(),
  title: z.string(),
  include: z.string().meta({ description: 'query for the assets in it; all when empty' }),
  exclude: z.string().meta({ description: 'query for assets left out' }),
  groupBy: z.enum(['', 'zone', 'owner', 'kind']),
  at: Place,
})
export type View = z.output<typeof View>

/** A rename. Names of assets stand alone, others with the part that they are of: zones.dmz. */
export const Move = z.strictObject({ from: z.string(), to: z.string(), at: Place })
export type Move = z.output<typeof Move>

export const Estate = z.strictObject({
  name: z.string(),
  kinds: z.array(Kind).meta({ description: 'kinds that its assets are of, and those that the model brings itself' }),
  zones: z.array(Zone),
  assets: z.array(Asset),
  flows: z.array(Flow),
  data: z.array(DataClass),
  services: z.array(Service),
  people: z.array(Person),
  trust: z.array(Trust),
  assumptions: z.array(Assumption),
  views: z.array(View),
  moves: z.array(Move),
})
export type Estate = z.output<typeof Estate>
