// What people do at their laptops: mail, documents, meetings, the web, and what Windows does beside them.
import { minute, second } from './calendar.ts'
import { clinic, launch, reach, shareAccess, type Sitting, useShare } from './sitting.ts'
import { documentOf } from './documents.ts'
import { loggedOff, loggedOn, serviceTicket } from './logons.ts'
import { dc01, file01, outside, pastime } from './machines.ts'
import { domain } from './people.ts'
import {
  asSystem,
  endProcess,
  newPid,
  type Process,
  processGuid,
  servicesOf,
  type Session,
  setKey,
  standing,
  startProcess,
  systemUser,
  wroteFile,
} from './processes.ts'
import { program } from './programs.ts'

export type Activity = (at: Sitting, time: number) => void

export const browse: Activity = (at, time) => {
  const visits = at.dice.between(1, 4)
  for (let n = 0; n < visits; n++)
    reach(at, time + n * at.dice.between(4, 40) * second, at.desk.open.edge, at.dice.pick(pastime))
}

const home = (at: Sitting): string => `C:\\Users\\${at.person.id}`

export const mail: Activity = (at, time) => {
  const { dice, desk, seat } = at
  reach(at, time, desk.open.outlook, outside.mail)
  if (!dice.chance(0.35)) return
  const document = documentOf(at.person.team, dice)
  const folder = `${home(at)}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\${dice.hex(8).toUpperCase()}`
  wroteFile(seat, time + 4 * second, desk.open.outlook, `${folder}\\${document.name}`)
  const reader = startProcess(seat, time + 5 * second, {
    parent: desk.open.outlook,
    program: program(document.opens),
    commandLine:
      `"${program(document.opens).image}" ${document.opens === 'word' ? '/n ' : ''}"${folder}\\${document.name}" ${document.opens === 'word' ? '/o ""' : ''}`.trimEnd(),
    directory: `${home(at)}\\Documents\\`,
  })
  endProcess(seat, time + dice.between(1, 25) * minute, reader)
}

export const write: Activity = (at, time) => {
  const { dice, seat, person } = at
  const document = documentOf(person.team, dice)
  const path = `\\\\FILE01\\Teams\\${person.team}\\${document.name}`
  useShare(at, time, [`${person.team}\\${document.name}`])
  const editor = launch(at, time + second, document.opens, `"${program(document.opens).image}" "${path}"`)
  const owner = `${home(at)}\\AppData\\Roaming\\Microsoft\\Office\\Recent\\${document.name}.LNK`
  wroteFile(seat, time + 6 * second, editor, owner)
  setKey(seat, time + 7 * second, editor, {
    key: `HKU\\${person.sid}\\Software\\Microsoft\\Office\\16.0\\Common\\Open Find\\Recent\\File Name MRU\\Value`,
    details: 'Binary Data',
  })
  endProcess(seat, time + dice.between(2, 40) * minute, editor)
}

export const meet: Activity = (at, time) => {
  const rounds = at.dice.between(2, 5)
  for (let n = 0; n < rounds; n++)
    reach(at, time + n * at.dice.between(20, 200) * second, at.desk.open.teams, outside.teams)
}

export const treat: Activity = (at, time) => {
  const { dice, desk, seat } = at
  const rounds = dice.between(2, 6)
  for (let n = 0; n < rounds; n++) reach(at, time + n * dice.between(10, 90) * second, desk.open.main, clinic)
  if (dice.chance(0.3)) {
    const file = `${home(at)}\\AppData\\Local\\Fernhill\\ClinicDesk\\cache\\${dice.hex(16)}.bin`
    wroteFile(seat, time + 30 * second, desk.open.main, file)
  }
}

export const helpPatients: Activity = (at, time) => {
  reach(at, time, at.desk.open.edge, outside.crm)
  reach(at, time + 20 * second, at.desk.open.main, clinic)
}

export const account: Activity = (at, time) => {
  const { dice, desk } = at
  reach(at, time, desk.open.main, outside.ledger)
  if (dice.chance(0.25)) reach(at, time + 40 * second, desk.open.edge, dice.pick([outside.bank, outside.payroll]))
}

export const handleStaff: Activity = (at, time) => reach(at, time, at.desk.open.edge, outside.payroll)

export const signOn: Activity = (at, time) => {
  reach(at, time, at.desk.open.edge, outside.sso)
  serviceTicket(at.seat.emit, time + 2 * second, at.dice, {
    session: at.desk.session,
    address: at.seat.address,
    service: at.dice.pick(['DC01$', 'FILE01$', 'krbtgt', 'PRINT01$']),
  })
}

export const print: Activity = (at, time) => {
  const spooler = service(at, 'spooler', 'C:\\Windows\\System32\\spoolsv.exe')
  const job = String(at.dice.between(2, 400)).padStart(5, '0')
  wroteFile(asSystem(at.seat), time, spooler, `C:\\Windows\\System32\\spool\\PRINTERS\\${job}.SPL`)
}

/** A service that has run since the laptop was switched on. */
function service(at: Sitting, key: string, commandLine: string): Process {
  const boot = (at.desk.blocks[0]?.from ?? 0) - 3 * minute
  const pid = 1000 + (key.length * 52 + commandLine.length * 4)
  return standing(at.person.laptop, { time: boot, pid }, { program: program(key), commandLine, user: systemUser })
}

const started = (at: Sitting, time: number, key: string, commandLine: string): void => {
  const parent = service(at, 'svchost', 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule')
  const process = startProcess(asSystem(at.seat), time, { parent, program: program(key), commandLine })
  endProcess(asSystem(at.seat), time + at.dice.between(3, 90) * second, process)
}

const updateSearch: Activity = (at, time) => {
  const wuauserv = service(at, 'svchost', 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s wuauserv')
  reach(at, time, wuauserv, outside.updates)
  setKey(asSystem(at.seat), time + 3 * second, wuauserv, {
    key: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Orchestrator\\LastScan',
    details: `QWORD (0x${at.dice.hex(8)}-0x${at.dice.hex(8)})`,
  })
}
const antivirus: Activity = (at, time) => {
  const defender = service(at, 'defender', `"${program('defender').image}"`)
  reach(at, time, defender, outside.antivirus)
  wroteFile(
    asSystem(at.seat),
    time + 8 * second,
    defender,
    `C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates\\Backup\\mpavdlta.${at.dice.hex(4)}.vdm`,
  )
}
const serviceStart: Activity = (at, time) =>
  void startProcess(asSystem(at.seat), time, {
    parent: servicesOf(at.person.laptop),
    program: program('svchost'),
    commandLine: `C:\\Windows\\system32\\svchost.exe -k ${at.dice.pick(['LocalService -p -s FDResPub', 'netsvcs -p -s BITS', 'wsappx -p -s ClipSVC', 'netsvcs -p -s DsmSvc'])}`,
  })
/** The laptop fetches its group policy from the domain controller, in its own name. */
const fetchPolicy: Activity = (at, time) => {
  const { dice, seat, person } = at
  const session: Session = {
    user: `${domain}\\${person.laptop.name}$`,
    sid: person.sid.replace(/-1(\d{3})$/, '-2$1'),
    logonId: `0x${dice.hex(7)}`,
    logonGuid: processGuid(person.laptop, time, newPid(dice)),
    terminal: 0,
  }
  const from = { address: seat.address, port: dice.between(49_700, 65_300), machine: person.laptop.name }
  serviceTicket(seat.emit, time, dice, { session, address: seat.address, service: 'DC01$' })
  loggedOn(seat.emit, dc01, time + 30, { session, type: 3, from })
  shareAccess(at, dc01, time + 90, {
    session,
    from,
    share: '\\\\*\\SYSVOL',
    file: 'corp.fernhill.example\\Policies\\{31B2F340-016D-11D2-945F-00C04FB984F9}\\gpt.ini',
  })
  loggedOff(seat.emit, dc01, time + dice.between(8, 60) * second, { session, type: 3 })
}
const housekeeping: readonly [Activity, ...Activity[]] = [
  updateSearch,
  antivirus,
  serviceStart,
  fetchPolicy,
  fetchPolicy,
  (at, time) => started(at, time, 'taskhost', 'taskhostw.exe Install $(Arg0)'),
  (at, time) =>
    started(
      at,
      time,
      'background',
      '"C:\\Windows\\system32\\backgroundTaskHost.exe" -ServerName:App.AppXmtcan0h2tfbfy',
    ),
  (at, time) => started(at, time, 'broker', 'C:\\Windows\\System32\\RuntimeBroker.exe -Embedding'),
  (at, time) =>
    started(
      at,
      time,
      'dllhost',
      'C:\\Windows\\system32\\DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}',
    ),
  (at, time) =>
    started(at, time, 'search', '"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe'),
  (at, time) => started(at, time, 'edgeUpdate', `"${program('edgeUpdate').image}" /ua /installsource scheduler`),
  (at, time) => started(at, time, 'gpupdate', 'gpupdate.exe /target:computer'),
]
/** Windows itself: updates, antivirus, scheduled tasks. */
export const housekeep: Activity = (at, time) => at.dice.pick(housekeeping)(at, time)

export const readPolicy: Activity = (at, time) => {
  const from = { address: at.seat.address, port: at.dice.between(49_700, 65_300), machine: at.person.laptop.name }
  shareAccess(at, file01, time, { session: at.desk.session, from, share: '\\\\*\\Teams', file: 'all staff\\Policies' })
}
