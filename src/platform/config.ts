// Everything that can be set, as one schema. The reference page, the JSON Schema, the environment names and the flags are read from it.
import { z } from 'zod'
import { logLevels } from './log.ts'

const byteUnits: Readonly<Record<string, number>> = { KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 }
const ByteText = z.string().regex(/^\d{1,15} ?(KiB|MiB|GiB)$/, 'write a number of bytes, or a size such as 64 MiB')

/** A number of bytes, or a text such as `2 GiB`. */
const bytes = (least: number, most: number) =>
  z
    .union([z.number(), ByteText])
    .transform((given) =>
      typeof given === 'number' ? given : Number.parseInt(given, 10) * (byteUnits[given.slice(-3)] ?? 1),
    )
    .pipe(z.number().int().min(least).max(most))

const zoneExists = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** `127.0.0.1:5514`, `[::1]:5514`, `localhost:5514`. */
const Listen = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):\d{1,5}$/, 'write an address and a port, such as 127.0.0.1:5514')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'a port is at most 65535')

const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'use small letters, digits, dots and dashes')
  .meta({ description: 'the name under which its events and its health are shown' })
const parser = z
  .string()
  .min(1)
  .optional()
  .meta({ description: 'the parser for its records; left out, the records are recognised' })

const Source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('file')
      .meta({ description: 'a file, a folder or a pattern such as /var/log/nginx/*.log; growing files are followed' }),
    name: sourceName,
    path: z.string().min(1),
    parser,
  }),
  z.strictObject({
    kind: z.literal('evtx').meta({ description: 'a Windows event log file, or a folder of them, read once' }),
    name: sourceName,
    path: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('journald').meta({ description: 'the journal of this machine' }),
    name: sourceName,
  }),
  z.strictObject({
    kind: z.literal('syslog-udp').meta({ description: 'syslog over UDP' }),
    name: sourceName,
    listen: Listen.default('127.0.0.1:5514'),
    parser,
  }),
  z.strictObject({
    kind: z.literal('syslog-tcp').meta({ description: 'syslog over TCP' }),
    name: sourceName,
    listen: Listen.default('127.0.0.1:5514'),
    parser,
  }),
  z.strictObject({
    kind: z.literal('http').meta({ description: 'lines of JSON posted to /ingest/v1/ndjson/<name> with a token' }),
    name: sourceName,
    parser,
  }),
  z.strictObject({
    kind: z
      .literal('host')
      .meta({ description: 'this machine: its journal or /var/log, its packages and listening ports' }),
    name: sourceName,
  }),
  z.strictObject({
    kind: z.literal('exercise').meta({ description: 'telemetry of an invented organisation, to try things with' }),
    name: sourceName,
    organisation: z.literal('fernhill').default('fernhill'),
    seed: z.number().int().min(0).max(4_294_967_295).default(1),
    days: z.number().int().min(1).max(31).default(1),
  }),
])

const Tls = z.strictObject({
  cert: z.string().min(1).meta({ description: 'path of the certificate chain (PEM)' }),
  key: z.string().min(1).meta({ description: 'path of its private key (PEM)' }),
})

/** castellan.yaml, with the environment and flags laid over it. */
export const Config = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(100)
      .default('My organisation')
      .meta({ description: 'the organisation, as shown in the console' }),
    currency: z
      .string()
      .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'use a code of ISO 4217, such as EUR')
      .default('EUR')
      .meta({ description: 'currency of amounts of money, as a code of ISO 4217' }),
    timeZone: z
      .string()
      .refine(zoneExists, 'use a name such as Europe/Dublin')
      .default('UTC')
      .meta({ description: 'time zone in which times are shown; inside, all times are UTC' }),
    server: z
      .strictObject({
        host: z.string().min(1).default('127.0.0.1').meta({
          description:
            'address to listen on; only this machine can reach the default. Set tls before you open it to others',
        }),
        port: z
          .number()
          .int()
          .min(0)
          .max(65_535)
          .default(7600)
          .meta({ description: 'port to listen on; 0 takes a free one' }),
        tls: Tls.optional().meta({ description: 'certificate for HTTPS; without it the server speaks HTTP' }),
      })
      .prefault({}),
    state: z
      .strictObject({
        url: z
          .union([
            z.literal(''),
            z.string().regex(/^(postgres(ql)?:\/\/|file:)/, 'write postgres://user:password@host/database'),
          ])
          .default('')
          .meta({
            description:
              'empty for SQLite in .castellan/state.db, or postgres://…, or file:PATH of a file that holds the URL',
            secret: true,
          }),
      })
      .prefault({}),
    events: z
      .strictObject({
        url: z
          .union([
            z.literal(''),
            z.string().regex(/^(https?:\/\/|file:)/, 'write https://user:password@host:8443/database'),
          ])
          .default('')
          .meta({
            description:
              'empty for chDB in .castellan/events, or http(s)://… of a ClickHouse server, or file:PATH of a file that holds the URL',
            secret: true,
          }),
      })
      .prefault({}),
    secrets: z
      .strictObject({
        keyFile: z.string().default('').meta({
          description:
            'file with the key that encrypts stored secrets; empty for .castellan/secret.key, made at the first start. CASTELLAN_SECRET_KEY (base64 of 32 bytes) goes before it',
        }),
      })
      .prefault({}),
    log: z
      .strictObject({
        level: z.enum(logLevels).default('info').meta({ description: 'the least important entries to write' }),
      })
      .prefault({}),
    limits: z
      .strictObject({
        recordBytes: bytes(1_024, 67_108_864)
          .default(1_048_576)
          .meta({ description: 'longest record taken in; longer ones are counted and refused' }),
        batchEvents: z
          .number()
          .int()
          .min(1)
          .max(200_000)
          .default(20_000)
          .meta({ description: 'events worked on at once' }),
        spoolBytes: bytes(16_777_216, 1_099_511_627_776).default(2_147_483_648).meta({
          description: 'space for records that were accepted and wait; when it is full, inputs wait or are refused',
        }),
        queryMilliseconds: z
          .number()
          .int()
          .min(100)
          .max(3_600_000)
          .default(30_000)
          .meta({ description: 'longest time of one search' }),
        queryRows: z
          .number()
          .int()
          .min(100)
          .max(1_000_000)
          .default(10_000)
          .meta({ description: 'most rows of one answer' }),
      })
      .prefault({}),
    sources: z
      .array(Source)
      .max(500)
      .default([])
      .refine(
        (sources) => new Set(sources.map(({ name }) => name)).size === sources.length,
        'each source needs a name of its own',
      )
      .meta({ description: 'where events come from' }),
    rules: z
      .array(z.string().min(1))
      .max(100)
      .default(['rules'])
      .meta({ description: 'folders of detection rules, from the workspace' }),
    lists: z
      .record(
        z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'name a list with letters, digits and . _ -'),
        z.array(z.string().max(1_000)).max(100_000),
      )
      .default({})
      .meta({
        description: 'lists for rules that use the modifier expand: `%name%` stands for the values of the list `name`',
      }),
    enrichment: z
      .strictObject({
        geo: z.array(z.string().min(1)).max(10).default(['geo']).meta({
          description:
            'MaxMind-format databases (.mmdb) or folders of them, from the workspace: country, city, network operator',
        }),
        identities: z.string().min(1).default('identities.yaml').meta({
          description: 'file that says which accounts and hosts are whose, from the workspace',
        }),
        intelligence: z.array(z.string().min(1)).max(100).default(['intelligence']).meta({
          description: 'files or folders of threat intelligence, from the workspace: STIX 2.1, MISP, CSV, plain lists',
        }),
        intelligenceDays: z.number().int().min(1).max(3_650).default(90).meta({
          description:
            'days after which an indicator that states no end is not matched any more, from its last sighting or its file',
        }),
        allow: z.array(z.string().min(1)).max(100).default(['allow']).meta({
          description: 'files or folders of values known to be good: plain lists, MISP warning lists',
        }),
        reverseDns: z.enum(['off', 'private', 'all']).default('off').meta({
          description: 'for which addresses names are asked of DNS',
        }),
        dnsServers: z.array(z.string().min(1)).max(5).default([]).meta({
          description: 'DNS servers to ask, as 192.0.2.53 or 192.0.2.53:5353; empty for those of this machine',
        }),
      })
      .prefault({}),
    watchHost: z
      .boolean()
      .default(true)
      .meta({ description: 'watch the machine that Castellan runs on, as a source named host' }),
  })
  .meta({ title: 'castellan.yaml', description: 'Settings of a Castellan workspace' })
export type Config = z.output<typeof Config>

/** One input, as configured. */
export type SourceConfig = z.output<typeof Source>
export type SourceKind = SourceConfig['kind']

/** JSON Schema (draft 2020-12) of castellan.yaml, for editors. */
export const configJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(Config, { io: 'input', override: ({ jsonSchema }) => void delete jsonSchema['secret'] }),
})
