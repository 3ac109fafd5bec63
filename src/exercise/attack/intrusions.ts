// Attacks beside the story, each by itself, for detectors of what is unusual: two days full of them, before the day of the story.
import { day, hour, minute, second } from '../calendar.ts'
import { apiCall, roleOf } from '../cloud.ts'
import { loggedOn, noGuid, privileged } from '../logons.ts'
import { app02, bastion01, dc01, file01, type Machine, mgmt01, ours } from '../machines.ts'
import { domain, ofTeam, people, type Person } from '../people.ts'
import { newPid, processGuid, type Session, servicesOf, startProcess, asSystem } from '../processes.ts'
import { unsigned } from '../programs.ts'
import { flowEnded, handshake, nameAsked, type Wire } from '../sensor.ts'
import { shareAccess } from '../sitting.ts'
import { syslog } from '../linux.ts'
import type { AttackStep } from '../types.ts'
import { emitSecurity, windowsRecord, windowsSource } from '../windows.ts'
import { adminSession } from '../workshop.ts'
import { storyBefore } from './story.ts'
import { type Facts, type Moment, type Teller, tellerOf } from './teller.ts'

const outsider = {
  beat: { host: 'metrics.cdn-status.example', address: '192.0.2.60' },
  traveller: '192.0.2.61',
  names: 'sync-cache.example',
  drop: { host: 'transfer.filebucket.example', address: '192.0.2.63' },
  desk: { host: 'relay.remote-desk.example', address: '192.0.2.64' },
} as const

const [developer, other] = ofTeam('developers')
const [bookkeeper] = [...ofTeam('finance')].reverse()
const [nurse] = ofTeam('clinicians')
const [operator] = ofTeam('operations')
const [, , nightly] = ofTeam('it')
const one = (person: Person | undefined): Person => {
  if (person === undefined) throw new Error('intrusions.ts: the roster has too few people')
  return person
}

const sessionOf = (person: Person, machine: Machine, moment: Moment): Session => ({
  user: `${domain}\\${person.id}`,
  sid: person.sid,
  logonId: `0x${moment.dice.hex(7)}`,
  logonGuid: processGuid(machine, moment.time, newPid(moment.dice)),
  terminal: 1,
})
const wireTo = (moment: Moment, src: string, dst: string, dstPort = 443): Wire => ({
  src,
  srcPort: moment.dice.between(49_700, 65_300),
  dst,
  dstPort,
})

/** A password that does not fit, over the network (4625). */
const refused = (moment: Moment, at: number, what: { account: string; from: string }): void =>
  emitSecurity(moment.emit, dc01, at, {
    id: 4625,
    data: {
      SubjectUserSid: 'S-1-0-0',
      SubjectUserName: '-',
      SubjectDomainName: '-',
      SubjectLogonId: '0x0',
      TargetUserSid: 'S-1-0-0',
      TargetUserName: what.account,
      TargetDomainName: domain,
      Status: '0xc000006d',
      FailureReason: '%%2313',
      SubStatus: '0xc000006a',
      LogonType: 3,
      LogonProcessName: 'NtLmSsp ',
      AuthenticationPackageName: 'NTLM',
      WorkstationName: 'WS-7',
      TransmittedServices: '-',
      LmPackageName: '-',
      KeyLength: 0,
      ProcessId: '0x0',
      ProcessName: '-',
      IpAddress: what.from,
      IpPort: String(moment.dice.between(49_700, 65_300)),
    },
  })

function spray(moment: Moment): void {
  for (const [n, person] of people.slice(0, 36).entries())
    refused(moment, moment.time + n * 25 * second + moment.dice.between(0, 9_000), {
      account: person.id,
      from: '10.30.3.99',
    })
}
function guess(moment: Moment): void {
  for (let n = 0; n < 90; n++)
    refused(moment, moment.time + n * 20 * second + moment.dice.between(0, 5_000), {
      account: one(other).id,
      from: '10.30.3.98',
    })
}
function beat(moment: Moment): void {
  const { laptop } = one(nurse)
  for (let at = moment.time; at < moment.time + 15 * hour; at += 150 * second + moment.dice.between(-9_000, 9_000)) {
    const wire = wireTo(moment, laptop.address, outsider.beat.address)
    handshake(moment.emit, at, wire, outsider.beat.host)
    flowEnded(moment.emit, at + 900, wire, {
      out: 1_180 + moment.dice.between(0, 30),
      in: 2_400 + moment.dice.between(0, 60),
      lasted: 900,
      application: 'tls',
    })
  }
}
function askNames(moment: Moment): void {
  const { laptop } = one(developer)
  for (let n = 0; n < 420; n++)
    nameAsked(moment.emit, moment.time + n * 5 * second, wireTo(moment, laptop.address, dc01.address, 53), {
      name: `${moment.dice.hex(32)}.${moment.dice.hex(16)}.${outsider.names}`,
      address: '192.0.2.62',
    })
}
function travel(moment: Moment): void {
  const person = one(operator)
  const login = (at: number, address: string): void =>
    apiCall(moment.emit, at, moment.dice, {
      source: 'signin',
      name: 'ConsoleLogin',
      identity: roleOf('fernhill-operator', person.id),
      address,
      agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/142.0.0.0',
      response: { ConsoleLogin: 'Success' },
      readOnly: false,
      extra: {
        additionalEventData: { MFAUsed: 'Yes', MobileVersion: 'No', LoginTo: 'https://console.aws.amazon.com/' },
      },
    })
  login(moment.time, ours.office)
  login(moment.time + 41 * minute, outsider.traveller)
  apiCall(moment.emit, moment.time + 44 * minute, moment.dice, {
    source: 'iam',
    name: 'CreateAccessKey',
    identity: roleOf('fernhill-operator', person.id),
    address: outsider.traveller,
    request: { userName: 'backup-writer' },
    readOnly: false,
  })
}
function rename(moment: Moment): void {
  const person = one(bookkeeper)
  const session = sessionOf(person, file01, moment)
  const from = { address: person.laptop.address, port: 57_911 }
  const seat = { machine: person.laptop, address: from.address, session, emit: moment.emit, dice: moment.dice }
  for (let n = 0; n < 500; n++)
    shareAccess({ seat }, file01, moment.time + n * 700 + moment.dice.between(0, 600), {
      session,
      from,
      share: '\\\\*\\Teams',
      file: `finance\\2026\\Invoice ${1000 + n}.pdf.locked`,
      access: '0x12019f',
    })
}
function administer(moment: Moment): void {
  const session = adminSession(one(nightly), moment.time, moment.dice)
  const from = { address: one(nightly).away, port: 61_200, machine: one(nightly).laptop.name }
  loggedOn(moment.emit, mgmt01, moment.time, { session, type: 10, from })
  privileged(moment.emit, mgmt01, moment.time + 20, session)
}
function install(moment: Moment): void {
  const path = 'C:\\ProgramData\\WinSync\\wshlp.exe'
  const data = {
    ServiceName: 'WinSyncHelper',
    ImagePath: path,
    ServiceType: 'user mode service',
    StartType: 'auto start',
    AccountName: 'LocalSystem',
  }
  moment.emit(moment.time, windowsSource, windowsRecord(file01, moment.time, { channel: 'system', id: 7045, data }))
  const session = sessionOf(one(nightly), file01, moment)
  const seat = asSystem({ machine: file01, address: file01.address, session, emit: moment.emit, dice: moment.dice })
  startProcess(seat, moment.time + 600, { parent: servicesOf(file01), program: unsigned(path), commandLine: path })
}
function upload(moment: Moment): void {
  const { laptop } = one(other)
  for (let n = 0; n < 9; n++) {
    const wire = wireTo(moment, laptop.address, outsider.drop.address)
    handshake(moment.emit, moment.time + n * 4 * minute, wire, outsider.drop.host)
    flowEnded(moment.emit, moment.time + n * 4 * minute + 3 * minute, wire, {
      out: 41_000_000 + moment.dice.between(0, 900_000),
      in: 120_000,
      lasted: 3 * minute,
      application: 'tls',
    })
  }
}
function stayConnected(moment: Moment): void {
  flowEnded(moment.emit, moment.time, wireTo(moment, app02.address, outsider.desk.address), {
    out: 910_000,
    in: 2_210_000,
    lasted: 11 * hour,
    application: 'tls',
  })
}
function wander(moment: Moment): void {
  const person = one(nurse)
  const session = { ...sessionOf(person, mgmt01, moment), logonGuid: noGuid }
  const from = { address: person.laptop.address, port: 58_111, machine: person.laptop.name }
  loggedOn(moment.emit, mgmt01, moment.time, { session, type: 3, from, authentication: 'NTLM' })
}
function plantKey(moment: Moment): void {
  syslog(moment.emit, bastion01, moment.time, {
    program: 'sudo',
    text: `${'deploy'.padStart(8)} : TTY=pts/1 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/sbin/useradd -o -u 0 sysbak`,
    facility: 'authpriv',
    severity: 'notice',
  })
}

const table: readonly (readonly [Facts, (moment: Moment) => void])[] = [
  [
    { step: 'night-admin', title: 'Administers at night', technique: 'T1078.002', host: mgmt01, after: 2 * 60 + 40 },
    administer,
  ],
  [
    {
      step: 'steady-beat',
      title: 'Calls home all day',
      technique: 'T1071.001',
      host: one(nurse).laptop,
      after: 5 * 60,
    },
    beat,
  ],
  [
    { step: 'spraying', title: 'Tries one password on everybody', technique: 'T1110.003', host: dc01, after: 10 * 60 },
    spray,
  ],
  [
    {
      step: 'guessing',
      title: 'Tries many passwords on one account',
      technique: 'T1110.001',
      host: dc01,
      after: 11 * 60 + 2,
    },
    guess,
  ],
  [
    {
      step: 'dns-tunnel',
      title: 'Carries data in names',
      technique: 'T1071.004',
      host: one(developer).laptop,
      after: 13 * 60 + 3,
    },
    askNames,
  ],
  [
    { step: 'long-connection', title: 'Keeps a desktop relay open', technique: 'T1219', host: app02, after: 20 * 60 },
    stayConnected,
  ],
  [
    {
      step: 'wandering',
      title: 'A nurse’s account on the management server',
      technique: 'T1021',
      host: mgmt01,
      after: 33 * 60,
    },
    wander,
  ],
  [
    { step: 'travel', title: 'Comes from two continents', technique: 'T1078.004', host: mgmt01, after: 34 * 60 },
    travel,
  ],
  [{ step: 'new-service', title: 'Installs a service', technique: 'T1543.003', host: file01, after: 35 * 60 }, install],
  [{ step: 'mass-rename', title: 'Encrypts a share', technique: 'T1486', host: file01, after: 36 * 60 }, rename],
  [
    {
      step: 'upload',
      title: 'Uploads to a file exchange',
      technique: 'T1567.002',
      host: one(other).laptop,
      after: 37 * 60,
    },
    upload,
  ],
  [
    { step: 'new-root', title: 'Makes a second root', technique: 'T1136.001', host: bastion01, after: 39 * 60 },
    plantKey,
  ],
]

/** The attacks told up to an anchor: on the two whole days (UTC) before that of the story. Ground truth, as the story's steps. */
export function intrusionsOf(seed: number, anchor: number): readonly AttackStep[] {
  const teller: Teller = tellerOf(seed, Math.floor((anchor - storyBefore) / day) * day - 2 * day)
  for (const [facts, act] of table) teller.tell(facts, act)
  return teller.steps
}
