// What one record says of a connection, before anybody asks what its addresses stand for.
import type { Event } from '#telemetry'
import type { Transport, Witness } from './types.ts'

/** The part of an event that flows are read from. */
export type FlowEvent = Pick<
  Event,
  | 'id'
  | 'time'
  | 'received'
  | 'source'
  | 'asset'
  | 'parser'
  | 'logsource'
  | 'class_uid'
  | 'activity'
  | 'host'
  | 'process'
  | 'src_ip'
  | 'src_port'
  | 'dst_ip'
  | 'dst_port'
  | 'fields'
>

/**
 * Who opened a connection: the record says so; the sensor believes so, unless it came in half-way; or the record is of one direction only and
 * ports have to tell.
 */
export type Opener = 'from' | 'to' | 'likely' | 'unknown'

export interface Reading {
  readonly from: string
  /** Undefined when the record is of the receiver itself, which `toHost` names. */
  readonly to: string | undefined
  /** 0 when the record does not tell. */
  readonly fromPort: number
  readonly toPort: number
  readonly transport: Transport
  readonly opener: Opener
  readonly attempt: boolean
  readonly sealed: boolean | undefined
  readonly bytes: number
  readonly application: string
  readonly witness: Witness
  /** Names of the machines where the record gives them. */
  readonly fromHost?: string | undefined
  readonly toHost?: string | undefined
  /** Milliseconds UTC, where the record has a time that its parser did not read. */
  readonly time?: number | undefined
}

const byText: Readonly<Record<string, Transport>> = {
  tcp: 'tcp',
  TCP: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  UDP: 'udp',
  '17': 'udp',
  sctp: 'sctp',
  SCTP: 'sctp',
  '132': 'sctp',
}
/** A transport by its name or its number (IANA protocol numbers); undefined for those without ports. */
export const transportOf = (value: unknown): Transport | undefined =>
  typeof value === 'string' || typeof value === 'number' ? byText[value] : undefined

/** A count that a field holds; 0 when it holds none. */
export function amountOf(value: unknown): number {
  const amount = typeof value === 'string' ? Number(value) : value
  return typeof amount === 'number' && amount > 0 && amount <= Number.MAX_SAFE_INTEGER ? Math.trunc(amount) : 0
}
