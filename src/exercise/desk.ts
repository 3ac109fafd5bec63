// A person's working day: when, from where, in which logon session, with which programs open. Computed from the seed, never stored.
import { day, hour, isWeekend, localDay, midnight, minute, second } from './calendar.ts'
import { diceOf, type Dice } from './dice.ts'
import { domain, type Person, type Team } from './people.ts'
import { type Process, processGuid, type Session, standing } from './processes.ts'
import { program } from './programs.ts'

/** Time at the desk without a longer break. */
export interface Block {
  readonly from: number
  readonly to: number
}

export interface Desk {
  readonly blocks: readonly Block[]
  readonly atHome: boolean
  /** Address of the laptop on this day. */
  readonly address: string
  readonly session: Session
  /** Programs open from the first minutes to the last. */
  readonly open: {
    readonly explorer: Process
    readonly outlook: Process
    readonly teams: Process
    readonly edge: Process
    readonly main: Process
  }
}

interface Habit {
  /** Usual start, local hour. */
  readonly starts: readonly number[]
  readonly hours: number
  readonly home: number
  readonly weekend: number
  readonly evening: number
  /** The program that the team's work is done in. */
  readonly main: string
}
const habits: Readonly<Record<Team, Habit>> = {
  clinicians: { starts: [7.6, 8.5, 12], hours: 8, home: 0.15, weekend: 0.3, evening: 0.05, main: 'clinicdesk' },
  support: { starts: [8, 9, 11.5], hours: 8, home: 0.4, weekend: 0.3, evening: 0, main: 'clinicdesk' },
  developers: { starts: [8.8, 9.5, 10], hours: 8.2, home: 0.55, weekend: 0.04, evening: 0.2, main: 'code' },
  operations: { starts: [8.3, 9], hours: 8.2, home: 0.5, weekend: 0.12, evening: 0.2, main: 'code' },
  it: { starts: [7.8, 8.5], hours: 8.3, home: 0.2, weekend: 0.08, evening: 0.1, main: 'mmc' },
  finance: { starts: [8.5, 9], hours: 7.8, home: 0, weekend: 0.02, evening: 0, main: 'ledgerpro' },
  hr: { starts: [8.7, 9.2], hours: 7.6, home: 0.3, weekend: 0.02, evening: 0, main: 'excel' },
  marketing: { starts: [9, 9.6], hours: 7.6, home: 0.4, weekend: 0.03, evening: 0.05, main: 'powerpoint' },
  management: { starts: [8, 8.8], hours: 8.6, home: 0.3, weekend: 0.06, evening: 0.35, main: 'powerpoint' },
}

const off = 0.06

function blocksOf(person: Person, dayNumber: number, dice: Dice): Block[] {
  const habit = habits[person.team]
  if (dice.chance(off) || (isWeekend(dayNumber) && !dice.chance(habit.weekend))) return []
  const start = habit.starts[dice.between(0, habit.starts.length - 1)] ?? 9
  const at = midnight(person.zone, dayNumber)
  const moment = (localHours: number, spread: number): number =>
    Math.round(at + localHours * hour + (dice.next() - 0.5) * spread)
  const from = moment(start, 50 * minute)
  const lunch = moment(Math.max(start + 3.2, 12.4), 60 * minute)
  const back = lunch + dice.between(25, 60) * minute
  const end = Math.max(back + hour, moment(start + habit.hours + 0.7, 80 * minute))
  const blocks = [
    { from, to: lunch },
    { from: back, to: end },
  ]
  if (dice.chance(habit.evening)) {
    const evening = moment(20.7, 60 * minute)
    if (evening > end + 30 * minute) blocks.push({ from: evening, to: evening + dice.between(20, 70) * minute })
  }
  return blocks
}

function openPrograms(person: Person, from: number, dice: Dice, user: string): Desk['open'] {
  const pids = new Set<number>()
  const open = (key: string, after: number, commandLine: string): Process => {
    let pid = 4 * dice.between(300, 7000)
    while (pids.has(pid)) pid += 4
    pids.add(pid)
    return standing(person.laptop, { time: from + after, pid }, { program: program(key), commandLine, user })
  }
  const quoted = (key: string): string => `"${program(key).image}"`
  const main = habits[person.team].main
  return {
    explorer: open('explorer', 3 * second, 'C:\\Windows\\Explorer.EXE'),
    teams: open('teams', 21 * second, `${quoted('teams')} msteams:system-initiated`),
    outlook: open('outlook', 48 * second, quoted('outlook')),
    edge: open('edge', 95 * second, `${quoted('edge')} --profile-directory=Default`),
    main: open(main, 150 * second, main === 'mmc' ? `${quoted(main)} dsa.msc` : quoted(main)),
  }
}

/** The working day of a person; no blocks when they do not work. */
export function deskOf(seed: number, person: Person, dayNumber: number): Desk {
  const dice = diceOf(seed, 'desk', person.id, dayNumber)
  const blocks = blocksOf(person, dayNumber, dice)
  const atHome = person.site === 'boston' || dice.chance(habits[person.team].home)
  const from = blocks[0]?.from ?? dayNumber * day
  const number = dice.hex(7)
  const session: Session = {
    user: `${domain}\\${person.id}`,
    sid: person.sid,
    logonId: `0x${number}`,
    logonGuid: processGuid(person.laptop, from, 4 * dice.between(300, 7000)),
    terminal: 1,
  }
  return {
    blocks,
    atHome,
    address: atHome ? person.away : person.laptop.address,
    session,
    open: openPrograms(person, from, dice, session.user),
  }
}

/** The desk on the local day that an hour belongs to (local days begin on whole hours). */
export const deskAt = (seed: number, person: Person, time: number): Desk =>
  deskOf(seed, person, localDay(person.zone, time))

/** The part of each block that lies within [start, end). */
export const within = (blocks: readonly Block[], start: number, end: number): Block[] =>
  blocks
    .map((block) => ({ from: Math.max(block.from, start), to: Math.min(block.to, end) }))
    .filter((block) => block.to > block.from)
