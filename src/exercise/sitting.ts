// A person at the laptop just now, and the small things that all their work is made of.
import { minute, second } from './calendar.ts'
import type { Desk } from './desk.ts'
import type { Dice } from './dice.ts'
import { loggedOff, loggedOn, serviceTicket } from './logons.ts'
import { dc01, file01, type Machine, ours, type Place } from './machines.ts'
import type { Person } from './people.ts'
import { askedName, connected, type Process, type Seat, startProcess } from './processes.ts'
import { program } from './programs.ts'
import { flowEnded, handshake, nameAsked, type Wire } from './sensor.ts'
import { emitSecurity } from './windows.ts'

export interface Sitting {
  readonly person: Person
  readonly desk: Desk
  readonly seat: Seat
  readonly dice: Dice
}

/** The clinicians' program and the portal's staff pages, on the reverse proxies. */
export const clinic: Place = { host: 'clinic.fernhill.example', address: '10.40.1.11', port: 443 }

/** How the sensor at the edge sees a connection: it keeps a part of what passes. */
function seen(at: Sitting, time: number, wire: Wire, place: Place): void {
  const { dice, seat } = at
  if (dice.chance(0.3))
    nameAsked(
      seat.emit,
      time,
      { src: seat.address, srcPort: dice.between(50_000, 65_000), dst: dc01.address, dstPort: 53 },
      { name: place.host, address: place.address },
    )
  if (place.port === 443 && dice.chance(0.4)) handshake(seat.emit, time + 60, wire, place.host)
  if (dice.chance(0.35)) {
    const lasted = dice.between(2 * second, 6 * minute)
    const amount = { out: dice.between(900, 60_000), in: dice.between(3000, 2_400_000), lasted, application: 'tls' }
    flowEnded(seat.emit, time + lasted, wire, amount)
  }
}

/** A process asks for a name and connects. */
export function reach(at: Sitting, time: number, process: Process, place: Place): void {
  const { dice, seat } = at
  if (dice.chance(0.7)) askedName(seat, time, process, place)
  const port = connected(seat, time + dice.between(18, 140), process, place)
  if (!place.address.startsWith('10.'))
    seen(at, time + 5, { src: seat.address, srcPort: port, dst: place.address, dstPort: place.port }, place)
}

/** Starts a program out of the start menu or the task bar. */
export const launch = (at: Sitting, time: number, key: string, commandLine?: string): Process =>
  startProcess(at.seat, time, {
    parent: at.desk.open.explorer,
    program: program(key),
    commandLine: commandLine ?? `"${program(key).image}"`,
    directory: `C:\\Users\\${at.person.id}\\`,
  })

/** Opens a network share as the person does: ticket, logon at the file server, the share, files in it. */
export function useShare(at: Sitting, time: number, files: readonly string[]): void {
  const { person, desk, dice, seat } = at
  const from = { address: seat.address, port: dice.between(49_700, 65_300), machine: person.laptop.name }
  const session = { ...desk.session, logonId: `0x${dice.hex(7)}` }
  if (dice.chance(0.5))
    serviceTicket(seat.emit, time, dice, { session: desk.session, address: seat.address, service: 'FILE01$' })
  loggedOn(seat.emit, file01, time + 40, { session, type: 3, from })
  files.forEach((file, n) =>
    shareAccess(at, file01, time + 90 + n * 700, { session, from, share: '\\\\*\\Teams', file }),
  )
  loggedOff(seat.emit, file01, time + dice.between(1, 9) * minute, { session, type: 3 })
}

const localPaths: Readonly<Record<string, string>> = {
  '\\\\*\\C$': '\\??\\C:\\',
  '\\\\*\\SYSVOL': '\\??\\C:\\Windows\\SYSVOL\\sysvol',
  '\\\\*\\Teams': '\\??\\D:\\Shares\\Teams',
}
/** A file of a share is opened (5145). */
export function shareAccess(
  at: Pick<Sitting, 'seat'>,
  server: Machine,
  time: number,
  what: {
    session: Seat['session']
    from: { address: string; port: number }
    share: string
    file: string
    access?: string
  },
): void {
  const user = what.session.user
  emitSecurity(at.seat.emit, server, time, {
    id: 5145,
    data: {
      SubjectUserSid: what.session.sid,
      SubjectUserName: user.slice(user.indexOf('\\') + 1),
      SubjectDomainName: user.slice(0, user.indexOf('\\')),
      SubjectLogonId: what.session.logonId,
      ObjectType: 'File',
      IpAddress: what.from.address,
      IpPort: String(what.from.port),
      ShareName: what.share,
      ShareLocalPath: localPaths[what.share] ?? '',
      RelativeTargetName: what.file,
      AccessMask: what.access ?? '0x120089',
      AccessList: '%%1538\r\n\t\t\t\t%%1541\r\n\t\t\t\t%%4416',
      AccessReason: '-',
    },
  })
}

/** The office's own front door, as staff reach it from home. */
export const vpnGate: Place = { host: 'vpn.fernhill.example', address: ours.vpn, port: 443 }
