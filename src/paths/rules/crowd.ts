// How likely it is that at least one of many people falls for something.
import type { Crowd } from '../credentials.ts'
import type { Facts } from '../facts.ts'

/** 1 − (1 − chance)^people: one of them is enough. */
export const atLeastOne = (chance: number, people: number): number =>
  1 - (1 - Math.min(chance, 0.9)) ** Math.max(people, 0)

/** Chance for one person, as habits change it. */
export function personal(
  base: number,
  { habits, shared }: Crowd,
  careless: 'opens-attachments' | 'approves-prompts' | 'reuses-passwords' | 'plugs-media',
): number {
  return base * (habits.has(careless) ? 2 : 1) * (habits.has('trained') ? 0.5 : 1) * (shared ? 1.3 : 1)
}

/** People of a crowd at each of the devices that they share; a device that stands in several places is one. */
export function perSeat({ nodes }: Facts, { count, seats }: Crowd): number {
  const devices = new Set(seats.map((seat) => nodes[seat]?.asset.id))
  return Math.ceil(count / Math.max(devices.size, 1))
}

/** The arithmetic of `atLeastOne` in words. */
export const crowdText = (chance: number, people: number, title: string): string =>
  `at least one of ${people} (${title}): 1 − (1 − ${Number(chance.toPrecision(3))})^${people}`
