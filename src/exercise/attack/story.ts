// The attack on Fernhill from the first letter to the last cleared log, as one story in five acts.
import { hour, minute } from '../calendar.ts'
import { diceOf } from '../dice.ts'
import { loggedOff, loggedOn, privileged } from '../logons.ts'
import { accountant, administrator } from '../people.ts'
import type { AttackStep, ExerciseRecord } from '../types.ts'
import { adminSession } from '../workshop.ts'
import { lookAround, stealCredentials } from './credentials.ts'
import { gainFoothold } from './foothold.ts'
import { dumpDatabase, takeServer } from './harvest.ts'
import { moveToApplication, moveToManagement } from './lateral.ts'
import { coverTracks, pack, sendAbroad } from './removal.ts'
import { tellerOf } from './teller.ts'

/** How long before the anchor the story begins. */
export const storyBefore = 5 * hour

export interface Story {
  readonly steps: readonly AttackStep[]
  /** What made it possible and is no part of it: the administrator had helped on that laptop. In order of time. */
  readonly before: readonly ExerciseRecord[]
}

function helpOnLaptop(seed: number, begin: number): ExerciseRecord[] {
  const records: ExerciseRecord[] = []
  const emit = (time: number, source: string, text: string) => void records.push({ time, source, text })
  const dice = diceOf(seed, 'attack', 'before')
  const time = begin - dice.between(80, 110) * minute
  const session = adminSession(administrator, time, dice)
  const from = {
    address: administrator.laptop.address,
    port: dice.between(49_700, 65_300),
    machine: administrator.laptop.name,
  }
  loggedOn(emit, accountant.laptop, time, { session, type: 10, from })
  privileged(emit, accountant.laptop, time + 14, session)
  loggedOff(emit, accountant.laptop, time + 26 * minute, { session, type: 10 })
  return records
}

/** The whole story, told up to an anchor: it begins five hours before and lasts a little over three. */
export function storyOf(seed: number, anchor: number): Story {
  const begin = anchor - storyBefore
  const teller = tellerOf(seed, begin)
  const foothold = gainFoothold(teller)
  lookAround(teller, foothold)
  stealCredentials(teller, foothold)
  const management = moveToManagement(teller)
  moveToApplication(teller, management)
  takeServer(teller)
  dumpDatabase(teller)
  pack(teller)
  sendAbroad(teller)
  coverTracks(teller, management)
  return { steps: teller.steps, before: helpOnLaptop(seed, begin) }
}
