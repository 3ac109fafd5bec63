// Windows event records as JSON, in the form that evtx_dump writes: Security, System, PowerShell and Sysmon channels.
import { finerThan } from './calendar.ts'
import { hashOf } from './dice.ts'
import type { Machine } from './machines.ts'
import type { Emit } from './types.ts'

export const windowsSource = 'fernhill-windows'
export type EventData = Readonly<Record<string, string | number>>

interface Channel {
  readonly name: string
  readonly provider: string
  readonly guid: string
}
const channels = {
  sysmon: {
    name: 'Microsoft-Windows-Sysmon/Operational',
    provider: 'Microsoft-Windows-Sysmon',
    guid: '5770385F-C22A-43E0-BF4C-06F5698FFBD9',
  },
  security: {
    name: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    guid: '54849625-5478-4994-A5BA-3E3B0328C30D',
  },
  system: {
    name: 'System',
    provider: 'Service Control Manager',
    guid: '555908D1-A6D7-4695-8E1E-26931D2012F4',
  },
  powershell: {
    name: 'Microsoft-Windows-PowerShell/Operational',
    provider: 'Microsoft-Windows-PowerShell',
    guid: 'A0C1853B-5C40-4B15-8766-3CF1C58F985A',
  },
  eventlog: { name: 'Security', provider: 'Microsoft-Windows-Eventlog', guid: 'FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148' },
} as const satisfies Record<string, Channel>
export type ChannelName = keyof typeof channels

/** Version and task of an event, as its provider states them. */
const sysmonVersions: Readonly<Record<number, number>> = { 1: 5, 3: 5, 5: 3, 10: 3, 11: 2, 13: 2, 22: 5 }
const securityTasks: Readonly<Record<number, readonly [version: number, task: number]>> = {
  4624: [2, 12544],
  4625: [0, 12544],
  4634: [0, 12545],
  4648: [0, 12544],
  4672: [0, 12548],
  4688: [2, 13312],
  4768: [0, 14339],
  4769: [0, 14337],
  4771: [0, 14339],
  5140: [1, 12808],
  5145: [0, 12811],
}
const failures = new Set([4625, 4771])
const auditFailure = '0x8010000000000000'
const auditSuccess = '0x8020000000000000'
/** Records are numbered by time, from this moment on: a record's number does not depend on which slice it is read in. */
const numberedFrom = Date.UTC(2024, 0, 1)

function facts(channel: ChannelName, id: number): { version: number; task: number; keywords: string; level: number } {
  if (channel === 'sysmon')
    return { version: sysmonVersions[id] ?? 2, task: id, keywords: '0x8000000000000000', level: 4 }
  if (channel === 'security') {
    const [version, task] = securityTasks[id] ?? [0, 0]
    return { version, task, keywords: failures.has(id) ? auditFailure : auditSuccess, level: 0 }
  }
  if (channel === 'powershell') return { version: 1, task: 2, keywords: '0x0', level: 5 }
  return { version: 0, task: id === 1102 ? 104 : 0, keywords: '0x8080000000000000', level: 4 }
}

/** One record of a channel of a machine. Data keys are the provider's own; `by` is the SID of the account that caused it, where the channel says so. */
export function windowsRecord(
  machine: Machine,
  time: number,
  event: { readonly channel: ChannelName; readonly id: number; readonly data: EventData; readonly by?: string },
): string {
  const { name, provider, guid } = channels[event.channel]
  const { version, task, keywords, level } = facts(event.channel, event.id)
  const digits = String(hashOf(machine.name, time, event.id) % 1000).padStart(3, '0')
  const number = Math.floor((time - numberedFrom) / 16)
  const writer = event.channel === 'sysmon' ? `"ProcessID":3208,"ThreadID":4264` : `"ProcessID":876,"ThreadID":928`
  const by = event.channel === 'sysmon' ? 'S-1-5-18' : event.by
  const security = by === undefined ? 'null' : `{"#attributes":{"UserID":"${by}"}}`
  const body =
    event.channel === 'eventlog'
      ? `"UserData":{"LogFileCleared":${JSON.stringify(event.data)}}`
      : `"EventData":${JSON.stringify(event.data)}`
  return (
    `{"Event":{"#attributes":{"xmlns":"http://schemas.microsoft.com/win/2004/08/events/event"},"System":{` +
    `"Provider":{"#attributes":{"Name":"${provider}","Guid":"${guid}"}},"EventID":${event.id},"Version":${version},` +
    `"Level":${level},"Task":${task},"Opcode":0,"Keywords":"${keywords}",` +
    `"TimeCreated":{"#attributes":{"SystemTime":"${finerThan(time, digits)}Z"}},"EventRecordID":${number},` +
    `"Correlation":null,"Execution":{"#attributes":{${writer}}},"Channel":"${name}",` +
    `"Computer":"${machine.computer}","Security":${security}},${body}}}`
  )
}

/** Emits one Security record. */
export const emitSecurity = (
  emit: Emit,
  machine: Machine,
  time: number,
  event: { id: number; data: EventData },
): void => emit(time, windowsSource, windowsRecord(machine, time, { channel: 'security', ...event }))
