// The nouns of the reality check: flows that telemetry saw, hosts that nobody declared, and what the model and they say against each other.
import { z } from 'zod'
import { idSchema } from '#kernel'
import { levels } from '#standards'

/** Flows carried by a transport that has ports. */
export const transports = ['tcp', 'udp', 'sctp'] as const
export type Transport = (typeof transports)[number]

/**
 * One end of an observed flow: `asset:portal-db`; `address:10.20.8.77` for a machine that the model does not know; for strangers, of whom there
 * are many, `zone:partners`, or `outside` when no zone that is anybody's holds their address.
 */
export type End = `asset:${string}` | `address:${string}` | `zone:${string}` | 'outside'

/** Who saw a flow: something on the wire, the machine at one end, or only the service that was called. */
export const witnesses = ['wire', 'machine', 'service'] as const
export type Witness = (typeof witnesses)[number]

/** All records of one flow, summed. A flow is known by its ends, its transport, the port of the receiver, and whether it came about. */
export interface ObservedFlow {
  readonly from: End
  readonly to: End
  readonly transport: Transport
  /** Of the receiver; 0 when it varies or no record told it. */
  readonly port: number
  /** Refused, dropped, or never answered. */
  readonly attempt: boolean
  readonly first: number
  readonly last: number
  /** Records that showed it; several sensors may show one connection. */
  readonly count: number
  /** Records that showed it encrypted, and those that showed it in plain text; the others tell nothing. */
  readonly sealed: number
  readonly plain: number
  readonly bytes: number
  /** Application protocols that sensors recognised, sorted; the first few. */
  readonly applications: readonly string[]
  /** Inputs that it came through, sorted; the first few. */
  readonly sources: readonly string[]
  /** Sorted. */
  readonly witnesses: readonly Witness[]
  /** Id of its latest event, and the addresses in that event. */
  readonly event: string
  readonly fromAddress: string
  readonly toAddress: string
}

/** A machine inside that no asset stands for. */
export interface ObservedHost {
  readonly address: string
  /** A name that an event gave it; empty when none did. */
  readonly name: string
  readonly first: number
  readonly last: number
  readonly count: number
  readonly event: string
}

/** When an asset was last heard of, in any event. */
export interface SeenAsset {
  readonly asset: string
  readonly first: number
  readonly last: number
  readonly count: number
}

/** What a batch of events shows. Two of them can be put together in any order. */
export interface Observed {
  readonly flows: readonly ObservedFlow[]
  readonly hosts: readonly ObservedHost[]
  readonly seen: readonly SeenAsset[]
}

export const findingKinds = [
  'undeclared',
  'attempted',
  'wrong-direction',
  'wrong-port',
  'unencrypted',
  'unused',
  'unknown-host',
  'never-seen',
] as const
export const FindingKind = z.enum(findingKinds)
export type FindingKind = z.output<typeof FindingKind>

export const FindingId = idSchema('finding', 'rlt')
export type FindingId = z.output<typeof FindingId>

export const Evidence = z.strictObject({
  count: z.number().meta({ description: 'records that show it; several sensors may show one connection' }),
  refused: z.number().meta({ description: 'records of attempts between the same two that did not come about' }),
  first: z.number().nullable(),
  last: z.number().nullable(),
  bytes: z.number(),
  sources: z.array(z.string()),
  event: z.string().meta({ description: 'id of its latest event; empty when there is none' }),
})
export type Evidence = z.output<typeof Evidence>

export const Proposal = z.strictObject({
  does: z.enum(['add', 'change', 'remove', 'nothing']),
  yaml: z.string().meta({ description: 'text for a file of model/; valid by itself' }),
  at: z
    .strictObject({ file: z.string(), line: z.number() })
    .optional()
    .meta({ description: 'the entry that it takes the place of, or takes out' }),
})
export type Proposal = z.output<typeof Proposal>

/** One point in which the model and telemetry do not agree. */
export const Finding = z.strictObject({
  id: FindingId,
  kind: FindingKind,
  level: z.enum(levels),
  title: z.string(),
  detail: z.string().meta({ description: 'what it means, and what to do' }),
  from: z.string().meta({ description: 'asset, address, or outside; empty for hosts and assets' }),
  to: z.string(),
  protocol: z.string(),
  port: z.number(),
  flow: z.string().meta({ description: 'id of the declared flow that it is about' }),
  asset: z.string().meta({ description: 'the asset that it is about most' }),
  zones: z.array(z.string()).meta({ description: 'where its ends stand' }),
  why: z.array(z.string()).meta({ description: 'what makes it as heavy as it is' }),
  evidence: Evidence,
  proposal: Proposal,
})
export type Finding = z.output<typeof Finding>

/** What the findings rest on. */
export const Watched = z.strictObject({
  since: z.number().nullable(),
  until: z.number().nullable(),
  flows: z.number().meta({ description: 'observed flows kept' }),
  attempts: z.number().meta({ description: 'records of attempts that did not come about' }),
  declared: z.number(),
  confirmed: z.number().meta({ description: 'declared flows that were seen as declared' }),
  dropped: z.number().meta({ description: 'observed flows and hosts not kept, because there were too many' }),
})
export type Watched = z.output<typeof Watched>
