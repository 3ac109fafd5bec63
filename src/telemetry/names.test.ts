// Other names of columns: each stands for one column, and none hides a column.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isColumn } from './columns.ts'
import { columnOf, otherNames } from './names.ts'

test('A name of OCSF or ECS stands for one column only, and is no column itself', () => {
  const seen = new Map<string, string>()
  for (const [column, names] of Object.entries(otherNames))
    for (const name of [...names.ocsf, ...names.ecs]) {
      assert.equal(seen.get(name) ?? column, column, `${name} stands for two columns`)
      assert.ok(!isColumn(name), `${name} is a column`)
      assert.equal(columnOf(name), column)
      seen.set(name, column)
    }
  assert.equal(columnOf('toString'), undefined)
})
