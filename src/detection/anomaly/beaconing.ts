// A machine that calls somebody outside at a steady beat.
import { z } from 'zod'
import { beaconScore, type BeaconScore } from './beacon-score.ts'
import { type Facts, traits } from './facts.ts'
import { hour, quantile, shown } from './numbers.ts'
import { pairKeys, remembered } from './remembered.ts'
import type { Access, Detector, Found, Settings, Shape } from './types.ts'

const parameters = {
  score: { value: 0.85, does: 'from this score on it is told, 0 to 1, rarity and novelty counted' },
  beat: { value: 0.75, does: 'least score of the beat alone' },
  connections: { value: 20, does: 'connections within 24 hours that a pair needs' },
  hours: { value: 6, does: 'hours of these 24 in which it must be seen' },
  rare: { value: 0.02, does: 'a destination that at most this share of machines calls: 0.15 more' },
  common: { value: 0.5, does: 'one that at least this share calls: 0.15 less' },
  newDays: { value: 7, does: 'a destination first seen at most so many days ago: 0.15 more' },
  oldDays: { value: 30, does: 'one first seen at least so many days ago: 0.15 less' },
} as const
type Asked = Settings<typeof parameters>

/** A pair (moments, sizes, hours), or under `=` a destination or all (callers). */
interface Calls {
  readonly times: number[]
  readonly sizes: number[]
  /** Hour since 1970 and how many. */
  readonly hours: [number, number][]
  scored: number
  told: number
  first: number
  readonly callers: Set<string>
}
const Body = z.strictObject({
  times: z.array(z.number()),
  sizes: z.array(z.number()),
  hours: z.array(z.tuple([z.number(), z.number()])),
  scored: z.number(),
  told: z.number(),
  first: z.number(),
  callers: z.array(z.string()),
})
const shape: Shape<Calls> = {
  write: (calls) => ({ ...calls, callers: [...calls.callers] }),
  read(body) {
    const read = Body.parse(body)
    return { ...read, callers: new Set(read.callers) }
  },
  bytes: ({ times, sizes, hours, callers }) =>
    200 + 8 * (times.length + sizes.length) + 40 * hours.length + 80 * callers.size,
}
const [mostMoments, mostCallers, window] = [400, 2_000, 24]

const fresh = (day: number) => (): Calls => ({
  times: [],
  sizes: [],
  hours: [],
  scored: -1,
  told: -1,
  first: day,
  callers: new Set(),
})

/** Puts a moment in its place; records come nearly in order. */
function place(times: number[], time: number): void {
  let at = times.length
  while (at > 0 && (times[at - 1] ?? 0) > time) at--
  if (at === times.length) times.push(time)
  else times.splice(at, 0, time)
}

/** Keeps the moments in order, and of hours and moments the last day. */
function add(calls: Calls, time: number, size: number): void {
  const { times, sizes, hours } = calls
  place(times, time)
  if (size > 0) sizes.push(size)
  if (times.length > mostMoments) times.shift()
  if (sizes.length > mostMoments) sizes.shift()
  const now = Math.floor(time / 3600)
  const last = hours.at(-1)
  const bar = last?.[0] === now ? last : hours.find(([one]) => one === now)
  if (bar) {
    bar[1]++
    return
  }
  hours.push([now, 1])
  hours.sort((a, b) => a[0] - b[0])
  const oldest = (hours.at(-1)?.[0] ?? now) - window
  while ((hours[0]?.[0] ?? now) <= oldest) hours.shift()
  while ((times[0] ?? time) < (oldest + 1) * 3600) times.shift()
}

function called(calls: Calls, who: string): boolean {
  if (calls.callers.has(who) || calls.callers.size >= mostCallers) return false
  calls.callers.add(who)
  return true
}

interface Rarity {
  readonly share: number
  readonly days: number
  readonly change: number
}
const calledKey = remembered((outside) => `=${outside}`)

function rarityOf(groups: Access<Calls>, facts: Facts, asked: Asked): Rarity {
  const them = groups.look(calledKey(facts.outside))
  const all = Math.max(1, groups.look('=')?.callers.size ?? 1)
  const share = (them?.callers.size ?? 1) / all
  const days = facts.day - (them?.first ?? facts.day)
  let change = 0
  if (share >= asked.common) change -= 0.15
  else if (share <= asked.rare || (them?.callers.size ?? 1) === 1) change += 0.15
  if (days >= asked.oldDays) change -= 0.15
  else if (days <= asked.newDays && groups.learntDays > asked.newDays) change += 0.15
  return { share, days, change }
}

function describe(facts: Facts, calls: Calls, found: { score: BeaconScore; rarity: Rarity; sum: number }): Found {
  const { score, rarity, sum } = found
  const who = facts.event.src_ip ?? facts.host
  const count = calls.hours.reduce((total, [, n]) => total + n, 0)
  return {
    key: `${who}|${facts.outside}|${facts.day}`,
    about: `${who}|${facts.outside}`,
    text: `${who} calls ${facts.outside} every ${shown(score.interval)} s: score ${shown(sum)} (beat ${shown(score.times)}, sizes ${shown(score.sizes)}, hours ${shown(score.hours)}, lasting ${shown(score.lasting)}, rarity and novelty ${shown(rarity.change)}), ${count} connections in ${calls.hours.length} hours; ${shown(100 * rarity.share)} % of machines call it, first seen ${rarity.days} days ago`,
    numbers: [
      { name: 'score', value: shown(sum), usual: '' },
      { name: 'beat', value: shown(score.times), usual: `every ${shown(score.interval)} s` },
      { name: 'sizes', value: shown(score.sizes), usual: '' },
      { name: 'hours', value: shown(score.hours), usual: `${calls.hours.length} of 24` },
      { name: 'lasting', value: shown(score.lasting), usual: '' },
      { name: 'machines that call it', value: `${shown(100 * rarity.share)} %`, usual: '' },
      { name: 'first seen, days ago', value: String(rarity.days), usual: '' },
    ],
    history: {
      kind: 'beat',
      points: calls.hours.map(([at, count]) => ({ at: at * hour, count })),
      interval: score.interval,
      intervals: intervalsOf(calls.times),
      parts: [
        ...(['times', 'sizes', 'hours', 'lasting'] as const).map((part) => ({
          name: part === 'times' ? 'beat' : part,
          value: score[part],
          adds: score[part] / 4,
        })),
        { name: 'rarity and novelty', value: rarity.change, adds: rarity.change },
      ],
    },
  }
}

const mostBars = 24
/** The distances between moments, in bars of equal width up to what all but the longest twentieth are below. */
function intervalsOf(times: readonly number[]): { from: number; to: number; count: number }[] {
  const all = times.slice(1).map((time, at) => time - (times[at] ?? time))
  const width = Math.max(1, Math.ceil((quantile(all, 0.95) * 1.25) / mostBars))
  const bars = Array.from({ length: mostBars }, (_, at) => ({ from: at * width, to: (at + 1) * width, count: 0 }))
  for (const one of all) {
    const bar = bars[Math.min(mostBars - 1, Math.floor(one / width))]
    if (bar) bar.count++
  }
  return bars
}

/** Scored when an hour is over: with what came until then, once an hour. */
function scoreOf(calls: Calls, now: number, asked: Asked): BeaconScore | undefined {
  if (calls.scored >= now) return undefined
  calls.scored = now
  const count = calls.hours.reduce((total, [, n]) => total + n, 0)
  if (count < asked.connections || calls.hours.length < asked.hours) return undefined
  const to = (now + 1) * 3600
  const hours = Array.from(
    { length: window },
    (_, at) => calls.hours.find(([one]) => one === now - window + 1 + at)?.[1] ?? 0,
  )
  // The hour that has just begun is no lower bar; it is left out.
  return beaconScore({
    times: calls.times,
    sizes: calls.sizes,
    hours: hours.slice(0, -1),
    from: to - 86_400,
    to,
    beat: asked.beat,
  })
}

const [witnessKey, endsKey, pairKey] = [pairKeys(), pairKeys(), pairKeys()]

export const beaconing: Detector<Calls, typeof parameters> = {
  name: 'beaconing',
  id: 'ee3661d1-eb63-4a6e-a953-b93df27ac4bb',
  title: 'Calls outside at a steady beat',
  does: "a machine that calls an outside address or name regularly, scored with RITA's formulas over 24 hours; rare and new destinations count more",
  level: 'medium',
  techniques: ['T1071', 'T1573'],
  tactics: ['command-and-control'],
  learnDays: 1,
  parameters,
  shape,
  concerns: traits.outside,
  see(facts, groups, settings) {
    const { event, outside, day } = facts
    const who = event.src_ip
    if (outside === '' || who === undefined || event.class_uid === 4003) return undefined
    const them = calledKey(outside)
    if (groups.look(them)?.callers.has(who) !== true) {
      called(groups.at(them, fresh(day)), who)
      called(groups.at('=', fresh(day)), who)
    }
    // Each witness is counted by itself: a sensor and a firewall that report one connection are not two beats.
    const calls = groups.at(pairKey(witnessKey(event.source, event.activity), endsKey(who, outside)), fresh(day))
    add(calls, Math.floor(facts.time / 1000), facts.bytesOut)
    const score = scoreOf(calls, facts.hour, settings)
    if (!score || calls.told >= day) return undefined
    const rarity = rarityOf(groups, facts, settings)
    const sum = Math.min(1, Math.max(0, score.score + rarity.change))
    if (sum < settings.score || score.times < settings.beat) return undefined
    calls.told = day
    return describe(facts, calls, { score, rarity, sum })
  },
}
