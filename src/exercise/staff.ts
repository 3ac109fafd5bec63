// The stream of sixty people at their laptops: coming in, working by the habits of their team, going home.
import { minute, second } from './calendar.ts'
import { deskAt, type Desk, within } from './desk.ts'
import { diceOf, type Dice } from './dice.ts'
import { loggedOff, loggedOn, mistyped, serviceTicket, ticketGranted } from './logons.ts'
import { outside } from './machines.ts'
import {
  account,
  type Activity,
  browse,
  handleStaff,
  helpPatients,
  housekeep,
  mail,
  meet,
  print,
  readPolicy,
  signOn,
  treat,
  write,
} from './office.ts'
import { people, type Person, type Team } from './people.ts'
import { newPid, type Process, processGuid, type Seat, startProcess, tellStarted } from './processes.ts'
import { program } from './programs.ts'
import { reach, type Sitting, vpnGate } from './sitting.ts'
import type { Stream } from './types.ts'
import { build, fetchCode, lookAtNetwork, manageServers, runContainers } from './workshop.ts'

type Share = readonly [weight: number, activity: Activity]
const everyone: readonly Share[] = [
  [4, mail],
  [3, browse],
  [2, meet],
  [2, housekeep],
  [1.2, write],
  [0.7, signOn],
  [0.2, readPolicy],
]
const byTeam: Readonly<Record<Team, readonly Share[]>> = {
  clinicians: [
    [6, treat],
    [0.5, print],
  ],
  support: [
    [5, helpPatients],
    [1, treat],
  ],
  developers: [
    [3, fetchCode],
    [3, build],
    [2, runContainers],
    [0.3, lookAtNetwork],
  ],
  operations: [
    [2, fetchCode],
    [1, runContainers],
    [0.8, lookAtNetwork],
  ],
  it: [
    [1.5, manageServers],
    [0.8, lookAtNetwork],
  ],
  finance: [
    [4, account],
    [1, print],
  ],
  hr: [
    [2, handleStaff],
    [0.7, print],
  ],
  marketing: [[1.5, browse]],
  management: [[1.5, meet]],
}
/** Things a person does in an hour. */
const pace = 8.5

function draw(shares: readonly Share[], dice: Dice): Activity {
  let left = dice.next() * shares.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, activity] of shares) {
    left -= weight
    if (left < 0) return activity
  }
  return browse
}

/** Switching on: logon, ticket, the programs that open by themselves. */
function comeIn(at: Sitting, time: number): void {
  const { seat, dice, desk, person } = at
  const { open, session } = desk
  const slips = dice.chance(0.08) ? dice.between(1, 2) : 0
  for (let n = slips; n > 0; n--) mistyped(seat.emit, person.laptop, time - n * 7 * second, session)
  loggedOn(seat.emit, person.laptop, time, { session, type: desk.atHome ? 11 : 2 })
  ticketGranted(seat.emit, time + 300, dice, { session, address: seat.address })
  serviceTicket(seat.emit, time + 420, dice, { session, address: seat.address, service: `${person.laptop.name}$` })
  const parent: Process = {
    guid: processGuid(person.laptop, time + second, 2000),
    pid: 2000,
    program: program('userinit'),
    commandLine: 'C:\\Windows\\system32\\userinit.exe',
    user: session.user,
  }
  tellStarted(seat, time + 3 * second, open.explorer, { parent })
  const begun: readonly [Process, number][] = [
    [open.teams, 21],
    [open.outlook, 48],
    [open.edge, 95],
    [open.main, 150],
  ]
  for (const [process, after] of begun) tellStarted(seat, time + after * second, process, { parent: open.explorer })
  if (desk.atHome) reach(at, time + 12 * second, open.explorer, vpnGate)
  reach(at, time + 50 * second, open.outlook, outside.mail)
  reach(at, time + 100 * second, open.edge, outside.sso)
}

function unlock(at: Sitting, time: number): void {
  loggedOn(at.seat.emit, at.person.laptop, time, { session: at.desk.session, type: 7 })
  reach(at, time + 4 * second, at.desk.open.outlook, outside.mail)
}

/** What Windows does with each page opened in the browser: another process of it. */
function openTab(at: Sitting, time: number): void {
  const tab = startProcess(at.seat, time, {
    parent: at.desk.open.edge,
    program: program('edge'),
    commandLine: `"${program('edge').image}" --type=renderer --renderer-client-id=${newPid(at.dice)} --lang=en-IE`,
    integrity: 'Low',
  })
  if (at.dice.chance(0.5)) reach(at, time + second, tab, { ...outside.browser })
}

function sittingOf(person: Person, desk: Desk, cell: Parameters<Stream>[0]): Sitting {
  const dice = diceOf(cell.seed, 'staff', person.id, cell.start)
  const seat: Seat = { machine: person.laptop, address: desk.address, session: desk.session, emit: cell.emit, dice }
  return { person, desk, seat, dice }
}

function work(at: Sitting, cell: Parameters<Stream>[0]): void {
  const { desk, dice, person } = at
  const shares = [...everyone, ...byTeam[person.team]]
  for (const { from, to } of within(desk.blocks, cell.start, cell.end)) {
    const hours = (to - from) / (60 * minute)
    for (let n = dice.count(pace * hours * cell.scale); n > 0; n--) {
      const time = from + Math.floor(dice.next() * (to - from))
      draw(shares, dice)(at, time)
      if (dice.chance(0.25)) openTab(at, time + dice.between(2, 50) * second)
    }
  }
}

/** The people's stream. */
export const staff: Stream = (cell) => {
  for (const person of people) {
    const desk = deskAt(cell.seed, person, cell.start)
    if (desk.blocks.length === 0) continue
    const at = sittingOf(person, desk, cell)
    const here = (time: number): boolean => time >= cell.start && time < cell.end
    desk.blocks.forEach((block, n) => {
      // Mistyped passwords come seconds before the logon; they belong to the hour of the logon only if that began already.
      if (here(block.from)) (n === 0 ? comeIn : unlock)(at, Math.max(block.from, cell.start + 20 * second))
    })
    work(at, cell)
    const last = desk.blocks.at(-1)
    if (last !== undefined && here(last.to))
      loggedOff(cell.emit, person.laptop, last.to, { session: desk.session, type: desk.atHome ? 11 : 2 })
  }
}
