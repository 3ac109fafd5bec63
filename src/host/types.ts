// The nouns of a host: what one machine says about itself. What could not be read is named in `unknown`, never guessed.
import { z } from 'zod'

export const Address = z.strictObject({
  address: z.string().meta({ description: 'IPv4 or IPv6 address' }),
  prefix: z.number().int().min(0).max(128).meta({ description: 'length of the network part, in bits' }),
})
export const Interface = z.strictObject({
  name: z.string(),
  mac: z.string().meta({ description: 'hardware address, empty when it has none' }),
  addresses: z.array(Address),
})
export type Interface = z.output<typeof Interface>

export const Gateway = z.strictObject({ address: z.string(), interface: z.string() })
export type Gateway = z.output<typeof Gateway>

export const transports = ['tcp', 'udp'] as const
export const Listener = z.strictObject({
  transport: z.enum(transports),
  port: z.number().int().min(0).max(65_535),
  addresses: z.array(z.string()).meta({ description: 'where it listens; 0.0.0.0 and :: stand for every address' }),
  process: z.string().meta({ description: 'program name, empty when this account may not see it' }),
  pid: z.number().int().nullable(),
  user: z.string(),
  package: z.string().meta({ description: 'package the program came with, empty when none is known' }),
})
export type Listener = z.output<typeof Listener>

export const Package = z.strictObject({ name: z.string(), version: z.string(), architecture: z.string() })
export type Package = z.output<typeof Package>
export const packageManagers = ['dpkg', 'rpm', 'apk', 'unknown'] as const

export const Account = z.strictObject({
  name: z.string(),
  uid: z.number().int(),
  shell: z.string(),
  login: z.boolean().meta({ description: 'whether its shell lets somebody log in' }),
  admin: z.boolean().meta({ description: 'uid 0, or in a group that may become root: sudo, wheel, admin' }),
})
export type Account = z.output<typeof Account>

export const HostFacts = z.strictObject({
  at: z.number().meta({ description: 'when it was read, milliseconds since 1970, UTC' }),
  name: z.string().meta({ description: 'host name, as logs use it' }),
  system: z.strictObject({
    platform: z.string().meta({ description: 'linux, or what Node calls the system' }),
    id: z.string().meta({ description: 'distribution: debian, fedora, alpine; unknown when it does not say' }),
    title: z.string(),
    version: z.string(),
    kernel: z.string(),
  }),
  interfaces: z.array(Interface),
  gateways: z.array(Gateway).meta({ description: 'default routes, the preferred one first' }),
  listening: z.array(Listener),
  packages: z.strictObject({
    manager: z.enum(packageManagers),
    count: z.number().int(),
    items: z.array(Package),
  }),
  users: z.array(Account),
  journal: z.strictObject({
    present: z.boolean().meta({ description: 'whether journald keeps a journal here' }),
    readable: z.boolean().meta({ description: 'whether this account may read it' }),
  }),
  logs: z
    .array(z.strictObject({ path: z.string(), bytes: z.number() }))
    .meta({ description: 'files below /var/log that this account may read' }),
  unknown: z
    .array(z.strictObject({ what: z.string(), why: z.string() }))
    .meta({ description: 'what could not be read, and why' }),
})
export type HostFacts = z.output<typeof HostFacts>

/** Parts of the facts that can be missing as a whole; `unknown` uses these words. */
export const parts = ['interfaces', 'default route', 'listening ports', 'packages', 'users', 'system', 'logs'] as const
export type Part = (typeof parts)[number]

export const changeKinds = [
  'port-opened',
  'port-closed',
  'package-installed',
  'package-removed',
  'package-changed',
  'account-added',
  'account-removed',
  'account-changed',
] as const

/** One difference between two readings of a host: in words, and as named values. */
export const HostChange = z.strictObject({
  kind: z.enum(changeKinds),
  time: z.number().meta({ description: 'when the later reading was taken, milliseconds since 1970, UTC' }),
  host: z.string(),
  text: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type HostChange = z.output<typeof HostChange>
