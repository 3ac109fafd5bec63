// Computed results as they are shown.
import assert from 'node:assert/strict'
import test from 'node:test'
import { cellText, isFigures, seriesOf, seriesTokens, type Hunted } from './result.ts'

const columns: Hunted['columns'] = [
  { name: 'time', type: 'time' },
  { name: 'web', type: 'number' },
  { name: '', type: 'number' },
]

test('a chart has a series for each column behind the time', () => {
  const series = seriesOf({
    columns,
    rows: [
      [1000, 2, null],
      [2000, 3, 4],
    ],
  })
  assert.deepEqual(
    series.map(({ name, total }) => [name, total]),
    [
      ['web', 5],
      ['', 4],
    ],
  )
  assert.deepEqual(series[1]?.points, [
    [1000, 0],
    [2000, 4],
  ])
  const names = [...Array.from({ length: 9 }, (_, n) => `s${n}`), 'other']
  const many = names.map((name) => ({ name, type: 'number' as const }))
  const looks = seriesOf({ columns: [...columns.slice(0, 1), ...many], rows: [] }).map(
    (one) => `${one.token} ${one.faint}`,
  )
  assert.equal(new Set(looks).size, names.length, 'each has a look of its own')
  assert.equal(looks.at(-1), 'edge-soft false')
  assert.equal(looks[7], `${seriesTokens[0]} true`)
})
test('cells: numbers grouped, decimals short, nothing empty', () => {
  assert.equal(cellText(12480, 'number'), '12,480')
  assert.equal(cellText(0.126, 'number'), '0.13')
  assert.equal(cellText(null, 'number'), '')
  assert.equal(cellText('4', 'text'), '4')
})
test('one row of numbers is shown large; names make a table', () => {
  assert.equal(isFigures({ columns: [{ name: 'count', type: 'number' }], rows: [[4]] }), true)
  assert.equal(isFigures({ columns: [{ name: 'user', type: 'text' }], rows: [['a']] }), false)
  assert.equal(isFigures({ columns: [{ name: 'count', type: 'number' }], rows: [[4], [5]] }), false)
})
