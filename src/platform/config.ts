// Everything that can be set, as one schema. The reference page, the JSON Schema, the environment names and the flags are read from it.
import { z } from 'zod'
import { Source } from './config-sources.ts'
import { bytes } from './config-values.ts'
import { logLevels } from './log.ts'

const zoneExists = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const Retention = z
  .strictObject({
    source: z.string().min(1).max(100).optional().meta({ description: 'events of this source' }),
    class: z.number().int().min(0).optional().meta({ description: 'events of this OCSF class_uid' }),
    product: z.string().min(1).max(100).optional().meta({ description: 'events of this product' }),
    all: z.literal(true).optional().meta({ description: 'all events that no line before fits' }),
    days: z.number().int().min(1).max(36_500).meta({ description: 'days after which they are removed' }),
  })
  .refine(
    ({ source, class: classUid, product, all }) =>
      [source, classUid, product, all].filter((one) => one !== undefined).length === 1,
    'name one of source, class, product or all',
  )
export type Retention = z.output<typeof Retention>

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
        cluster: z
          .string()
          .regex(/^[A-Za-z0-9_.-]{0,100}$/, 'write the name of the cluster as the servers know it')
          .default('')
          .meta({
            description:
              'the ClickHouse cluster to spread events over, by the name the servers know it by; they need the macros shard and replica. Empty for one server',
          }),
        diskBytes: bytes(0, Number.MAX_SAFE_INTEGER).default(0).meta({
          description:
            'most space for stored events, such as 200 GiB; the oldest days go when there is more (see retention.preview). 0 for no limit',
        }),
        archiveDays: z.number().int().min(0).max(36_500).default(0).meta({
          description:
            'days after which events move into Parquet files, one a day, where searches still find them; 0 keeps all in the engine. Only with chDB',
        }),
        archive: z.string().default('').meta({
          description: 'folder of those files, from the workspace; empty for .castellan/archive',
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
    correlation: z
      .strictObject({
        latenessSeconds: z.number().int().min(0).max(86_400).default(15).meta({
          description:
            'how much later than newer events an event may come and still be put in order; alerts of correlations wait so long',
        }),
        bytes: bytes(1_048_576, 68_719_476_736).default(268_435_456).meta({
          description:
            'memory for what correlations hold, shared among them; what goes beyond is forgotten and counted',
        }),
      })
      .prefault({}),
    packs: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower case letters, digits and dashes'),
          git: z
            .string()
            .min(1)
            .max(1_000)
            .refine((from) => !from.startsWith('-') && !from.includes('::'), 'https, ssh or a folder')
            .meta({ description: 'where it comes from: https, ssh, or a folder from the workspace' }),
          revision: z
            .string()
            .regex(/^[0-9a-f]{40}$/, 'the hash of a commit, 40 digits: what is in use changes only with this line')
            .meta({ description: 'hash of the commit in use' }),
          folder: z
            .string()
            .max(500)
            .refine((path) => !/^[-/\\:]|(^|[\\/])\.\.([\\/]|$)/.test(path), 'a folder within the pack')
            .default('')
            .meta({ description: 'where its rules lie; all of it when left out' }),
        }),
      )
      .max(50)
      .default([])
      .refine(
        (packs) => new Set(packs.map(({ name }) => name)).size === packs.length,
        'each pack needs a name of its own',
      )
      .meta({ description: 'packs of rules from git, fetched by `castellan rule update`' }),
    overrides: z
      .record(
        z.string().min(1).max(200),
        z.strictObject({
          enabled: z.boolean().optional().meta({ description: 'false switches the rule off' }),
          level: z
            .enum(['informational', 'low', 'medium', 'high', 'critical'])
            .optional()
            .meta({ description: 'in place of the level in its file' }),
          threshold: z
            .number()
            .min(0)
            .optional()
            .meta({ description: 'of a correlation: in place of the number it compares with' }),
          reason: z.string().max(1_000).optional().meta({ description: 'why, for those who ask later' }),
        }),
      )
      .default({})
      .meta({ description: 'what to do with single rules, by id, apart from their files' }),
    lists: z
      .record(
        z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, 'name a list with letters, digits and . _ -'),
        z.array(z.string().max(1_000)).max(100_000),
      )
      .default({})
      .meta({
        description: 'lists for rules that use the modifier expand: `%name%` stands for the values of the list `name`',
      }),
    risk: z
      .strictObject({
        halfLifeDays: z.number().min(0.1).max(365).default(7).meta({
          description: 'days in which an alert loses half of its weight in the risk of its user, host and addresses',
        }),
        threshold: z.number().min(1).max(1_000_000).default(150).meta({
          description: 'risk of a user, host or address from which on an alert about it is raised',
        }),
      })
      .prefault({}),
    alerts: z
      .strictObject({
        keepDays: z
          .number()
          .int()
          .max(36_500)
          .refine(
            (days) => days === 0 || days >= 31,
            '0 for ever, else at least 31: benign filters and suppressions look back 30 days',
          )
          .default(400)
          .meta({
            description:
              'days that an alert is kept after its last event and after it was raised, 0 for ever; confirmed ones and those of incidents that somebody has seen stay',
          }),
      })
      .prefault({}),
    anomalies: z
      .record(
        z.string().regex(/^[a-z-]{1,40}$/, 'name a detector, as anomaly.list does'),
        z.record(z.string().regex(/^[A-Za-z]{1,40}$/, 'name a parameter'), z.number().min(0)),
      )
      .default({})
      .meta({
        description:
          'parameters of detectors of anomalies that are not the standard, such as `beaconing: { score: 0.9 }` or `new-binary: { on: 0 }`',
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
    retention: z.array(Retention).max(100).default([]).meta({
      description: 'how long events are kept; the first line that fits counts, what none fits is kept for ever',
    }),
    watchHost: z
      .boolean()
      .default(true)
      .meta({ description: 'watch the machine that Castellan runs on, as a source named host' }),
  })
  .meta({ title: 'castellan.yaml', description: 'Settings of a Castellan workspace' })
export type Config = z.output<typeof Config>

/** JSON Schema (draft 2020-12) of castellan.yaml, for editors. */
export const configJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(Config, { io: 'input', override: ({ jsonSchema }) => void delete jsonSchema['secret'] }),
})
