// What developers, operations and IT people do at their laptops: code, containers, shells, remote desktops.
import { minute, second } from './calendar.ts'
import type { Activity } from './office.ts'
import { launch, reach, type Sitting } from './sitting.ts'
import { loggedOff, loggedOn, privileged, ticketGranted } from './logons.ts'
import { mgmt01, outside, web01 } from './machines.ts'
import { adminOf, domain, type Person } from './people.ts'
import {
  endProcess,
  newPid,
  type Process,
  processGuid,
  scriptBlock,
  type Seat,
  type Session,
  startProcess,
  wroteFile,
} from './processes.ts'
import { program } from './programs.ts'
import { emitSecurity } from './windows.ts'

interface Child {
  readonly parent: Process
  readonly key: string
  readonly line: string
}
const child = (at: Sitting, time: number, { parent, key, line }: Child): Process =>
  startProcess(at.seat, time, {
    parent,
    program: program(key),
    commandLine: line,
    directory: `C:\\Users\\${at.person.id}\\src\\portal\\`,
  })

const pulls = [
  'git.exe fetch --all --prune',
  'git.exe pull --rebase',
  'git.exe push origin HEAD',
  'git.exe status -z -uall',
] as const
const gitSsh = '"C:\\Program Files\\Git\\usr\\bin\\ssh.exe" git@code.git-cloud.example git-upload-pack'

export const fetchCode: Activity = (at, time) => {
  const git = child(at, time, { parent: at.desk.open.main, key: 'git', line: at.dice.pick(pulls) })
  if (!git.commandLine.includes('status')) {
    const ssh = child(at, time + 240, { parent: git, key: 'gitSsh', line: gitSsh })
    reach(at, time + 400, ssh, { ...outside.git, port: 22 })
    endProcess(at.seat, time + at.dice.between(2, 9) * second, ssh)
  }
  endProcess(at.seat, time + 10 * second, git)
}

const powershellPath = '"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"'
const builds = [
  '"C:\\Program Files\\nodejs\\node.exe" npm-cli.js test',
  '"C:\\Program Files\\nodejs\\node.exe" npm-cli.js run build',
] as const

export const build: Activity = (at, time) => {
  const { dice, desk, seat } = at
  const shell = child(at, time, { parent: desk.open.main, key: 'powershell', line: `${powershellPath} -NoLogo` })
  const node = child(at, time + 9 * second, { parent: shell, key: 'node', line: dice.pick(builds) })
  if (dice.chance(0.4)) reach(at, time + 11 * second, node, outside.packages)
  wroteFile(seat, time + 40 * second, node, `C:\\Users\\${at.person.id}\\src\\portal\\dist\\bundle.${dice.hex(8)}.js`)
  endProcess(seat, time + dice.between(30, 200) * second, node)
}

const containerWork = [
  'docker compose up -d',
  'docker ps',
  'docker build -t portal-api .',
  'docker logs -f portal-api',
] as const

export const runContainers: Activity = (at, time) => {
  const line = at.dice.pick(containerWork)
  const docker = child(at, time, { parent: at.desk.open.main, key: 'docker', line })
  if (line.includes('build')) reach(at, time + 3 * second, docker, outside.images)
  endProcess(at.seat, time + at.dice.between(1, 60) * second, docker)
}

const looks: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['ipconfig', 'ipconfig  /all'],
  ['ping', `ping  -n 4 ${web01.address}`],
  ['whoami', 'whoami'],
  ['net', 'net  use'],
  ['tasklist', 'tasklist'],
]

export const lookAtNetwork: Activity = (at, time) => {
  const shell = launch(at, time, 'cmd', '"C:\\Windows\\System32\\cmd.exe"')
  const [key, line] = at.dice.pick(looks)
  const tool = startProcess(at.seat, time + 6 * second, { parent: shell, program: program(key), commandLine: line })
  endProcess(at.seat, time + 9 * second, tool)
}

/** An administrator's session on the management server, opened from a laptop by remote desktop. */
export function adminSession(person: Person, time: number, dice: Sitting['dice']): Session {
  const { id, sid } = adminOf(person)
  return {
    user: `${domain}\\${id}`,
    sid,
    logonId: `0x${dice.hex(7)}`,
    logonGuid: processGuid(mgmt01, time, newPid(dice)),
    terminal: 3,
  }
}

/** Credentials given by name for another account (4648), on the machine where they were typed. */
export const gaveCredentials = (
  seat: Seat,
  time: number,
  what: { account: string; server: string; process: Process },
): void =>
  emitSecurity(seat.emit, seat.machine, time, {
    id: 4648,
    data: {
      SubjectUserSid: seat.session.sid,
      SubjectUserName: seat.session.user.slice(seat.session.user.indexOf('\\') + 1),
      SubjectDomainName: domain,
      SubjectLogonId: seat.session.logonId,
      LogonGuid: seat.session.logonGuid,
      TargetUserName: what.account,
      TargetDomainName: domain,
      TargetLogonGuid: '00000000-0000-0000-0000-000000000000',
      TargetServerName: what.server,
      TargetInfo: `TERMSRV/${what.server}`,
      ProcessId: `0x${what.process.pid.toString(16)}`,
      ProcessName: what.process.program.image,
      IpAddress: '-',
      IpPort: '-',
    },
  })

/** An explorer on the management server, parent of what an administrator does there. */
export const explorerOf = (session: Session, time: number, dice: Sitting['dice']): Process => {
  const pid = newPid(dice)
  return {
    guid: processGuid(mgmt01, time, pid),
    pid,
    program: program('explorer'),
    commandLine: 'C:\\Windows\\Explorer.EXE',
    user: session.user,
  }
}

const adminWork = [
  'Get-ADUser -Filter * -Properties LastLogonDate | Where-Object Enabled | Sort-Object LastLogonDate',
  'Get-ADComputer -Filter \'OperatingSystem -like "*Windows 11*"\' | Select-Object Name',
  'Get-GPOReport -All -ReportType Html -Path D:\\Reports\\gpo.html',
  'Unlock-ADAccount -Identity $user',
  'Get-WindowsUpdateLog',
  'Test-NetConnection FILE01 -Port 445',
] as const

export const manageServers: Activity = (at, time) => {
  const { dice, seat, person } = at
  const rdp = launch(at, time, 'mstsc', '"C:\\Windows\\System32\\mstsc.exe" /v:mgmt01.corp.fernhill.example')
  const session = adminSession(person, time, dice)
  reach(at, time + 2 * second, rdp, { host: mgmt01.computer, address: mgmt01.address, port: 3389 })
  gaveCredentials(seat, time + 3 * second, {
    account: adminOf(person).id,
    server: 'mgmt01.corp.fernhill.example',
    process: rdp,
  })
  ticketGranted(seat.emit, time + 3100, dice, { session, address: seat.address })
  const there: Seat = { machine: mgmt01, address: mgmt01.address, session, emit: seat.emit, dice }
  loggedOn(seat.emit, mgmt01, time + 5 * second, {
    session,
    type: 10,
    from: { address: seat.address, port: dice.between(49_700, 65_300), machine: person.laptop.name },
  })
  privileged(seat.emit, mgmt01, time + 5020, session)
  const explorer = explorerOf(session, time + 8 * second, dice)
  const tool = dice.chance(0.5) ? 'mmc' : 'powershell'
  const process = startProcess(there, time + 30 * second, {
    parent: explorer,
    program: program(tool),
    commandLine:
      tool === 'mmc'
        ? '"C:\\Windows\\system32\\mmc.exe" "C:\\Windows\\system32\\dsa.msc"'
        : '"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"',
    integrity: 'High',
  })
  if (tool === 'powershell') scriptBlock(there, time + 50 * second, dice.pick(adminWork))
  const leaves = time + dice.between(4, 45) * minute
  endProcess(there, leaves - second, process)
  loggedOff(seat.emit, mgmt01, leaves, { session, type: 10 })
  endProcess(seat, leaves + second, rdp)
}
