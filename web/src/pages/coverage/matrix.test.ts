// The matrix of techniques: places, states, counts and steps.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { atWork, countCells, type Gap, type Item, matrixOf, step } from './matrix.ts'

const item = (technique: string, state: Item['state'], tactics: string[]): Item => ({
  technique,
  tactics,
  state,
  tested: 0,
  running: 0,
  waiting: 0,
  idle: 0,
  [state]: 2,
})
const gap = (technique: string): Gap => ({
  technique,
  tactic: 'impact',
  asset: 'db',
  text: 'encrypts',
  goals: ['records'],
  probability: 0.2,
  missing: 'rule',
  seenBy: [],
})
const given = {
  items: [
    item('T1059', 'waiting', ['execution']),
    item('T1059.001', 'tested', ['execution']),
    item('T1078', 'running', ['initial-access', 'persistence']),
    item('T1999', 'idle', []),
  ],
  uncovered: [
    { technique: 'T1486', tactics: ['impact'] },
    { technique: 'T1001', tactics: [] },
  ],
  gaps: [gap('T1486'), gap('T1059.003')],
}

test('a technique stands with its sub-techniques, at the state of its best rule', () => {
  const { columns } = matrixOf(given)
  const [execution] = columns.find(({ tactic }) => tactic === 'execution')?.cells ?? []
  assert.ok(execution)
  assert.deepEqual(
    [execution.technique, execution.state, execution.tested, execution.waiting],
    ['T1059', 'tested', 2, 2],
  )
  assert.equal(atWork(execution), 2)
  assert.equal(execution.gaps.length, 1)
  assert.equal(columns.filter(({ cells }) => cells.some(({ technique }) => technique === 'T1078')).length, 2)
})
test('what no rule names stands where attack paths have it, or in the rest', () => {
  const matrix = matrixOf(given)
  const [impact] = matrix.columns.find(({ tactic }) => tactic === 'impact')?.cells ?? []
  assert.deepEqual([impact?.technique, impact?.state, impact?.gaps.length], ['T1486', 'none', 1])
  assert.deepEqual(matrix.rest, ['T1001'])
  assert.deepEqual(
    matrix.astray.map(({ technique }) => technique),
    ['T1999'],
  )
  assert.deepEqual(countCells(matrix), { tested: 1, running: 1, waiting: 0, idle: 1, none: 2 })
})
test('arrows stay within the matrix', () => {
  const { columns } = matrixOf(given)
  const first = columns.findIndex(({ cells }) => cells.length > 0)
  fc.assert(
    fc.property(fc.array(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'x')), (keys) => {
      const end = keys.reduce((at, key) => step(columns, at, key), { column: first, row: 0 })
      assert.ok(columns[end.column]?.cells[end.row])
    }),
  )
})
