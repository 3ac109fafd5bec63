// Whole systems: what is found on them, how many root causes that makes, and what is not said.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { type Estate, modelOf, openModel } from '#model'
import { threatsOf } from './engine.ts'
import { rootCauses } from './group.ts'
import { threatRules } from './rules/table.ts'
import type { RootCause } from './threat.ts'

const causesOf = (estate: Estate): RootCause[] => rootCauses(threatsOf(estate, threatRules), estate)
const idsOf = (causes: readonly RootCause[]) => causes.map(({ id }) => id).toSorted()
const show = (causes: readonly RootCause[], say: (line: string) => void) => {
  for (const { level, title, threats } of causes)
    say(`${level}: ${title} (${threats.length}: ${threats[0]?.witness.text ?? ''})`)
}

test('a page with comments, on which others find about a hundred threats, has six root causes', (t) => {
  const file = 'src/threats/samples/comments.yaml'
  const { estate } = modelOf('Comments', [{ file, text: readFileSync(file, 'utf8') }])
  const causes = causesOf(estate)
  show(causes, (line) => t.diagnostic(line))
  assert.deepEqual(idsOf(causes), [
    'authenticate@identity-db',
    'encrypt-flow@comments-db',
    'encrypt-flow@web-server',
    'patch@web-server',
    'retention@users',
    'validate-input@web-server',
  ])
})

const data = process.env['CASTELLAN_DATA'] ?? '../shared/data'
const pytm = join(data, 'threatmodel/pytm/input.json')

const Pytm = z.object({
  boundaries: z.array(z.object({ name: z.string() })),
  elements: z.array(z.object({ __class__: z.string(), name: z.string(), inBoundary: z.string().optional() })),
  flows: z.array(z.object({ name: z.string(), source: z.string(), sink: z.string() })),
})
const kindOf: Readonly<Record<string, string>> = { Actor: 'browser', Server: 'web-application', Datastore: 'mysql' }
const idOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z]+/g, '-')

/** pytm's own sample as our model: who answers is not who calls, so flows from a store or server to its caller are left out. */
function fromPytm(text: string): string {
  const { boundaries, elements, flows } = Pytm.parse(JSON.parse(text))
  const zones = boundaries.map(({ name }) => `  ${idOf(name)}: { trust: ${name === 'Internet' ? 0 : 80} }`)
  const assets = elements.map(
    ({ __class__, name, inBoundary }) =>
      `  ${idOf(name)}: { kind: ${kindOf[__class__] ?? 'server'}, zone: ${inBoundary === undefined ? 'elsewhere' : idOf(inBoundary)} }`,
  )
  const calls = flows.filter(
    ({ source }, at) => !flows.slice(0, at).some(({ sink }) => sink === source) || source === 'Web Server',
  )
  const keys = new Set(
    calls
      .filter(({ sink }) => sink !== 'User')
      .map(({ source, sink }) => `  ${idOf(source)} -> ${idOf(sink)}: { encrypted: true }`),
  )
  return `zones:\n  elsewhere: {}\n${zones.join('\n')}\nassets:\n${assets.join('\n')}\nflows:\n${[...keys].join('\n')}\n`
}

test("pytm's own sample has at most fifteen root causes", (t) => {
  if (!existsSync(pytm)) return t.skip(`no ground truth at ${pytm}`)
  const { estate, issues } = modelOf('pytm', [{ file: 'pytm.yaml', text: fromPytm(readFileSync(pytm, 'utf8')) }])
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error').map(({ text }) => text),
    [],
  )
  const causes = causesOf(estate)
  show(causes, (line) => t.diagnostic(line))
  assert.ok(causes.length > 0 && causes.length <= 15)
  assert.ok(idsOf(causes).includes('validate-input@web-server'))
})

test('Fernhill: what its engineers know to be weak is found, and no more than they can read', async (t) => {
  const { estate } = await openModel({ workspace: 'examples/fernhill-health' })
  const causes = causesOf(estate)
  show(causes, (line) => t.diagnostic(line))
  const ids = idsOf(causes)
  for (const known of [
    'encrypt-flow@clinic-laptops',
    'supplier@clinic-monitors',
    'personal-accounts@monitor-technicians',
    'harden-identity@directory',
  ])
    assert.ok(ids.includes(known), known)
  assert.ok(causes.length <= 45, `${causes.length} root causes`)
  const [worst] = causes
  assert.ok(worst?.level === 'critical' || worst?.level === 'high')
})
