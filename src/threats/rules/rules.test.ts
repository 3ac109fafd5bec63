// Every rule on its two models: one on which it fires, with a witness of the model, and one that differs in one thing, on which it is silent.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { type Estate, modelOf } from '#model'
import { threatsOf } from '../engine.ts'
import { remedyIds } from '../remedies.ts'
import type { ThreatRule } from '../rule.ts'
import type { Threat } from '../threat.ts'
import { threatRules } from './table.ts'

const folder = 'src/threats/rules/cases'

function read(rule: string, name: 'fires' | 'silent'): Estate {
  const file = join(folder, rule, `${name}.yaml`)
  const { estate, issues } = modelOf('Case', [{ file, text: readFileSync(file, 'utf8') }])
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
    file,
  )
  return estate
}

const fires = (rule: ThreatRule, estate: Estate): Threat[] => threatsOf(estate, [rule])

/** Everything that a witness names must be in the model. */
function assertWitnessed({ id, witness }: Threat, estate: Estate): void {
  const known = (part: readonly { readonly id: string }[]) => new Set(part.map((one) => one.id))
  const assets = known(estate.assets)
  const [flows, people, trust] = [known(estate.flows), known(estate.people), known(estate.trust)]
  for (const asset of witness.assets) assert.ok(assets.has(asset), `${id}: asset ${asset}`)
  for (const flow of witness.flows) assert.ok(flows.has(flow), `${id}: flow ${flow}`)
  for (const person of witness.people) assert.ok(people.has(person), `${id}: person ${person}`)
  for (const one of witness.trust) assert.ok(trust.has(one), `${id}: trust ${one}`)
  assert.ok(
    assets.has(witness.start) || people.has(witness.start) || known(estate.zones).has(witness.start),
    `${id}: ${witness.start}`,
  )
  assert.ok(witness.text.length > 10, id)
}

/** The same estate without one thing that the witness names. */
function without(estate: Estate, { witness }: Threat): { what: string; estate: Estate }[] {
  const drop = <One extends { readonly id: string }>(all: readonly One[], id: string) =>
    all.filter((one) => one.id !== id)
  const exposed = estate.assets.find(({ internetFacing }) => internetFacing)
  return [
    ...witness.flows.map((id) => ({ what: `flow ${id}`, estate: { ...estate, flows: drop(estate.flows, id) } })),
    ...witness.people.map((id) => ({ what: `person ${id}`, estate: { ...estate, people: drop(estate.people, id) } })),
    ...witness.trust.map((id) => ({ what: `trust ${id}`, estate: { ...estate, trust: drop(estate.trust, id) } })),
    ...(exposed && witness.flows.length === 0
      ? [
          {
            what: 'exposure',
            estate: { ...estate, assets: estate.assets.map((one) => ({ ...one, internetFacing: false })) },
          },
        ]
      : []),
  ]
}

/** What somebody carries away needs no way: what it keeps is the witness. */
const withoutWay = new Set(['lost-machine'])

for (const rule of threatRules) {
  test(`${rule.id} fires with a witness, and is silent without it`, () => {
    const estate = read(rule.id, 'fires')
    const found = fires(rule, estate)
    assert.ok(found.length > 0, 'it does not fire')
    for (const threat of found) {
      assertWitnessed(threat, estate)
      if (withoutWay.has(rule.id)) continue
      const mutants = without(estate, threat)
      assert.ok(mutants.length > 0, `${threat.id} names nothing that could be taken away`)
      const still = mutants.filter((mutant) => fires(rule, mutant.estate).some(({ id }) => id === threat.id))
      assert.deepEqual(
        still.map(({ what }) => `fires without ${what}`),
        [],
      )
    }
  })
  test(`${rule.id} is silent on what is well`, () =>
    assert.deepEqual(
      fires(rule, read(rule.id, 'silent')).map(({ id }) => id),
      [],
    ))
}

test('every rule says everything about itself', () => {
  assert.equal(new Set(threatRules.map(({ id }) => id)).size, threatRules.length)
  for (const rule of threatRules) {
    assert.match(rule.id, /^[a-z]+(-[a-z]+)*$/)
    assert.ok(rule.cwe.length > 0 && rule.cwe.every((one) => /^CWE-\d+$/.test(one)), rule.id)
    assert.ok(rule.attack.length > 0 && rule.attack.every((one) => /^T\d{4}(\.\d{3})?$/.test(one)), rule.id)
    assert.ok(rule.stride.length > 0 && rule.harms.length > 0, rule.id)
    for (const text of [rule.meaning, rule.consequence, rule.fix, rule.seenBy, rule.falsePositives])
      assert.ok(text.length > 10, rule.id)
    for (const text of [rule.meaning, rule.consequence, rule.fix]) assert.match(text, /^[A-Z].*\.$/, rule.id)
    assert.ok(
      remedyIds.some((one) => one === rule.remedy),
      rule.id,
    )
  }
})

test('every folder of cases belongs to a rule', () => {
  assert.deepEqual(readdirSync(folder).sort(), threatRules.map(({ id }) => id).sort())
})

test('no rule asks for a name: fields of the model that people choose are not compared with words', () => {
  for (const file of readdirSync('src/threats/rules').filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )) {
    const text = readFileSync(join('src/threats/rules', file), 'utf8')
    assert.doesNotMatch(text, /\.(id|title|owner|kind|zone) === '/, file)
  }
})
