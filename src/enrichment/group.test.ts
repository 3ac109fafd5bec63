// Groups of people: by the accounts of the model, by department, and by an edit of the model from the next event on.
import assert from 'node:assert/strict'
import test from 'node:test'
import { modelOf } from '#model'
import { parseRecord } from '#telemetry'
import type { OpenFacts } from './enricher.ts'
import { groupEnricher } from './group.ts'

const estateOf = (text: string) => {
  const { estate, issues } = modelOf('Test', [{ file: 'model/a.yaml', text }])
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  )
  return estate
}
const event = (user: string) => ({ ...parseRecord({ source: 'test', received: 0, text: 'text' }), user })
const people = `
people:
  nurses: { title: Nurses, function: clinic, accounts: [ada, 'CORP\\ben', 'nurse-?'] }
  admins: { title: IT, accounts: ['adm-*', 'adm-ada'] }
  masters: { accounts: [adm-root] }
`

test('a group by account, by pattern, by department; an account written out goes before a pattern', () => {
  const model = { estate: estateOf(people) }
  const enricher = groupEnricher(model)
  const groupOf = (user: string, department?: string): string | undefined => {
    const facts: OpenFacts = department === undefined ? {} : { 'identity.department': department }
    enricher.add(event(user), undefined, facts)
    return facts['identity.group']
  }
  assert.equal(groupOf('ADA'), 'nurses')
  assert.equal(groupOf('CORP\\ada'), 'nurses')
  assert.equal(groupOf('ada@corp.example'), 'nurses')
  assert.equal(groupOf('corp\\BEN'), 'nurses')
  assert.equal(groupOf('ben'), undefined, 'only as CORP\\ben')
  assert.equal(groupOf('nurse-7'), 'nurses')
  assert.equal(groupOf('adm-cy'), 'admins')
  assert.equal(groupOf('adm-root'), 'masters')
  assert.equal(groupOf('eve', 'it'), 'admins')
  assert.equal(groupOf('eve', 'Clinic'), 'nurses')
  assert.equal(groupOf('eve', 'sales'), undefined)
  assert.equal(groupOf('eve'), undefined)
  model.estate = estateOf('people:\n  sales: { accounts: [eve] }\n')
  assert.deepEqual([groupOf('eve'), groupOf('ada')], ['sales', undefined])
})
