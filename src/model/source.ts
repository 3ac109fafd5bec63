// How the model is written in YAML: one schema an entry, strict, with what holds when a key is left out.
import { z } from 'zod'
import { Criticality } from './types.ts'

const title = z.string().min(1).max(200).optional().meta({ description: 'name for people; the id when left out' })
const reference = z.string().min(1).max(100)
const references = z.array(reference).max(1_000).default([])
const networks = z.array(z.string().min(1).max(60)).max(1_000).default([])
const owner = z.string().max(100).default('').meta({ description: 'team or person who answers for it' })
const weight = (of: string) => Criticality.default('medium').meta({ description: `how bad it is when ${of}` })

const WrittenZone = z.strictObject({
  title,
  trust: z.number().min(0).max(100).default(50).meta({ description: '0 untrusted (the internet) to 100' }),
  cidrs: networks.meta({ description: 'its networks: 10.20.0.0/16, 2001:db8::/32' }),
  parent: reference.optional().meta({ description: 'id of the zone that it lies in' }),
})
export type WrittenZone = z.output<typeof WrittenZone>

const WrittenAsset = z.strictObject({
  title,
  kind: z
    .string()
    .min(1)
    .max(60)
    .default('server')
    .meta({ description: 'technology in a word: postgres, nginx, windows-laptop' }),
  zone: reference.meta({ description: 'id of the zone that it stands in' }),
  hosts: z
    .array(z.string().min(1).max(253))
    .max(1_000)
    .default([])
    .meta({ description: 'names under which logs know it; * stands for any letters, ? for one: WS-*' }),
  addresses: networks.meta({ description: 'IP addresses or CIDRs' }),
  owner,
  criticality: weight('it falls'),
  stores: references.meta({ description: 'ids of the data kept here' }),
  internetFacing: z.boolean().default(false).meta({ description: 'whether the internet reaches it' }),
})
export type WrittenAsset = z.output<typeof WrittenAsset>

const WrittenFlow = z.strictObject({
  protocol: z.string().min(1).max(40).default('tcp').meta({ description: 'https, ssh, postgres, smb …' }),
  port: z.number().int().min(0).max(65_535).default(0).meta({ description: 'port of the receiver; 0 when it varies' }),
  encrypted: z.boolean().default(false),
  authentication: z
    .string()
    .min(1)
    .max(60)
    .default('none')
    .meta({ description: 'how the caller proves who it is: none, password, token, mutual-tls …' }),
  data: references.meta({ description: 'ids of the data that it carries' }),
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

const WrittenService = z.strictObject({
  title,
  owner,
  needs: references.meta({ description: 'ids of the assets that it cannot run without' }),
  revenuePerHour: z
    .number()
    .min(0)
    .default(0)
    .meta({ description: 'lost in an hour without it, in the currency of castellan.yaml' }),
  tolerableOutageMinutes: z.number().min(0).default(1_440).meta({ description: 'how long it may be gone' }),
})
export type WrittenService = z.output<typeof WrittenService>

/** The top-level keys of a file, and how one entry below each is written. */
export const schemas = {
  zones: WrittenZone,
  assets: WrittenAsset,
  flows: WrittenFlow,
  data: WrittenData,
  services: WrittenService,
} as const
export type Kind = keyof typeof schemas
export const kinds = ['zones', 'assets', 'flows', 'data', 'services'] as const satisfies readonly Kind[]

/** One entry of each kind, as people call it. */
export const kindName: Readonly<Record<Kind, string>> = {
  zones: 'zone',
  assets: 'asset',
  flows: 'flow',
  data: 'data',
  services: 'service',
}

const entries = <Entry extends z.ZodType>(entry: Entry, description: string) =>
  z.record(z.string(), entry.nullable()).nullish().meta({ description })

/** One file of the model. Whoever reads it turns what is left empty (`internet:`) into empty maps first. */
export const ModelFile = z
  .strictObject({
    zones: entries(WrittenZone, 'networks and areas, by id'),
    assets: entries(WrittenAsset, 'what there is, by id'),
    flows: entries(WrittenFlow, 'who speaks to whom; keys are `from -> to` or `from -> to (label)`'),
    data: entries(WrittenData, 'what is kept, by id'),
    services: entries(WrittenService, 'what people rely on, by id'),
  })
  .meta({ title: 'Castellan model', description: 'One file of model/*.yaml. Several files are read as one.' })

/** What an id may be made of. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/

/** The two ends of a flow and what tells it apart from others between the same two. */
export interface FlowEnds {
  readonly from: string
  readonly to: string
  readonly label: string
}

const flowPattern = /^\s*([^\s()]+)\s*->\s*([^\s()]+)(?:\s+\(([^()]{1,60})\))?\s*$/

/** A flow's key read: `from -> to` or `from -> to (label)`. Undefined when it is neither. */
export function flowEnds(key: string): FlowEnds | undefined {
  const [, from, to, label = ''] = key.length > 300 ? [] : (flowPattern.exec(key) ?? [])
  return from === undefined || to === undefined ? undefined : { from, to, label: label.trim() }
}

/** The id of a flow: its key with single spaces. */
export const flowId = ({ from, to, label }: FlowEnds): string => `${from} -> ${to}${label === '' ? '' : ` (${label})`}`
