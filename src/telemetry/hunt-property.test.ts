// Searches with pipes, made at random: the engine answers what a plain reading of them answers.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { asFault, Fault } from '#kernel'
import { parseHunt } from './query/pipes.ts'
import { type Cell, readPlainly } from './query/pipes-oracle.test.ts'
import { huntNow as now, sampleEngine } from './query/sample.test.ts'
import { eventStore } from './store.ts'

type Pick = <T>(all: readonly [T, ...T[]]) => T
const filters = [
  '',
  'host:web*',
  'user:(ada or grace)',
  'not host:""',
  'dst_port>22',
  'Count:*',
  'src.country:RU',
  'any:443',
  'exists:user',
  'activity:/^log/ user:a*',
  'source.ip:10.0.0.0/8',
] as const
const texts = ['host', 'user', 'activity', 'Image', 'src.country', 'categories', 'src_ip'] as const
const numbers = ['dst_port', 'Count', 'severity_id'] as const

function aggregate(pick: Pick): string {
  const number = pick(numbers)
  const text = pick(texts)
  return pick([
    'count',
    'first',
    'last',
    `count(${text})`,
    `dc(${text})`,
    `values(${text})`,
    `first(${text})`,
    `last(${text})`,
    `sum(${number})`,
    `avg(${number})`,
    `min(${number})`,
    `max(${number})`,
    `p50(${number})`,
    `p95(${number})`,
    'min(time)',
    `dc(${number})`,
  ])
}
const by = (pick: Pick): string =>
  pick(['', ` by ${pick(texts)}`, ' by host, user', ` by ${pick(numbers)}`, ' by host, src.country'])

/** A pipe over events and the columns it leaves; no columns: still events. */
function overEvents(pick: Pick): { pipe: string; columns?: readonly string[] } {
  const text = pick(texts)
  const split = by(pick)
  const keys = split === '' ? [] : split.slice(4).split(', ')
  return pick<() => { pipe: string; columns?: readonly string[] }>([
    () => ({ pipe: `where ${pick(filters) || 'host:*'}` }),
    () => ({ pipe: `dedupe ${text}` }),
    () => ({ pipe: `sort ${pick(['', '-'])}${text}, ${pick(['', '-'])}dst_port` }),
    () => ({ pipe: `head ${pick(['1', '7', '150'])}` }),
    () => ({ pipe: `fields time, ${text}, dst_port`, columns: ['time', text, 'dst_port'] }),
    () => ({ pipe: `count${split}`, columns: [...keys, 'count'] }),
    () => {
      const made = [...new Set([aggregate(pick), aggregate(pick), 'count'])]
      return { pipe: `stats ${made.join(', ')}${split}`, columns: [...keys, ...made] }
    },
    () => {
      const [field, other] = pick<readonly ['user' | 'dst_port' | 'host', 'host' | 'user']>([
        ['user', 'host'],
        ['dst_port', 'host'],
        ['host', 'user'],
      ])
      const isSplit = pick([true, false])
      const columns = [...(isSplit ? [other] : []), field, 'count', 'percent']
      return {
        pipe: `${pick(['top', 'rare'])} ${pick(['1', '3', '50'])} ${field}${isSplit ? ` by ${other}` : ''}`,
        columns,
      }
    },
    () => ({
      pipe: `transaction by ${pick(['user', 'host, user'])}${pick(['', ' maxpause 30m', ' maxspan 2h', ' maxspan 1d maxpause 4h'])}`,
      columns: ['first', 'last', 'duration', 'count', 'activities'],
    }),
  ])()
}

function overResults(columns: readonly string[], pick: Pick): { pipe: string; columns?: readonly string[] } {
  const [first = 'count', ...rest] = columns
  const name = pick([first, ...rest])
  const quoted = `"${name}"`
  return pick<() => { pipe: string; columns?: readonly string[] }>([
    () => ({ pipe: `where ${quoted}:*`, columns }),
    () => ({
      pipe: columns.includes('count') ? `where count>${pick(['1', '5', '40'])}` : `where not ${quoted}:*`,
      columns,
    }),
    () => ({ pipe: `sort ${pick(['', '-'])}${quoted}`, columns }),
    () => ({ pipe: `head ${pick(['1', '5'])}`, columns }),
    () => ({ pipe: `fields ${quoted}`, columns: [name] }),
    () => ({ pipe: `dedupe ${quoted}`, columns }),
    () => ({ pipe: `stats count as n, dc(${quoted}) as d`, columns: ['n', 'd'] }),
    () => ({ pipe: `count by ${quoted}`, columns: [name === 'count' ? 'x' : name, 'count'] }),
  ])()
}

const query = fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }).map((numbers) => {
  let index = 0
  const pick: Pick = (all) => all[(numbers[(index += 1) % numbers.length] ?? 0) % all.length] ?? all[0]
  let text: string = pick(filters)
  let columns: readonly string[] | undefined
  const length = pick([1, 2, 3, 4])
  for (let turn = 0; turn < length; turn++) {
    const next = columns ? overResults(columns, pick) : overEvents(pick)
    if (columns?.includes('count') && next.pipe.startsWith('count by "count"')) break
    text += ` | ${next.pipe}`
    columns = next.columns
  }
  return text
})

const near = (a: Cell | undefined, b: Cell | undefined, column: string): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= (column === 'percent' ? 0.0051 : 1e-9 * Math.max(1, Math.abs(a)))
    : a === b

test('the engine answers what a plain reading of pipes answers', async (t) => {
  const store = eventStore(await sampleEngine(t, 250), () => now)
  const { items } = await store.search({ q: '', limit: 1_000 })
  assert.equal(items.length, 250)
  await fc.assert(
    fc.asyncProperty(query, async (q) => {
      const wanted = readPlainly(q, items, now)
      const found = await store.hunt({ q, limit: 10_000 })
      if (!wanted.made) {
        assert.deepEqual(
          found.items.map(({ id }) => id),
          wanted.rows.map(({ event }) => event?.id),
          q,
        )
        return
      }
      assert.deepEqual(
        found.columns,
        wanted.made.map(({ name, type }) => ({ name, type })),
        q,
      )
      assert.equal(found.rows.length, wanted.rows.length, q)
      for (const [at, row] of found.rows.entries()) {
        const cells = wanted.rows[at]?.cells ?? []
        const same = row.every((cell, index) => near(cell, cells[index], found.columns[index]?.name ?? ''))
        assert.ok(same, `${q}\nrow ${at}: ${JSON.stringify(row)} instead of ${JSON.stringify(cells)}`)
      }
    }),
    { numRuns: process.env['CASTELLAN_FULL'] === '1' ? 3_000 : 200 },
  )
})

const piece = fc.oneof(
  fc.constantFrom(
    '|',
    ' | ',
    'count',
    'by',
    'top',
    'stats',
    'timechart',
    'span',
    '5m',
    'sort',
    '-',
    ',',
    '(',
    ')',
    '"',
    'where',
    'x>5',
    'head',
    '3',
    'fields',
    'transaction',
    'maxspan',
    'host',
    ' ',
    'sum',
    '/',
    'as',
  ),
  fc.string({ maxLength: 3 }),
)
test('whatever is written, it is read or refused with a place, in time that grows with its length', () =>
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      try {
        parseHunt(text)
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        assert.equal(asFault(thrown).code, 'INPUT_INVALID')
        const place = Number(/ at character (\d+)$/.exec(thrown.message)?.[1])
        assert.ok(place >= 1 && place <= text.length + 1, `${thrown.message} in ${JSON.stringify(text)}`)
      }
    }),
    { numRuns: 3_000 },
  ))
