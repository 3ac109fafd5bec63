// Very many files read, changed or renamed within minutes.
import { z } from 'zod'
import { type Facts, baseName, traits } from './facts.ts'
import { median, quantile, shown, shownTime } from './numbers.ts'
import type { Detector, Found, Shape } from './types.ts'

const parameters = {
  files: { value: 100, does: 'least files within ten minutes' },
  over: { value: 3, does: 'and at least this many times what the busiest twentieth of earlier ten minutes had' },
} as const

/** Files of an account on a machine: those of the ten minutes at hand, and how many earlier ones had. */
interface Touched {
  window: number
  readonly files: Set<number>
  readonly endings: Map<string, number>
  told: number
  readonly before: [window: number, files: number][]
}
const Body = z.tuple([
  z.number(),
  z.array(z.number()),
  z.array(z.tuple([z.string(), z.number()])),
  z.number(),
  z.array(z.tuple([z.number(), z.number()])),
])
const shape: Shape<Touched> = {
  write: ({ window, files, endings, told, before }) => [window, [...files], [...endings], told, before],
  read(body) {
    const [window, files, endings, told, before] = Body.parse(body)
    return { window, files: new Set(files), endings: new Map(endings), told, before }
  },
  bytes: ({ files, endings, before }) => 160 + 24 * files.size + 60 * endings.size + 40 * before.length,
}
const [minutes, mostFiles, mostBefore, mostEndings] = [600_000, 2_000, 150, 50]

/** 32 bits of a path (FNV-1a): a file is counted once. */
function mark(path: string): number {
  let h = 0x811c9dc5
  for (let at = 0; at < path.length; at++) h = Math.imul(h ^ path.charCodeAt(at), 0x01000193)
  return h >>> 0
}
function endingOf(file: string): string {
  const name = baseName(file)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot, dot + 16) : ''
}

function next(touched: Touched, window: number): void {
  if (touched.files.size > 0) touched.before.push([touched.window, touched.files.size])
  if (touched.before.length > mostBefore) touched.before.shift()
  touched.window = window
  touched.files.clear()
  touched.endings.clear()
}

function describe({ user, host, event }: Facts, touched: Touched, limit: number): Found {
  const counts = touched.before.map(([, n]) => n)
  const [ending, often] = [...touched.endings].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  const from = shownTime(touched.window * minutes)
  return {
    about: `${user}|${host}`,
    key: `${user}|${host}|${Math.floor((touched.window * minutes) / 86_400_000)}`,
    text: `${user} on ${host}: ${touched.files.size} files within ten minutes from ${from} (${event.activity}); usual ${shown(median(counts))}, busy ${shown(quantile(counts, 0.95))} of ${counts.length} earlier ten minutes, limit ${shown(limit)}${ending === '' ? '' : `; most end in ${ending} (${often})`}`,
    numbers: [
      { name: 'files in ten minutes', value: String(touched.files.size), usual: shown(median(counts)) },
      { name: 'limit', value: shown(limit), usual: `busy: ${shown(quantile(counts, 0.95))}` },
      { name: 'commonest ending', value: ending, usual: String(often) },
    ],
    history: {
      kind: 'series',
      unit: 'files in ten minutes',
      points: [...touched.before, [touched.window, touched.files.size] as const].map(([at, n]) => [at * minutes, n]),
      usual: median(counts),
      limit,
    },
  }
}

export const massFiles: Detector<Touched, typeof parameters> = {
  name: 'mass-files',
  id: 'eb23ec5d-4c14-4b6a-ad76-e53436e2286a',
  title: 'Very many files within minutes',
  does: 'an account that reads, changes, renames or deletes far more files within ten minutes than it ever did on that machine',
  level: 'high',
  techniques: ['T1486', 'T1485', 'T1039'],
  tactics: ['impact'],
  learnDays: 1,
  parameters,
  shape,
  concerns: traits.file,
  see(facts, groups, settings) {
    const { event, user, host, time, day } = facts
    if (event.class_uid !== 1001 || event.file === undefined || user === '') return undefined
    const window = Math.floor(time / minutes)
    const fresh = (): Touched => ({ window, files: new Set(), endings: new Map(), told: -1, before: [] })
    const touched = groups.at(`${user}|${host}`, fresh)
    if (window < touched.window) return undefined
    if (window > touched.window) next(touched, window)
    const { files, endings } = touched
    const size = files.size
    if (size < mostFiles) files.add(mark(event.file))
    if (files.size === size) return undefined
    const ending = endingOf(event.file)
    if (endings.has(ending) || endings.size < mostEndings) endings.set(ending, (endings.get(ending) ?? 0) + 1)
    if (files.size < settings.files || touched.told >= day) return undefined
    const limit = Math.max(
      settings.files,
      settings.over *
        quantile(
          touched.before.map(([, n]) => n),
          0.95,
        ),
    )
    if (files.size < limit) return undefined
    touched.told = day
    return describe(facts, touched, limit)
  },
}
