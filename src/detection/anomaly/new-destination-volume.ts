// Much data to a destination that the machine has only just begun to talk to.
import { z } from 'zod'
import { type Facts, traits } from './facts.ts'
import { shownBytes, shownDay } from './numbers.ts'
import type { Detector, Found, Shape } from './types.ts'

const parameters = {
  megabytes: { value: 50, does: 'megabytes sent in a day from which it is told' },
  newDays: { value: 1, does: 'a destination is new until so many days after the machine first sent there' },
  share: {
    value: 0.5,
    does: 'and at least this share of the most that the machine sent to any known destination in a day',
  },
} as const

interface To {
  first: number
  day: number
  bytes: number
  most: number
}
interface Sent {
  readonly to: Map<string, To>
  chars: number
}
const Body = z.array(z.tuple([z.string(), z.number(), z.number(), z.number(), z.number()]))
const shape: Shape<Sent> = {
  write: ({ to }) => [...to].map(([name, { first, day, bytes, most }]) => [name, first, day, bytes, most]),
  read(body) {
    const rows = Body.parse(body)
    const to = new Map(rows.map(([name, first, day, bytes, most]) => [name, { first, day, bytes, most }]))
    return { to, chars: rows.reduce((sum, [name]) => sum + name.length, 0) }
  },
  bytes: ({ to, chars }) => 110 * to.size + 2 * chars,
}
const mostDestinations = 300

function send(sent: Sent, facts: Facts): To {
  const { outside, day, bytesOut } = facts
  const to = sent.to.get(outside) ?? { first: day, day, bytes: 0, most: 0 }
  if (!sent.to.has(outside)) sent.chars += outside.length
  sent.to.delete(outside)
  sent.to.set(outside, to)
  if (day > to.day) {
    to.day = day
    to.bytes = 0
  }
  if (day === to.day) to.bytes += bytesOut
  to.most = Math.max(to.most, to.bytes)
  if (sent.to.size > mostDestinations) {
    const [oldest] = sent.to.keys()
    if (oldest !== undefined && sent.to.delete(oldest)) sent.chars -= oldest.length
  }
  return to
}

function describe(who: string, facts: Facts, found: { to: To; sent: Sent; usual: number; limit: number }): Found {
  const { to, sent, usual, limit } = found
  return {
    key: `${who}|${facts.outside}|${to.first}`,
    about: `${who}|${facts.outside}`,
    text: `${who} sent ${shownBytes(to.bytes)} to ${facts.outside} on ${shownDay(facts.day)}, where it first sent on ${shownDay(to.first)}; most in a day to any of ${sent.to.size - 1} other destinations ${shownBytes(usual)}, limit ${shownBytes(limit)}`,
    numbers: [
      { name: 'sent today', value: shownBytes(to.bytes), usual: `at most ${shownBytes(usual)} to others` },
      { name: 'first sent there', value: shownDay(to.first), usual: '' },
      { name: 'limit', value: shownBytes(limit), usual: '' },
    ],
    history: {
      kind: 'list',
      items: [...sent.to]
        .sort((a, b) => b[1].most - a[1].most)
        .slice(0, 30)
        .map(([name, one]) => ({ name, note: `${shownBytes(one.most)} in a day, since ${shownDay(one.first)}` })),
    },
  }
}

export const newDestinationVolume: Detector<Sent, typeof parameters> = {
  name: 'new-destination-volume',
  id: '4053d961-6da0-45cc-80b7-326141365012',
  title: 'Much data to a new destination',
  does: 'a machine that sends much to an outside address it has only just begun to talk to',
  level: 'high',
  techniques: ['T1048', 'T1567'],
  tactics: ['exfiltration'],
  learnDays: 3,
  parameters,
  shape,
  concerns: traits.bytesOut,
  see(facts, groups, settings) {
    const { outside, bytesOut, day, event } = facts
    if (outside === '' || bytesOut === 0) return undefined
    const who = event.src_ip ?? facts.host
    const sent = groups.at(who, () => ({ to: new Map(), chars: 0 }))
    const before = sent.to.get(outside)
    const bytesBefore = before?.day === day ? before.bytes : 0
    const to = send(sent, facts)
    if (day - to.first > settings.newDays || to.bytes < settings.megabytes * 1e6) return undefined
    let usual = 0
    for (const one of sent.to.values()) if (day - one.first > settings.newDays) usual = Math.max(usual, one.most)
    const limit = Math.max(settings.megabytes * 1e6, settings.share * usual)
    return to.bytes >= limit && bytesBefore < limit ? describe(who, facts, { to, sent, usual, limit }) : undefined
  },
}
