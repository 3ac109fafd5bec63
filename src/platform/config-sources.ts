// Where events come from, as settings: one entry a kind of source.
import { z } from 'zod'
import { bytes, Listen } from './config-values.ts'

const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'use small letters, digits, dots and dashes')
  .meta({ description: 'the name under which its events and its health are shown' })
const parser = z
  .string()
  .min(1)
  .optional()
  .meta({ description: 'the parser for its records; left out, the records are recognised' })

/** How much a source may send. What is more is refused and counted. */
const Quota = z.strictObject({
  eventsPerSecond: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: 'most events a second, over ten seconds' }),
  bytesPerDay: bytes(1_048_576, 1_125_899_906_842_624)
    .optional()
    .meta({ description: 'most bytes of records a day (UTC)' }),
})
export type Quota = z.output<typeof Quota>

/** What every source may have. */
const common = {
  name: sourceName,
  quota: Quota.optional().meta({ description: 'how much it may send; what is more is refused and counted' }),
  silentAfter: z
    .number()
    .int()
    .min(10)
    .max(31_536_000)
    .optional()
    .meta({ description: 'seconds of silence that raise an alert; left out, its usual pauses are learnt' }),
}
/** What every source has whose records may be of any format. */
const parsed = { ...common, parser }

/** One source; its kind says which input reads it. */
export const Source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('file')
      .meta({ description: 'a file, a folder or a pattern such as /var/log/nginx/*.log; growing files are followed' }),
    ...parsed,
    path: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('evtx').meta({ description: 'a Windows event log file, or a folder of them, read once' }),
    ...common,
    path: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('journald').meta({ description: 'the journal of this machine' }),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('syslog-udp').meta({ description: 'syslog over UDP' }),
    ...parsed,
    listen: Listen.default('127.0.0.1:5514'),
  }),
  z.strictObject({
    kind: z.literal('syslog-tcp').meta({ description: 'syslog over TCP' }),
    ...parsed,
    listen: Listen.default('127.0.0.1:5514'),
  }),
  z.strictObject({
    kind: z.literal('syslog-tls').meta({ description: 'syslog over TLS (RFC 5425)' }),
    ...parsed,
    listen: Listen.default('127.0.0.1:6514'),
    cert: z.string().min(1).meta({ description: 'path of the certificate chain (PEM)' }),
    key: z.string().min(1).meta({ description: 'path of its private key (PEM)' }),
    clients: z
      .strictObject({
        ca: z.string().min(1).meta({ description: 'path of the certificates that sign those of senders (PEM)' }),
        names: z
          .array(z.string().min(1).max(255))
          .max(1_000)
          .default([])
          .meta({ description: 'names that a sender’s certificate may have, such as *.dmz.example; empty for any' }),
      })
      .optional()
      .meta({ description: 'which senders are let in; left out, all are' }),
  }),
  z.strictObject({
    kind: z.literal('syslog-unix').meta({ description: 'syslog over a stream socket of this machine' }),
    ...parsed,
    path: z.string().min(1).max(100).meta({ description: 'path of the socket, made at the start' }),
  }),
  z.strictObject({
    kind: z.literal('gelf-udp').meta({ description: 'GELF over UDP, whole or in chunks, plain or compressed' }),
    ...parsed,
    listen: Listen.default('127.0.0.1:12201'),
  }),
  z.strictObject({
    kind: z.literal('gelf-tcp').meta({ description: 'GELF over TCP, messages ended by NUL' }),
    ...parsed,
    listen: Listen.default('127.0.0.1:12201'),
  }),
  z.strictObject({
    kind: z.literal('netflow').meta({ description: 'NetFlow v5 and v9, and IPFIX, over UDP: one record a flow' }),
    ...common,
    listen: Listen.default('127.0.0.1:2055'),
  }),
  z.strictObject({
    kind: z.literal('sflow').meta({ description: 'sFlow v5 over UDP: one record a sample' }),
    ...common,
    listen: Listen.default('127.0.0.1:6343'),
  }),
  z.strictObject({
    kind: z
      .literal('http')
      .meta({
        description:
          'posted with a token: lines of JSON, Splunk HEC, Elasticsearch _bulk, OTLP, GELF; see docs/guide/sources.md',
      }),
    ...parsed,
  }),
  z.strictObject({
    kind: z
      .literal('host')
      .meta({ description: 'this machine: its journal or /var/log, its packages and listening ports' }),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('exercise').meta({ description: 'telemetry of an invented organisation, to try things with' }),
    ...common,
    organisation: z.literal('fernhill').default('fernhill'),
    seed: z.number().int().min(0).max(4_294_967_295).default(1),
    days: z.number().int().min(1).max(31).default(1),
  }),
])

/** One input, as configured. */
export type SourceConfig = z.output<typeof Source>
export type SourceKind = SourceConfig['kind']
