import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { type Call, fixedClock, placeText, systemActor } from '#kernel'
import { builtInKinds, criticalities, type Estate, modelOf } from '#model'
import { temporaryFolder } from '#testkit'
import { fitting, renaming } from './decisions/apply.ts'
import { scalar, withDecision } from './decisions/write.ts'
import {
  Decision,
  operations,
  openThreats,
  RootCause,
  rootCauses,
  type Threat,
  threatDocs,
  threatRules,
  threatsOf,
  threatsSince,
} from './index.ts'

const folder = 'src/threats/rules/cases'
const cases = readdirSync(folder)
const textOf = (rule: string) => readFileSync(join(folder, rule, 'fires.yaml'), 'utf8')
const estateOf = (...texts: string[]): Estate =>
  modelOf(
    'Case',
    texts.map((text, at) => ({ file: `${at}.yaml`, text })),
  ).estate

const shop = `
zones: { internet: { trust: 0 }, dmz: { trust: 40 }, data: { trust: 80 } }
assets:
  visitors: { kind: browser, zone: internet }
  shop: { title: The shop, kind: web-application, zone: dmz, criticality: high }
  shop-db: { kind: postgres, zone: data, stores: [orders] }
flows:
  visitors -> shop: { encrypted: true, authentication: password-and-code }
  shop -> shop-db: { encrypted: true, authentication: certificate, data: [orders] }
data:
  orders: { confidentiality: high, integrity: high, records: 900, subjects: none }
`
const now = Date.UTC(2026, 5, 1)
const clock = fixedClock(now)
const call: Call = { actor: systemActor, at: now, signal: new AbortController().signal, progress: () => undefined }

/** A workspace with these files, and its threats. */
function opened(t: test.TestContext, files: Readonly<Record<string, string>>, model = shop) {
  const workspace = temporaryFolder(t)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(workspace, file, '..'), { recursive: true })
    writeFileSync(join(workspace, file), text)
  }
  const threats = openThreats({
    workspace,
    model: { estate: estateOf(model) },
    clock,
    estateAt: async () => estateOf(shop.replace('postgres, zone: data', 'postgres, zone: dmz')),
  })
  return { workspace, threats }
}
const codes = async (threats: ReturnType<typeof openThreats>) =>
  (await threats.read()).issues.map(({ code, at, help }) => `${code} ${placeText(at)} ${help ?? ''}`)

test('nothing else of the estate has a say in a rating: an unrelated asset changes none', () => {
  const unrelated = fc.record({
    kind: fc.constantFrom(...builtInKinds.map(({ id }) => id)),
    criticality: fc.constantFrom(...criticalities),
    trust: fc.integer({ min: 40, max: 100 }),
    facing: fc.boolean(),
    records: fc.integer({ min: 0, max: 1e9 }),
  })
  fc.assert(
    fc.property(fc.constantFrom(...cases), unrelated, (rule, { kind, criticality, trust, facing, records }) => {
      const more = `
zones: { zone-of-another: { trust: ${trust} } }
assets:
  another: { kind: ${kind}, zone: zone-of-another, criticality: ${criticality}, internetFacing: ${facing}, stores: [data-of-another], owner: another }
data: { data-of-another: { confidentiality: critical, records: ${records} } }`
      const ratings = (threats: readonly Threat[]) =>
        threats.map(({ id, level, perYear, severity, inputs }) => ({ id, level, perYear, severity, inputs }))
      const before = ratings(threatsOf(estateOf(textOf(rule)), threatRules))
      const after = new Map(ratings(threatsOf(estateOf(textOf(rule), more), threatRules)).map((one) => [one.id, one]))
      for (const one of before) assert.deepEqual(after.get(one.id), one)
    }),
    { numRuns: 60 },
  )
})

test('the likelihood shown is the product of its inputs, and a control never makes it likelier', () => {
  for (const rule of cases) {
    for (const { id, inputs, perYear } of threatsOf(estateOf(textOf(rule)), threatRules)) {
      const severity = new Set(['confidentiality', 'integrity', 'availability', 'service', 'criticality'])
      const product = inputs.filter(({ name }) => !severity.has(name)).reduce((sum, { value }) => sum * value, 1)
      assert.ok(Math.abs(Math.min(product, 12) - perYear) <= perYear * 0.06, `${id}: ${product} is not ${perYear}`)
      for (const { value } of inputs.filter(({ name }) => name === 'control')) assert.ok(value < 1, id)
    }
  }
})

test('attempts that were seen make a threat likelier', () => {
  const [quiet] = threatsOf(estateOf(shop), threatRules)
  const [tried] = threatsOf(estateOf(shop), threatRules, { attempts: (asset) => (asset === 'shop' ? 500 : 0) })
  assert.equal(tried?.id, quiet?.id)
  assert.ok((tried?.perYear ?? 0) > (quiet?.perYear ?? 0))
  assert.ok(tried?.inputs.some(({ name, value }) => name === 'attempts' && value === 3))
})

test('threats with one fix are one root cause, and machines that are alike are mended together', () => {
  const twins = estateOf(`
zones: { internet: { trust: 0 }, dmz: { trust: 40 } }
assets:
  visitors: { kind: browser, zone: internet }
  first: { title: First, kind: nginx, zone: dmz, owner: web }
  second: { title: Second, kind: nginx, zone: dmz, owner: web }
flows:
  visitors -> first: { encrypted: true }
  visitors -> second: { encrypted: true }`)
  const causes = rootCauses(threatsOf(twins, threatRules), twins)
  assert.deepEqual(
    causes.map(({ id, title, threats }) => [id, title, threats.length]),
    [['patch@first', 'patch First and Second every week', 2]],
  )
  RootCause.array().parse(causes)
})

test('a decision closes its threat, by name or by pattern, until its last day', async (t) => {
  const decision = (threat: string, until: string) => `decisions:
  - threat: '${threat}'
    decision: accepted
    reason: rebuilt in summer
    owner: platform
    until: ${until}
`
  const open = async (file: string) => {
    const { threats } = opened(t, { 'decisions/a.yaml': file })
    const { threats: all } = await threats.read()
    return {
      open: all.filter(({ decision }) => decision === undefined).length,
      all: all.length,
      issues: await codes(threats),
    }
  }
  const { all } = await open('')
  assert.ok(all >= 2)
  assert.deepEqual(await open(decision('injection@shop', '2026-06-01')), { open: all - 1, all, issues: [] })
  assert.deepEqual(await open(decision('*@shop', '2026-07-01')), { open: 0, all, issues: [] })
  const over = await open(decision('injection@shop', '2026-05-31'))
  assert.equal(over.open, all)
  assert.deepEqual(over.issues, ['decision-expired decisions/a.yaml:2 let platform decide again, with a new day'])
})

test('a decision whose threat is gone says so, with the nearest one', async (t) => {
  const { threats } = opened(t, {
    'decisions/a.yaml':
      'decisions:\n  - { threat: injection@shpo, decision: mitigated, reason: r, owner: o }\n  - { threat: lost-machine@laptop, decision: mitigated, reason: r, owner: o }\n',
  })
  assert.deepEqual(await codes(threats), [
    'decision-orphaned decisions/a.yaml:2 take the entry out, or write injection@shop',
    'decision-orphaned decisions/a.yaml:3 take the entry out',
  ])
})

test('decisions survive renames', async (t) => {
  const renamed = `${shop.replaceAll(/\bshop\b(?!-db)/g, 'store')}\nmoved: { shop: store }\n`
  const { threats } = opened(
    t,
    { 'decisions/a.yaml': 'decisions: [{ threat: injection@shop, decision: mitigated, reason: r, owner: o }]' },
    renamed,
  )
  assert.deepEqual(await codes(threats), [])
  const { threats: all } = await threats.read()
  assert.equal(all.find(({ id }) => id === 'injection@store')?.decision?.owner, 'o')
  const chain = renaming([
    { from: 'a', to: 'b', at: { file: '', line: 1 } },
    { from: 'b', to: 'c', at: { file: '', line: 1 } },
    { from: 'people.x', to: 'people.y', at: { file: '', line: 1 } },
  ])
  assert.equal(chain('rule@a -> z (login)'), 'rule@c -> z (login)')
  assert.equal(chain('rule@x -> a'), 'rule@y -> c')
})

test('mistakes in decisions are issues with their place, and the other entries count', async (t) => {
  const { threats } = opened(t, {
    'decisions/a.yaml': `decisions:
  - { threat: injection@shop, decision: accepted, reason: r, owner: o }
  - { threat: injection@shop, decision: mitigated, reason: r, owner: o }
  - { threat: injection@shop, decison: mitigated, reason: r, owner: o }
`,
    'decisions/b.yaml': 'decisions: [',
  })
  assert.deepEqual((await codes(threats)).map((text) => text.split(' ').slice(0, 2).join(' ')).sort(), [
    'unknown-key decisions/a.yaml:4:31',
    'wrong-value decisions/a.yaml:2:5',
    'wrong-value decisions/a.yaml:4:5',
    'yaml-syntax decisions/b.yaml:1:13',
  ])
  const { threats: all } = await threats.read()
  assert.equal(all.find(({ id }) => id === 'injection@shop')?.decision?.line, 3)
})

const decided: Decision = {
  threat: 'injection@shop',
  decision: 'accepted',
  reason: 'it is: "rebuilt" # soon',
  owner: 'platform',
  until: '2026-12-31',
}

test('a decision is added to the file, comments and order stay, and the diff shows it', async (t) => {
  const before = `# Ours.\ndecisions:\n\n  # The first.\n  - threat: patch@* # all\n    decision: mitigated\n    reason: r\n    owner: o\n`
  const { threats, workspace } = opened(t, { 'decisions/threats.yaml': before })
  const { diff, threats: closed } = await threats.decide(decided)
  const after = readFileSync(join(workspace, 'decisions/threats.yaml'), 'utf8')
  assert.ok(after.startsWith(before))
  assert.equal(
    diff,
    `--- a/decisions/threats.yaml
+++ b/decisions/threats.yaml
@@ -6,3 +6,8 @@
     decision: mitigated
     reason: r
     owner: o
+  - threat: injection@shop
+    decision: accepted
+    reason: "it is: \\"rebuilt\\" # soon"
+    owner: platform
+    until: 2026-12-31
`,
  )
  assert.deepEqual(closed, ['injection@shop'])
  assert.equal((await threats.show('injection@shop')).threat.decision?.reason, decided.reason)
})

test('a decision makes the file when there is none, and any text survives it', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom(
        '',
        'decisions:\n',
        'decisions: []\n',
        '# c\ndecisions: null\n',
        'decisions:\n- { threat: a@b, decision: mitigated, reason: r, owner: o }\n',
      ),
      (reason, before) => {
        const { text } = withDecision(before, { ...decided, reason })
        assert.ok(text.includes('injection@shop'))
      },
    ),
  )
  assert.equal(scalar('true'), '"true"')
  assert.throws(
    () => withDecision('decisions: [{ threat: a@b, decision: mitigated, reason: r, owner: o }]\n', decided),
    /write it by hand/,
  )
})

test('what would not hold is not written', async (t) => {
  const { threats } = opened(t, {})
  await assert.rejects(threats.decide({ ...decided, threat: 'injection@nowhere' }), { code: 'NOT_FOUND' })
  await assert.rejects(threats.decide({ ...decided, until: '2026-05-31' }), { code: 'INPUT_INVALID' })
  const { until: _, ...endless } = decided
  await assert.rejects(threats.decide(endless), { code: 'INPUT_INVALID' })
})

test('a pattern means what it would as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, text) => {
      assert.equal(fitting(pattern)(text), new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text))
    }),
  )
})

const own = `rules:
  - id: no-log-of-orders
    title: Orders on a machine without dlp
    when: { assets: 'data:orders and not control:dlp', reachedFrom: [internet], within: 1 }
    meaning: Orders are kept without anything that stops copying.
    fix: Turn on dlp.
  - id: weak-orders
    title: Orders by certificate
    when: { flows: { to: 'kind:postgres', authentication: [strong], carries: { confidentiality: high }, crosses: true } }
    meaning: Orders go where they should not.
    fix: Stop it.
    frequency: rare
`
test('rules of the workspace find threats like the others, with a witness and a root cause of their own', async (t) => {
  const { threats } = opened(t, { 'threats/own.yaml': own })
  assert.deepEqual(await codes(threats), [])
  const { causes } = await threats.read()
  const mine = causes.filter(({ remedy }) => remedy.startsWith('own:'))
  assert.deepEqual(
    mine
      .map(({ id, title, threats }) => [id, title, threats[0]?.id, threats[0]?.witness.assets.join(' ')])
      .sort((a, b) => String(a).localeCompare(String(b))),
    [
      ['own:no-log-of-orders@shop-db', 'Turn on dlp.', 'no-log-of-orders@shop-db', 'shop shop-db'],
      ['own:weak-orders@shop-db', 'Stop it.', 'weak-orders@shop -> shop-db', 'shop shop-db'],
    ],
  )
})
test('mistakes in rules of the workspace are issues with their place', async (t) => {
  const wrong = own
    .replace('id: weak-orders', 'id: injection')
    .replace('control:dlp', 'control:dpl')
    .replace('frequency: rare', 'frequency: often')
  const { threats } = opened(t, {
    'threats/own.yaml': wrong,
    'threats/b.yaml': own.replace('id: weak-orders', 'id: injection').replace('control:dlp', 'control:dpl'),
  })
  const found = await codes(threats)
  assert.ok(
    found.some((text) => text.startsWith('wrong-value threats/own.yaml:12:16')),
    found.join('\n'),
  )
  assert.ok(
    found.some((text) => text.startsWith('bad-query threats/b.yaml:4:11 did you mean dlp')),
    found.join('\n'),
  )
  assert.ok(
    found.some((text) => text.startsWith('rule-twice threats/b.yaml:7:9')),
    found.join('\n'),
  )
})

test('a change of the model says which threats it adds and takes away', async (t) => {
  const { threats } = opened(t, {})
  const { added, gone } = await threats.since('HEAD~1')
  assert.deepEqual(added, [])
  assert.deepEqual(gone, ['store-beside-exposed@shop-db'])
  const renamed = estateOf(`${shop.replaceAll(/\bshop\b(?!-db)/g, 'store')}\nmoved: { shop: store }\n`)
  assert.deepEqual(threatsSince(estateOf(shop), renamed, threatRules), { added: [], gone: [], changed: [] })
})

test('every operation answers as its schema says', async (t) => {
  const { threats } = opened(t, {})
  const inputs: Readonly<Record<string, unknown>> = {
    'threat.list': { limit: 1, q: 'SHOP', level: 'low', decided: false },
    'threat.show': { id: 'injection@shop' },
    'threat.decide': decided,
    'threat.rules': {},
    'threat.since': { rev: 'HEAD' },
  }
  for (const operation of operations) {
    operation.input.parse(operation.example)
    operation.output.parse(await operation.run(operation.input.parse(inputs[operation.name]), threats, call))
  }
  const first = await threats.list({ limit: 1 })
  const second = await threats.list({ limit: 1, cursor: first.next ?? '' })
  assert.notEqual(first.items[0]?.id, second.items[0]?.id)
  assert.equal(threatDocs.length, threatRules.length)
})
