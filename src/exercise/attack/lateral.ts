// Third act: with the administrator's account to the management server, and with a key found there to an application server.
import { second } from '../calendar.ts'
import { linuxKeyOwner } from './key.ts'
import { sshIn } from '../linux.ts'
import { loggedOn, privileged } from '../logons.ts'
import { app01, bastion01, hostile, mgmt01 } from '../machines.ts'
import { accountant, administrator } from '../people.ts'
import { asSystem, askedName, connected, type Process, type Seat, servicesOf, startProcess } from '../processes.ts'
import { program, unsigned } from '../programs.ts'
import { handshake } from '../sensor.ts'
import { shareAccess } from '../sitting.ts'
import { windowsRecord, windowsSource } from '../windows.ts'
import { adminSession, explorerOf } from '../workshop.ts'
import type { Moment, Teller } from './teller.ts'

const dropped = 'C:\\Windows\\Temp\\edgesync.exe'

export interface Management {
  seat(moment: Moment): Seat
  readonly shell: Process
}

const from = (moment: Moment) => ({
  address: accountant.laptop.address,
  port: moment.dice.between(49_700, 65_300),
  machine: accountant.laptop.name,
})
/** A new session of the stolen account on the management server. */
const stolenSeat = ({ emit, time, dice }: Moment): Seat => ({
  machine: mgmt01,
  address: mgmt01.address,
  session: adminSession(administrator, time, dice),
  emit,
  dice,
})

function overTheNetwork(teller: Teller): void {
  teller.tell(
    {
      step: 'pass-the-hash',
      title: "Logs on to the management server with the administrator's hash",
      technique: 'T1550.002',
      host: mgmt01,
      after: 92,
    },
    (moment) => {
      const session = adminSession(administrator, moment.time, moment.dice)
      loggedOn(moment.emit, mgmt01, moment.time, { session, type: 3, from: from(moment), authentication: 'NTLM' })
      privileged(moment.emit, mgmt01, moment.time + 12, session)
    },
  )
  teller.tell(
    {
      step: 'admin-share',
      title: 'Copies the program to its administrative share',
      technique: 'T1021.002',
      host: mgmt01,
      after: 92.8,
    },
    (moment) => {
      const seat = stolenSeat(moment)
      shareAccess({ seat }, mgmt01, moment.time, {
        session: seat.session,
        from: from(moment),
        share: '\\\\*\\C$',
        file: 'Windows\\Temp\\edgesync.exe',
        access: '0x12019f',
      })
    },
  )
}

function asService(teller: Teller): void {
  teller.tell(
    { step: 'remote-service', title: 'Runs it there as a service', technique: 'T1569.002', host: mgmt01, after: 93.6 },
    (moment) => {
      const { emit, time } = moment
      emit(
        time,
        windowsSource,
        windowsRecord(mgmt01, time, {
          channel: 'system',
          id: 7045,
          data: {
            ServiceName: 'EdgeSyncSvc',
            ImagePath: dropped,
            ServiceType: 'user mode service',
            StartType: 'demand start',
            AccountName: 'LocalSystem',
          },
        }),
      )
      const seat = asSystem(stolenSeat(moment))
      const parent = servicesOf(mgmt01)
      const implant = startProcess(seat, time + 400, { parent, program: unsigned(dropped), commandLine: dropped })
      askedName(seat, time + 900, implant, hostile.control)
      const srcPort = connected(seat, time + 1000, implant, hostile.control)
      handshake(
        emit,
        time + 1100,
        { src: mgmt01.address, srcPort, dst: hostile.control.address, dstPort: 443 },
        hostile.control.host,
      )
    },
  )
}

function byRemoteDesktop(teller: Teller): Management {
  return teller.tell(
    {
      step: 'remote-desktop',
      title: 'Opens a desktop there from the finance laptop',
      technique: 'T1021.001',
      host: mgmt01,
      after: 104,
    },
    (moment) => {
      const { emit, time, dice } = moment
      const session = adminSession(administrator, time, dice)
      loggedOn(emit, mgmt01, time, {
        session,
        type: 10,
        from: {
          address: accountant.laptop.address,
          port: dice.between(49_700, 65_300),
          machine: accountant.laptop.name,
        },
      })
      privileged(emit, mgmt01, time + 15, session)
      const seat = (at: Moment): Seat => ({
        machine: mgmt01,
        address: mgmt01.address,
        session,
        emit: at.emit,
        dice: at.dice,
      })
      const shell = startProcess(seat(moment), time + 40 * second, {
        parent: explorerOf(session, time + 9 * second, dice),
        program: program('cmd'),
        commandLine: '"C:\\Windows\\system32\\cmd.exe"',
        integrity: 'High',
      })
      return { seat, shell }
    },
  )
}

/** From the laptop to the management server. */
export function moveToManagement(teller: Teller): Management {
  overTheNetwork(teller)
  asService(teller)
  return byRemoteDesktop(teller)
}

/** From the management server through the bastion to an application server. */
export function moveToApplication(teller: Teller, management: Management): void {
  const { id, keyFile } = linuxKeyOwner
  teller.tell(
    {
      step: 'keys-found',
      title: 'Searches for private keys and finds one',
      technique: 'T1552.004',
      host: mgmt01,
      after: 112,
    },
    (moment) => {
      const seat = management.seat(moment)
      startProcess(seat, moment.time, {
        parent: management.shell,
        program: program('findstr'),
        commandLine: 'findstr  /s /i /m /c:"PRIVATE KEY" C:\\Users\\*.*',
        integrity: 'High',
      })
      startProcess(seat, moment.time + 47 * second, {
        parent: management.shell,
        program: program('notepad'),
        commandLine: `notepad  ${keyFile}`,
        integrity: 'High',
      })
    },
  )
  teller.tell(
    {
      step: 'ssh-through-bastion',
      title: 'Uses it through the bastion',
      technique: 'T1021.004',
      host: bastion01,
      after: 121,
    },
    (moment) => {
      const { emit, time, dice } = moment
      const seat = management.seat(moment)
      const ssh = startProcess(seat, time, {
        parent: management.shell,
        program: program('ssh'),
        commandLine: `ssh  -i ${keyFile} -J ${id}@bastion01.fernhill.example ${id}@app01`,
        integrity: 'High',
      })
      connected(seat, time + 200, ssh, { host: 'bastion01.fernhill.example', address: bastion01.address, port: 22 })
      sshIn(emit, bastion01, time + 700, { user: id, from: mgmt01.address, dice })
    },
  )
  teller.tell(
    {
      step: 'ssh-application-server',
      title: 'Arrives on the application server',
      technique: 'T1078.002',
      host: app01,
      after: 122,
    },
    ({ emit, time, dice }) => void sshIn(emit, app01, time, { user: id, from: bastion01.address, dice }),
  )
}
