// Second act: looking around from the laptop, becoming its administrator, taking passwords out of memory and tickets.
import { second } from '../calendar.ts'
import { serviceTicket } from '../logons.ts'
import { dc01 } from '../machines.ts'
import { accountant } from '../people.ts'
import {
  openedProcess,
  type Process,
  scriptBlock,
  setKey,
  standing,
  startProcess,
  systemUser,
  wroteFile,
} from '../processes.ts'
import { program, unsigned } from '../programs.ts'
import { type Foothold, implantFile } from './foothold.ts'
import type { Moment, Teller } from './teller.ts'

const machine = accountant.laptop

/** A command of the implant by way of cmd.exe. */
function command(
  foothold: Foothold,
  moment: Moment,
  what: { after: number; tool: string; line: string; via?: boolean },
): Process {
  const seat = foothold.seat(moment)
  const time = moment.time + what.after * second
  if (what.via === false)
    return startProcess(seat, time, { parent: foothold.implant, program: program(what.tool), commandLine: what.line })
  const shell = startProcess(seat, time, {
    parent: foothold.implant,
    program: program('cmd'),
    commandLine: `C:\\Windows\\System32\\cmd.exe /c ${what.line}`,
  })
  const tool = startProcess(seat, time + 60, { parent: shell, program: program(what.tool), commandLine: what.line })
  if (what.tool === 'net')
    startProcess(seat, time + 110, {
      parent: tool,
      program: program('net1'),
      commandLine: what.line.replace(/^net /, 'C:\\Windows\\system32\\net1 '),
    })
  return tool
}

/** Who am I, who rules here, where are the servers. */
export function lookAround(teller: Teller, foothold: Foothold): void {
  const tell = (
    facts: { step: string; title: string; technique: string; after: number },
    commands: readonly [string, string][],
  ) =>
    teller.tell({ ...facts, host: machine }, (moment) =>
      commands.forEach(([tool, line], n) => command(foothold, moment, { after: n * 19, tool, line })),
    )
  tell({ step: 'discovery-user', title: 'Asks who it is running as', technique: 'T1033', after: 34 }, [
    ['whoami', 'whoami /all'],
  ])
  tell(
    { step: 'discovery-groups', title: 'Lists the administrators of the domain', technique: 'T1069.002', after: 36 },
    [
      ['net', 'net group "Domain Admins" /domain'],
      ['net', 'net group "Server Operators" /domain'],
    ],
  )
  tell({ step: 'discovery-domain', title: 'Lists domain controllers and trusts', technique: 'T1482', after: 39 }, [
    ['nltest', 'nltest /dclist:corp.fernhill.example'],
    ['nltest', 'nltest /domain_trusts /all_trusts'],
  ])
  teller.tell(
    { step: 'discovery-system', title: 'Reads what the laptop is', technique: 'T1082', host: machine, after: 42 },
    (moment) => void command(foothold, moment, { after: 0, tool: 'systeminfo', line: 'systeminfo', via: false }),
  )
}

function becomeAdministrator(teller: Teller, foothold: Foothold): Process {
  return teller.tell(
    {
      step: 'uac-bypass',
      title: 'Gets administrator rights without the question',
      technique: 'T1548.002',
      host: machine,
      after: 52,
    },
    (moment) => {
      const seat = foothold.seat(moment)
      const key = `HKU\\${accountant.sid}_Classes\\ms-settings\\shell\\open\\command`
      setKey(seat, moment.time, foothold.implant, { key: `${key}\\(Default)`, details: implantFile })
      setKey(seat, moment.time + 150, foothold.implant, { key: `${key}\\DelegateExecute`, details: '(Empty)' })
      const helper = startProcess(seat, moment.time + 2 * second, {
        parent: foothold.implant,
        program: program('fodhelper'),
        commandLine: '"C:\\Windows\\System32\\fodhelper.exe"',
        integrity: 'High',
      })
      return startProcess(seat, moment.time + 3 * second, {
        parent: helper,
        program: unsigned(implantFile),
        commandLine: `"${implantFile}"`,
        integrity: 'High',
      })
    },
  )
}

function hideFromAntivirus(teller: Teller, foothold: Foothold, elevated: Process): void {
  teller.tell(
    {
      step: 'defender-exclusion',
      title: 'Tells the antivirus to look away',
      technique: 'T1562.001',
      host: machine,
      after: 55,
    },
    (moment) => {
      const seat = foothold.seat(moment)
      const script = `Add-MpPreference -ExclusionPath 'C:\\ProgramData','${implantFile}'`
      startProcess(seat, moment.time, {
        parent: elevated,
        program: program('powershell'),
        commandLine: `powershell.exe -NoProfile -Command "${script}"`,
        integrity: 'High',
      })
      scriptBlock(seat, moment.time + 700, script)
    },
  )
}

const callTrace =
  'C:\\Windows\\SYSTEM32\\ntdll.dll+9feb4|C:\\Windows\\System32\\KERNELBASE.dll+3315e|' +
  'C:\\Windows\\SYSTEM32\\dbgcore.DLL+6dd3|C:\\Windows\\System32\\comsvcs.dll+2a1f4|C:\\Windows\\System32\\rundll32.exe+3b28'

function dumpMemory(teller: Teller, foothold: Foothold, elevated: Process): void {
  teller.tell(
    {
      step: 'lsass-dump',
      title: 'Copies the memory that holds passwords',
      technique: 'T1003.001',
      host: machine,
      after: 63,
    },
    (moment) => {
      const seat = foothold.seat(moment)
      const lsass = standing(
        machine,
        { time: Date.UTC(2026, 0, 5, 7, 12, 4), pid: 712 },
        { program: program('lsass'), commandLine: 'C:\\Windows\\system32\\lsass.exe', user: systemUser },
      )
      const dump = startProcess(seat, moment.time, {
        parent: elevated,
        program: program('rundll32'),
        commandLine: `rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump ${lsass.pid} C:\\ProgramData\\es.dmp full`,
        integrity: 'High',
      })
      openedProcess(seat, moment.time + 180, dump, { process: lsass, access: '0x1fffff', trace: callTrace })
      wroteFile(seat, moment.time + 900, dump, 'C:\\ProgramData\\es.dmp')
    },
  )
}

/** Takes the passwords that the laptop remembers, an administrator's among them. */
export function stealCredentials(teller: Teller, foothold: Foothold): void {
  const elevated = becomeAdministrator(teller, foothold)
  hideFromAntivirus(teller, foothold, elevated)
  dumpMemory(teller, foothold, elevated)
  teller.tell(
    {
      step: 'kerberoast',
      title: 'Asks for tickets of service accounts in a form that can be cracked',
      technique: 'T1558.003',
      host: dc01,
      after: 74,
    },
    (moment) => {
      const { session, address } = foothold.seat(moment)
      for (const [n, service] of ['svc-scan2mail', 'svc-print', 'svc-reports', 'svc-sync'].entries())
        serviceTicket(moment.emit, moment.time + n * 380, moment.dice, {
          session,
          address,
          service,
          encryption: '0x17',
        })
    },
  )
}
