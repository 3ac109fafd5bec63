// CloudTrail records of the cloud account: documents read and written by the portal, builds, backups, people in the console.
import { day, hour, isoOf, localDay, minute, second } from './calendar.ts'
import { deskOf, within } from './desk.ts'
import { diceOf, type Dice } from './dice.ts'
import { app01, app02, backup01, ci01, type Machine, mon01, ours } from './machines.ts'
import { ofTeam } from './people.ts'
import type { Cell, Emit, Stream } from './types.ts'

export const cloudSource = 'fernhill-aws'
/** A documentation account number; the region the account works in. */
export const accountId = '111122223333'
export const homeRegion = 'eu-west-1'
const sdk = 'aws-sdk-js/3.940.0 ua/2.1 os/linux lang/js md/nodejs#22.21.0'
export const commandLineTool = 'aws-cli/2.31.18 md/awscrt#0.28.2 ua/2.1 os/linux#6.12.48 lang/python#3.13.7'

export interface Call {
  readonly source: 's3' | 'sts' | 'ecr' | 'monitoring' | 'ec2' | 'signin' | 'config' | 'iam' | 'cloudtrail' | 'kms'
  readonly name: string
  readonly identity: object
  readonly address: string
  readonly agent?: string
  readonly region?: string
  readonly request?: object
  readonly response?: object
  readonly resources?: readonly object[]
  readonly readOnly?: boolean
  /** Data events say what was done to objects; the others what was done to the account. */
  readonly data?: boolean
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly extra?: object
}

const uuid = (dice: Dice): string => `${dice.hex(8)}-${dice.hex(4)}-4${dice.hex(3)}-a${dice.hex(3)}-${dice.hex(12)}`

/** One CloudTrail record. */
export const apiCall = (emit: Emit, time: number, dice: Dice, call: Call): void =>
  emit(
    time,
    cloudSource,
    JSON.stringify({
      eventVersion: '1.11',
      userIdentity: call.identity,
      eventTime: `${isoOf(time).slice(0, 19)}Z`,
      eventSource: `${call.source}.amazonaws.com`,
      eventName: call.name,
      awsRegion: call.region ?? homeRegion,
      sourceIPAddress: call.address,
      userAgent: call.agent ?? sdk,
      ...(call.errorCode === undefined ? {} : { errorCode: call.errorCode, errorMessage: call.errorMessage ?? '' }),
      requestParameters: call.request ?? null,
      responseElements: call.response ?? null,
      ...call.extra,
      requestID: dice.hex(16).toUpperCase(),
      eventID: uuid(dice),
      readOnly: call.readOnly ?? true,
      ...(call.resources === undefined ? {} : { resources: call.resources }),
      eventType: call.source === 'signin' ? 'AwsConsoleSignIn' : 'AwsApiCall',
      managementEvent: !(call.data ?? false),
      recipientAccountId: accountId,
      eventCategory: (call.data ?? false) ? 'Data' : 'Management',
    }),
  )

const instances: Readonly<Record<string, string>> = {
  app01: 'i-0a51c02e9d7f4b110',
  app02: 'i-0a51c02e9d7f4b12c',
  backup01: 'i-0c77d81a04be93f05',
  ci01: 'i-0d10b6f3ce5a2871e',
  mon01: 'i-0e94a7720cb1d36fa',
}

/** A role taken on by a machine or a person. */
export const roleOf = (role: string, session: string): object => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE${role.replaceAll('-', '').toUpperCase().slice(0, 10)}:${session}`,
  arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
  accountId,
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${accountId}:role/${role}`, accountId, userName: role },
    attributes: { mfaAuthenticated: 'false' },
  },
})
/** The role of a server, as its instance. */
export const serverRole = (role: string, machine: Machine): object =>
  roleOf(role, instances[machine.name] ?? machine.name)

export const objectOf = (bucket: string, key: string, owner = accountId): readonly object[] => [
  { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
  { accountId: owner, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
]

/** Objects of the patients' documents, read and written by the application servers. */
function documents(cell: Cell, dice: Dice, busy: number): void {
  for (let n = dice.count(70 * busy * cell.scale); n > 0; n--) {
    const machine = dice.pick([app01, app02])
    const writes = dice.chance(0.25)
    const key = `patients/${dice.hex(2)}/${dice.hex(12)}.pdf`
    apiCall(cell.emit, cell.start + dice.between(0, 3_599_999), dice, {
      source: 's3',
      name: writes ? 'PutObject' : 'GetObject',
      identity: serverRole('fernhill-app', machine),
      address: machine.address,
      request: { bucketName: 'fernhill-documents', key, Host: 'fernhill-documents.s3.eu-west-1.amazonaws.com' },
      resources: objectOf('fernhill-documents', key),
      readOnly: !writes,
      data: true,
      extra: {
        additionalEventData: {
          bytesTransferredIn: writes ? dice.between(40_000, 900_000) : 0,
          bytesTransferredOut: writes ? 0 : dice.between(40_000, 900_000),
        },
      },
    })
  }
}

/** Calls that machines make at their own pace. */
function machines(cell: Cell, dice: Dice, busy: number): void {
  for (let m = 0; m < 60; m += 5) {
    const time = cell.start + m * minute + dice.between(0, 20) * second
    apiCall(cell.emit, time, dice, {
      source: 'monitoring',
      name: 'GetMetricData',
      identity: serverRole('fernhill-monitor', mon01),
      address: mon01.address,
    })
    if (m % 15 === 0)
      apiCall(cell.emit, time + second, dice, {
        source: 'ec2',
        name: 'DescribeInstances',
        identity: roleOf('AWSServiceRoleForConfig', 'AWSConfig-Describe'),
        address: 'config.amazonaws.com',
        agent: 'config.amazonaws.com',
      })
  }
  for (let n = dice.count(5 * busy * cell.scale); n > 0; n--) {
    const time = cell.start + dice.between(0, 3_500_000)
    apiCall(cell.emit, time, dice, {
      source: 'ecr',
      name: 'GetAuthorizationToken',
      identity: serverRole('fernhill-ci', ci01),
      address: ci01.address,
    })
    apiCall(cell.emit, time + 8 * second, dice, {
      source: 'ecr',
      name: 'PutImage',
      identity: serverRole('fernhill-ci', ci01),
      address: ci01.address,
      readOnly: false,
      request: { repositoryName: 'portal-api' },
    })
  }
  const backup = Math.floor(cell.start / day) * day + 103 * minute
  if (backup >= cell.start && backup < cell.end)
    for (let part = 1; part <= 24; part++)
      apiCall(cell.emit, backup + part * 14 * second, dice, {
        source: 's3',
        name: 'UploadPart',
        identity: serverRole('fernhill-backup', backup01),
        address: backup01.address,
        request: {
          bucketName: 'fernhill-backup',
          key: `portal/${isoOf(backup).slice(0, 10)}.dump.age`,
          partNumber: String(part),
        },
        resources: objectOf('fernhill-backup', `portal/${isoOf(backup).slice(0, 10)}.dump.age`),
        readOnly: false,
        data: true,
      })
}

const looked: readonly [Call['source'], string][] = [
  ['ec2', 'DescribeInstances'],
  ['ec2', 'DescribeSecurityGroups'],
  ['monitoring', 'DescribeAlarms'],
  ['s3', 'ListBuckets'],
  ['kms', 'ListAliases'],
  ['ecr', 'DescribeRepositories'],
]

/** Operations people come by single sign-on with a second factor and look at things. */
function consoleVisits(cell: Cell): void {
  for (const person of ofTeam('operations', 'it')) {
    const desk = deskOf(cell.seed, person, localDay(person.zone, cell.start))
    const dice = diceOf(cell.seed, 'console', person.id, cell.start)
    for (const { from, to } of within(desk.blocks, cell.start, cell.end)) {
      if (!dice.chance(0.3)) continue
      const time = from + Math.floor(dice.next() * (to - from))
      const identity = roleOf('fernhill-operator', person.id)
      const common = {
        identity,
        address: ours.office,
        agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/142.0.0.0',
      }
      apiCall(cell.emit, time, dice, {
        ...common,
        source: 'signin',
        name: 'ConsoleLogin',
        response: { ConsoleLogin: 'Success' },
        readOnly: false,
        extra: {
          additionalEventData: { MFAUsed: 'Yes', MobileVersion: 'No', LoginTo: 'https://console.aws.amazon.com/' },
        },
      })
      for (let n = dice.between(2, 8); n > 0; n--) {
        const [source, name] = looked[dice.between(0, looked.length - 1)] ?? ['ec2', 'DescribeInstances']
        apiCall(cell.emit, time + n * dice.between(3, 40) * second, dice, { ...common, source, name })
      }
    }
  }
}

/** The cloud account's stream. */
export const cloud: Stream = (cell) => {
  const dice = diceOf(cell.seed, 'cloud', cell.start)
  const hourOfDay = (cell.start % day) / hour
  const busy = hourOfDay >= 7 && hourOfDay < 23 ? 1 : 0.3
  documents(cell, dice, busy)
  machines(cell, dice, busy)
  consoleVisits(cell)
}
