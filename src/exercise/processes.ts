// Processes on a Windows machine and what Sysmon says about them: started, connected, asked for a name, wrote a file, set a key.
import { second, spacedOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { Machine, Place } from './machines.ts'
import { program, type Program } from './programs.ts'
import type { Emit } from './types.ts'
import { type EventData, windowsRecord, windowsSource } from './windows.ts'

/** A logon session: whose it is and how Windows numbers it. */
export interface Session {
  /** `FERNHILL\orla.keaveney`. */
  readonly user: string
  readonly sid: string
  readonly logonId: string
  readonly logonGuid: string
  readonly terminal: number
}

export interface Process {
  readonly guid: string
  readonly pid: number
  readonly program: Program
  readonly commandLine: string
  readonly user: string
}

/** Where a person or an intruder sits: the machine, the session, and where records go. */
export interface Seat {
  readonly machine: Machine
  /** Address the machine has just now. */
  readonly address: string
  readonly session: Session
  readonly emit: Emit
  readonly dice: Dice
}

export const systemUser = 'NT AUTHORITY\\SYSTEM'
const systemSession: Session = {
  user: systemUser,
  sid: 'S-1-5-18',
  logonId: '0x3e7',
  logonGuid: '00000000-0000-0000-0000-000000000000',
  terminal: 0,
}
/** The same seat, acting as the system itself. */
export const asSystem = (seat: Seat): Seat => ({ ...seat, session: systemSession })

/** Sysmon's process id: machine, start time, pid; unique over machines and time. */
export function processGuid(machine: Machine, time: number, pid: number): string {
  const seconds = Math.floor(time / second)
    .toString(16)
    .padStart(8, '0')
    .toUpperCase()
  const serial = pid.toString(16).padStart(4, '0').toUpperCase()
  return `${machine.guid}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${serial.slice(-4)}-00000000${(time % second).toString(16).padStart(4, '0').toUpperCase()}`
}

export const newPid = (dice: Dice): number => 4 * dice.between(300, 7000)

/** A process that has run since before we look: nothing is emitted for it. */
export const standing = (
  machine: Machine,
  at: { readonly time: number; readonly pid: number },
  what: { readonly program: Program; readonly commandLine: string; readonly user: string },
): Process => ({ guid: processGuid(machine, at.time, at.pid), pid: at.pid, ...what })

function sysmon(seat: Seat, time: number, id: number, data: EventData): void {
  seat.emit(time, windowsSource, windowsRecord(seat.machine, time, { channel: 'sysmon', id, data }))
}

export interface Start {
  readonly parent: Process
  readonly program: Program
  readonly commandLine: string
  readonly integrity?: 'Low' | 'Medium' | 'High' | 'System'
  readonly directory?: string
}

/** Says that a known process has started (Sysmon 1). */
export function tellStarted(
  seat: Seat,
  time: number,
  process: Process,
  start: Omit<Start, 'program' | 'commandLine'>,
): void {
  const { parent } = start
  const { image, version, description, product, company, original, hashes } = process.program
  const { session } = seat
  sysmon(seat, time, 1, {
    RuleName: '-',
    UtcTime: spacedOf(time),
    ProcessGuid: process.guid,
    ProcessId: process.pid,
    Image: image,
    FileVersion: version,
    Description: description,
    Product: product,
    Company: company,
    OriginalFileName: original,
    CommandLine: process.commandLine,
    CurrentDirectory: start.directory ?? 'C:\\Windows\\System32\\',
    User: session.user,
    LogonGuid: session.logonGuid,
    LogonId: session.logonId,
    TerminalSessionId: session.terminal,
    IntegrityLevel: start.integrity ?? (session.user === systemUser ? 'System' : 'Medium'),
    Hashes: hashes,
    ParentProcessGuid: parent.guid,
    ParentProcessId: parent.pid,
    ParentImage: parent.program.image,
    ParentCommandLine: parent.commandLine,
    ParentUser: parent.user,
  })
}

/** Starts a process (Sysmon 1) and returns it. */
export function startProcess(seat: Seat, time: number, start: Start): Process {
  const pid = newPid(seat.dice)
  const process: Process = {
    guid: processGuid(seat.machine, time, pid),
    pid,
    program: start.program,
    commandLine: start.commandLine,
    user: seat.session.user,
  }
  tellStarted(seat, time, process, start)
  return process
}

const actor = (process: Process) => ({
  ProcessGuid: process.guid,
  ProcessId: process.pid,
  Image: process.program.image,
})

/** A process has ended (Sysmon 5). */
export const endProcess = (seat: Seat, time: number, process: Process): void =>
  sysmon(seat, time, 5, { RuleName: '-', UtcTime: spacedOf(time), ...actor(process), User: process.user })

/** A process asked for a name (Sysmon 22). */
export const askedName = (seat: Seat, time: number, process: Process, place: Pick<Place, 'host' | 'address'>): void =>
  sysmon(seat, time, 22, {
    RuleName: '-',
    UtcTime: spacedOf(time),
    ProcessGuid: process.guid,
    ProcessId: process.pid,
    QueryName: place.host,
    QueryStatus: '0',
    QueryResults: `::ffff:${place.address};`,
    Image: process.program.image,
    User: process.user,
  })

/** A process connected to a place (Sysmon 3). Returns the port it used. */
export function connected(seat: Seat, time: number, process: Process, place: Place): number {
  const port = seat.dice.between(49_700, 65_300)
  sysmon(seat, time, 3, {
    RuleName: '-',
    UtcTime: spacedOf(time),
    ...actor(process),
    User: process.user,
    Protocol: 'tcp',
    Initiated: 'true',
    SourceIsIpv6: 'false',
    SourceIp: seat.address,
    SourceHostname: seat.machine.computer,
    SourcePort: port,
    SourcePortName: '-',
    DestinationIsIpv6: 'false',
    DestinationIp: place.address,
    DestinationHostname: place.host,
    DestinationPort: place.port,
    DestinationPortName: place.port === 443 ? 'https' : place.port === 80 ? 'http' : '-',
  })
  return port
}

/** A process wrote a file (Sysmon 11). */
export const wroteFile = (seat: Seat, time: number, process: Process, file: string): void =>
  sysmon(seat, time, 11, {
    RuleName: '-',
    UtcTime: spacedOf(time),
    ...actor(process),
    TargetFilename: file,
    CreationUtcTime: spacedOf(time),
    User: process.user,
  })

/** A process set a registry value (Sysmon 13). */
export const setKey = (
  seat: Seat,
  time: number,
  process: Process,
  value: { readonly key: string; readonly details: string },
): void =>
  sysmon(seat, time, 13, {
    RuleName: '-',
    EventType: 'SetValue',
    UtcTime: spacedOf(time),
    ...actor(process),
    TargetObject: value.key,
    Details: value.details,
    User: process.user,
  })

/** A process opened another (Sysmon 10). */
export const openedProcess = (
  seat: Seat,
  time: number,
  source: Process,
  target: { readonly process: Process; readonly access: string; readonly trace: string },
): void =>
  sysmon(seat, time, 10, {
    RuleName: '-',
    UtcTime: spacedOf(time),
    SourceProcessGUID: source.guid,
    SourceProcessId: source.pid,
    SourceThreadId: source.pid + 4,
    SourceImage: source.program.image,
    TargetProcessGUID: target.process.guid,
    TargetProcessId: target.process.pid,
    TargetImage: target.process.program.image,
    GrantedAccess: target.access,
    CallTrace: target.trace,
    SourceUser: source.user,
    TargetUser: target.process.user,
  })

/** A script block as PowerShell logs it (4104). */
export const scriptBlock = (seat: Seat, time: number, text: string): void =>
  seat.emit(
    time,
    windowsSource,
    windowsRecord(seat.machine, time, {
      channel: 'powershell',
      id: 4104,
      by: seat.session.sid,
      data: {
        MessageNumber: 1,
        MessageTotal: 1,
        ScriptBlockText: text,
        ScriptBlockId: `${seat.dice.hex(8)}-${seat.dice.hex(4)}-4${seat.dice.hex(3)}-9${seat.dice.hex(3)}-${seat.dice.hex(12)}`,
        Path: '',
      },
    }),
  )

/** services.exe of a machine, as it has run since start-up. */
export const servicesOf = (machine: Machine): Process =>
  standing(
    machine,
    { time: Date.UTC(2026, 0, 5, 7, 12, 4), pid: 748 },
    { program: program('services'), commandLine: 'C:\\Windows\\system32\\services.exe', user: systemUser },
  )
