// Data hidden in the names asked of DNS: very many long names below one domain.
import { z } from 'zod'
import { traits } from './facts.ts'
import { entropy, hour, shown } from './numbers.ts'
import type { Detector, Found, Shape } from './types.ts'

const parameters = {
  names: { value: 60, does: 'different names below a domain that one machine asks for in an hour' },
  length: { value: 20, does: 'average length of what stands before the domain' },
  entropy: { value: 3, does: 'average bits a character of it; words have about 2.5, encoded data 3.5 to 5' },
} as const

interface Asked {
  hour: number
  readonly names: Set<string>
  chars: number
  bits: number
  queries: number
  told: number
  /** Different names in earlier hours. */
  readonly before: [hour: number, names: number][]
}
const Body = z.strictObject({
  hour: z.number(),
  names: z.array(z.string()),
  chars: z.number(),
  bits: z.number(),
  queries: z.number(),
  told: z.number(),
  before: z.array(z.tuple([z.number(), z.number()])),
})
const shape: Shape<Asked> = {
  write: (asked) => ({ ...asked, names: [...asked.names] }),
  read(body) {
    const read = Body.parse(body)
    return { ...read, names: new Set(read.names) }
  },
  bytes: ({ names, chars, before }) => 160 + 64 * names.size + 2 * chars + 40 * before.length,
}
const [mostNames, mostBefore, longest] = [500, 48, 253]

/** What stands before the domain, and the domain: the last two labels, three below such as co.uk. */
export function cutName(written: string): readonly [sub: string, base: string] | undefined {
  const name = written.slice(0, longest).toLowerCase()
  const labels = (name.endsWith('.') ? name.slice(0, -1) : name).split('.')
  const top = labels.at(-1) ?? ''
  if (labels.length < 3 || top === 'arpa' || top === 'local') return undefined
  const own = top.length === 2 && (labels.at(-2)?.length ?? 9) <= 3 ? 3 : 2
  const sub = labels.slice(0, -own).join('.')
  return sub === '' ? undefined : [sub, labels.slice(-own).join('.')]
}

function describe(who: string, base: string, asked: Asked): Found {
  const { names, chars, bits, queries, before } = asked
  const [length, density] = [chars / names.size, bits / names.size]
  const usual =
    before.length === 0 ? 'nothing before' : `at most ${Math.max(...before.map(([, n]) => n))} in an hour before`
  const [example = ''] = names
  return {
    about: `${who}|${base}`,
    key: `${who}|${base}|${Math.floor(asked.hour / 24)}`,
    text: `${who} asked for ${names.size} different names below ${base} within an hour (${usual}), on average ${shown(length)} characters with ${shown(density)} bits each, such as ${example.slice(0, 60)}.${base}`,
    numbers: [
      { name: 'different names', value: String(names.size), usual },
      { name: 'questions', value: String(queries), usual: '' },
      { name: 'average length', value: shown(length), usual: '' },
      { name: 'bits a character', value: shown(density), usual: 'words 2.5, encoded data 3.5 to 5' },
    ],
    history: {
      kind: 'series',
      unit: 'different names an hour',
      points: [...before, [asked.hour, names.size] as const].map(([at, n]) => [at * hour, n]),
      usual: null,
      limit: null,
    },
  }
}

const fresh = (now: number) => (): Asked => ({
  hour: now,
  names: new Set(),
  chars: 0,
  bits: 0,
  queries: 0,
  told: -1,
  before: [],
})

/** Counts a name in its hour; false for one of an hour that is over, or when the hour is full. */
function count(asked: Asked, sub: string, now: number): boolean {
  if (now > asked.hour) {
    asked.before.push([asked.hour, asked.names.size])
    if (asked.before.length > mostBefore) asked.before.shift()
    asked.names.clear()
    Object.assign(asked, { hour: now, chars: 0, bits: 0, queries: 0 })
  }
  if (now < asked.hour || asked.names.size >= mostNames) return false
  asked.queries++
  asked.names.add(sub)
  asked.chars += sub.length
  asked.bits += entropy(sub)
  return true
}

export const dnsTunnel: Detector<Asked, typeof parameters> = {
  name: 'dns-tunnel',
  id: 'dd88e74c-9e8a-439b-a907-c80feaf12f11',
  title: 'Data in names asked of DNS',
  does: 'one machine asks for very many long, random-looking names below one domain within an hour',
  level: 'high',
  techniques: ['T1071.004', 'T1048'],
  tactics: ['command-and-control'],
  learnDays: 0,
  parameters,
  shape,
  concerns: traits.question,
  see(facts, groups, settings) {
    const { event, hour: now, day } = facts
    const cut = event.class_uid === 4003 && event.domain !== undefined ? cutName(event.domain) : undefined
    const who = event.src_ip ?? facts.host
    if (!cut || who === '') return undefined
    const [sub, base] = cut
    const key = `${who}|${base}`
    const known = groups.look(key)
    if (known?.hour === now && known.names.has(sub)) return undefined
    const asked = groups.at(key, fresh(now))
    if (!count(asked, sub, now)) return undefined
    const { names, chars, bits } = asked
    const isMany = names.size >= settings.names && asked.told < day
    if (!isMany || chars / names.size < settings.length || bits / names.size < settings.entropy) return undefined
    asked.told = day
    return describe(who, base, asked)
  },
}
