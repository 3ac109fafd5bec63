// The nouns of the model, resolved: what other rooms read. How they are written in YAML is in source.ts.
import { z } from 'zod'
import { levels } from '#standards'

const Place = z.strictObject({ file: z.string(), line: z.number() })
export const Criticality = z.enum(levels).exclude(['informational'])
export type Criticality = z.output<typeof Criticality>
/** From least to most. */
export const criticalities = Criticality.options

export const Zone = z.strictObject({
  id: z.string(),
  title: z.string(),
  trust: z.number().min(0).max(100).meta({ description: '0 untrusted (the internet) to 100' }),
  cidrs: z.array(z.string()),
  parent: z.string().optional(),
  at: Place,
})
export type Zone = z.output<typeof Zone>

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
  at: Place,
})
export type Asset = z.output<typeof Asset>

export const Flow = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  protocol: z.string(),
  port: z.number().int().min(0).max(65535),
  encrypted: z.boolean(),
  authentication: z.string(),
  data: z.array(z.string()),
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
  revenuePerHour: z.number(),
  tolerableOutageMinutes: z.number(),
  at: Place,
})
export type Service = z.output<typeof Service>

export const Estate = z.strictObject({
  name: z.string(),
  zones: z.array(Zone),
  assets: z.array(Asset),
  flows: z.array(Flow),
  data: z.array(DataClass),
  services: z.array(Service),
})
export type Estate = z.output<typeof Estate>
