// Other names of columns: each stands for one column, and none hides a column.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isColumn } from './columns.ts'
import { columnOf, otherNames } from './names.ts'

test('A name of OCSF or ECS stands for one column only, and is no column itself', () => {
  const seen = new Set<string>()
  for (const [column, names] of Object.entries(otherNames))
    for (const name of [...names.ocsf, ...names.ecs]) {
      assert.ok(!seen.has(name), `${name} stands for two columns`)
      assert.ok(!isColumn(name), `${name} is a column`)
      assert.equal(columnOf(name), column)
      seen.add(name)
    }
  assert.equal(columnOf('toString'), undefined)
})
