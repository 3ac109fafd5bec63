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

/** Which lines are one record. */
const Join = z.union(
  [
    z.enum(['auto', 'none', 'auditd', 'indented', 'timestamp']),
    z.strictObject({ begins: z.string().min(1).max(200) }),
    z.strictObject({ ends: z.string().min(1).max(200) }),
  ],
  { error: 'write auto, none, auditd, indented, timestamp, {begins: text} or {ends: text}' },
)
export type Join = z.output<typeof Join>
/** What every source has whose lines may be parts of a record. */
const lined = {
  ...parsed,
  join: Join.optional().meta({
    description:
      'which lines are one record: auto (records of auditd; the rule when left out), none, auditd, indented, timestamp, {begins: text} or {ends: text}',
  }),
}

/** A secret is not written into castellan.yaml, but named there. */
const Credential = z.string().regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'write env:NAME or file:PATH')
/** Seconds between two looks. */
const every = (usual: number) =>
  z.number().int().min(1).max(86_400).default(usual).meta({ description: 'seconds between two looks' })

const Web = z.url({ protocol: /^https?$/ })
/** What every source has that asks an API. */
const polled = (usualSeconds: number) => ({
  ...common,
  everySeconds: every(usualSeconds),
  firstDays: z.number().int().min(0).max(180).default(1).meta({ description: 'days back that the first look goes' }),
})
/** A program registered in Entra ID. */
const microsoft = {
  tenant: z.string().min(1).max(100).meta({ description: 'id or domain of the tenant' }),
  client: z.string().min(1).max(100).meta({ description: 'id of the registered application' }),
  credential: Credential.meta({ description: 'its secret, as env:NAME or file:PATH' }),
  login: Web.default('https://login.microsoftonline.com').meta({
    description: 'who gives tokens; other clouds have others',
  }),
}

/** One source; its kind says which input reads it. */
export const Source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('file')
      .meta({ description: 'a file, a folder or a pattern such as /var/log/nginx/*.log; growing files are followed' }),
    ...lined,
    path: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('objects').meta({
      description:
        'logs kept as objects, each read once: files of a folder, or a bucket (CloudTrail, VPC flow, load balancers), plain or compressed',
    }),
    ...parsed,
    from: z.string().min(1).meta({ description: 'a folder or pattern, or s3://bucket/prefix' }),
    region: z.string().min(1).max(40).default('us-east-1').meta({ description: 'region of the bucket' }),
    endpoint: z
      .union([z.literal(''), z.url({ protocol: /^https?$/ })])
      .default('')
      .meta({ description: 'address of another store that speaks S3; empty for Amazon' }),
    credential: Credential.optional().meta({
      description:
        'env:NAME or file:PATH of {"accessKeyId": …, "secretAccessKey": …}; left out, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    }),
    everySeconds: every(60),
  }),
  z.strictObject({
    kind: z.literal('okta').meta({ description: 'the system log of an Okta organisation, by its API' }),
    ...polled(60),
    url: Web.meta({ description: 'address of the organisation: https://example.okta.com' }),
    credential: Credential.meta({ description: 'an API token, as env:NAME or file:PATH' }),
  }),
  z.strictObject({
    kind: z.literal('entra').meta({ description: 'sign-ins and audits of Microsoft Entra ID, by Graph' }),
    ...polled(300),
    ...microsoft,
    lists: z
      .array(z.enum(['signIns', 'directoryAudits', 'provisioning', 'riskDetections']))
      .min(1)
      .default(['signIns', 'directoryAudits']),
    endpoint: Web.default('https://graph.microsoft.com'),
  }),
  z.strictObject({
    kind: z
      .literal('m365')
      .meta({ description: 'the unified audit log of Microsoft 365, by its Management Activity API' }),
    ...polled(300),
    ...microsoft,
    contents: z
      .array(z.enum(['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General', 'DLP.All']))
      .min(1)
      .default(['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General']),
    endpoint: Web.default('https://manage.office.com'),
  }),
  z.strictObject({
    kind: z.literal('google-workspace').meta({ description: 'activities of Google Workspace, by the Reports API' }),
    ...polled(300),
    credential: Credential.meta({ description: 'the key file of a service account, as env:NAME or file:PATH' }),
    subject: z.string().min(3).meta({ description: 'an administrator for whom the service account may read' }),
    applications: z
      .array(
        z.enum([
          'login', 'admin', 'drive', 'token', 'groups', 'groups_enterprise', 'user_accounts', 'rules', 'saml', 'mobile', 'calendar', 'chat', 'gcp', 'meet',
          'context_aware_access', 'access_transparency', 'chrome', 'data_studio', 'keep', 'vault',
        ]), // prettier-ignore
      )
      .min(1)
      .default(['login', 'admin', 'token', 'drive', 'user_accounts']),
    endpoint: Web.default('https://admin.googleapis.com'),
  }),
  z.strictObject({
    kind: z.literal('github').meta({ description: 'the audit log of GitHub, by its API' }),
    ...polled(60),
    of: z
      .string()
      .regex(/^(?:orgs|enterprises)\/[A-Za-z0-9_.-]{1,100}$/, 'write orgs/NAME or enterprises/NAME')
      .meta({ description: 'orgs/NAME or enterprises/NAME' }),
    credential: Credential.meta({ description: 'a token that may read the audit log, as env:NAME or file:PATH' }),
    endpoint: Web.default('https://api.github.com'),
  }),
  z.strictObject({
    kind: z.literal('cloudtrail').meta({
      description: 'management events of AWS CloudTrail, by its API; for a trail in a bucket use objects',
    }),
    ...polled(120),
    regions: z
      .array(z.string().regex(/^[a-z0-9-]{1,40}$/))
      .min(1)
      .max(50)
      .default(['us-east-1']),
    credential: Credential.optional().meta({
      description:
        'env:NAME or file:PATH of {"accessKeyId": …, "secretAccessKey": …}; left out, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    }),
    endpoint: z
      .union([z.literal(''), Web])
      .default('')
      .meta({ description: 'empty for Amazon' }),
  }),
  z.strictObject({
    kind: z.literal('pcap').meta({ description: 'captures of network traffic, each read once through Suricata' }),
    ...common,
    path: z.string().min(1).meta({ description: 'a capture, a folder of them, or a pattern' }),
    rules: z.array(z.string().min(1)).max(50).default([]).meta({ description: 'files or folders of Suricata rules' }),
    program: z.string().min(1).default('suricata').meta({ description: 'the program to run' }),
  }),
  z.strictObject({
    kind: z
      .literal('kafka')
      .meta({ description: 'topics of Kafka, or of what speaks its protocol, as a member of a group' }),
    ...lined,
    brokers: z
      .array(
        z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):\d{1,5}$/, 'write a host and a port, such as kafka1:9092'),
      )
      .min(1)
      .max(100),
    topics: z.array(z.string().min(1).max(249)).min(1).max(500),
    group: z
      .string()
      .min(1)
      .max(200)
      .default('castellan')
      .meta({ description: 'consumers of one group share the partitions' }),
    tls: z.boolean().default(false),
    ca: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'path of the certificates that sign those of the brokers (PEM); TLS then' }),
    login: z
      .strictObject({
        mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
        user: z.string().min(1),
        credential: Credential.meta({ description: 'the password, as env:NAME or file:PATH' }),
      })
      .optional()
      .meta({ description: 'SASL' }),
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
    ...lined,
    listen: Listen.default('127.0.0.1:5514'),
  }),
  z.strictObject({
    kind: z.literal('syslog-tcp').meta({ description: 'syslog over TCP' }),
    ...lined,
    listen: Listen.default('127.0.0.1:5514'),
  }),
  z.strictObject({
    kind: z.literal('syslog-tls').meta({ description: 'syslog over TLS (RFC 5425)' }),
    ...lined,
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
    ...lined,
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
    kind: z.literal('http').meta({
      description:
        'posted with a token: lines of JSON, Splunk HEC, Elasticsearch _bulk, OTLP, GELF; see docs/guide/sources.md',
    }),
    ...lined,
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
    scenario: z.enum(['story', 'intrusions']).optional().meta({
      description:
        'story: one attack on the last day; intrusions: twelve more on the two days before, for detectors of what is unusual',
    }),
  }),
])

/** One input, as configured. */
export type SourceConfig = z.output<typeof Source>
export type SourceKind = SourceConfig['kind']
