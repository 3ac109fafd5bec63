// The room over small estates, and over Fernhill: what is found is right and readable, and what-if agrees with reality.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '#kernel'
import { Control, type Estate, modelOf } from '#model'
import { meaningOf } from './credentials.ts'
import { factsOf } from './facts.ts'
import { openPaths } from './paths.ts'
import { rules } from './rules/table.ts'
import { ground } from './scene.ts'
import { whatIf } from './whatif.ts'

const estateOf = (text: string): Estate => {
  const { estate, issues } = modelOf('test', [{ file: 'test.yaml', text }])
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  )
  return estate
}
const pathsOf = (estate: Estate, extra = {}) => openPaths({ model: { estate }, extra: () => extra })

const shop = estateOf(`
zones:
  internet: { trust: 0 }
  dmz: { trust: 30 }
  inside: { trust: 80 }
assets:
  visitors: { kind: browser, zone: internet }
  web: { kind: nginx, zone: dmz, internetFacing: true }
  app: { kind: node-service, zone: inside }
  db: { kind: postgres, zone: inside, stores: [orders] }
  laptops: { kind: windows-laptop, zone: inside }
  backup: { kind: linux-server, zone: inside, stores: [orders] }
flows:
  visitors -> web: { protocol: https, port: 443, encrypted: true }
  web -> app: { protocol: https, port: 8443, encrypted: true, authentication: mutual-tls, data: [orders] }
  app -> db: { protocol: postgres, port: 5432, encrypted: true, authentication: scram, data: [orders] }
  laptops -> backup: { protocol: ssh, port: 22, encrypted: true, authentication: key }
  laptops -> db: { protocol: ssh, port: 22, encrypted: true, authentication: key }
  backup -> db: { protocol: postgres, port: 5432, encrypted: true, authentication: scram, data: [orders] }
data:
  orders: { confidentiality: critical, availability: critical, records: 100 }
services:
  selling: { needs: [web, db], revenuePerHour: 5000 }
`)

void test('rules have unique names, techniques of ATT&CK, factors that make things less likely, and their own file', () => {
  const files = new Set(
    readdirSync(join(import.meta.dirname, 'rules')).map((file) => file.replace(/\.(d\.ts|js|ts)$/, '')),
  )
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length)
  for (const { id, technique, less, title } of rules) {
    assert.ok(files.has(id), id)
    assert.match(technique, /^T\d{4}(\.\d{3})?$/)
    assert.ok(title.includes('{on}'), id)
    for (const factor of Object.values(less)) assert.ok(factor > 0 && factor < 1, id)
  }
})

void test('the arithmetic of every step is shown: its factors multiply to its probability, the steps to that of the path', () => {
  for (const profile of ['internet', 'laptop', 'insider', 'supplier', 'ransomware']) {
    for (const path of pathsOf(shop).list({ profile, k: 5 }).items) {
      let product = 1
      for (const { because, probability, after } of path.steps) {
        product *= probability
        const multiplied = because.reduce((sum, { factor }) => sum * factor, 1)
        assert.ok(Math.abs(Math.min(multiplied, multiplied > 0.99 && multiplied !== 1 ? 0.99 : 1) - probability) < 1e-9)
        assert.ok(after.every((before) => before < path.steps.length))
      }
      assert.ok(Math.abs(product - path.probability) < 1e-9)
    }
  }
})

void test('from the internet to the database: an application is tricked, or a device is lost', () => {
  const { items, goals } = pathsOf(shop).list({ to: 'orders', k: 5 })
  assert.ok(goals[0]?.exact)
  assert.ok(items.some(({ steps }) => steps.some(({ rule }) => rule === 'inject-queries')))
  assert.ok(items.some(({ steps }) => steps.some(({ rule, asset }) => rule === 'phishing-code' && asset === 'laptops')))
  assert.deepEqual(
    items.map(({ probability }) => probability),
    items.map(({ probability }) => probability).toSorted((a, b) => b - a),
  )
})

void test('what cannot be talked to cannot be attacked', () => {
  const cut = pathsOf(shop).list({
    to: 'orders',
    k: 1,
    without: ['visitors -> web', 'laptops -> db', 'laptops -> backup'],
  })
  // nginx still faces the internet by itself.
  assert.ok(cut.items[0]?.summary.includes('app'))
  const alone = estateOf(
    'zones: { internet: { trust: 0 }, inside: { trust: 80 } }\nassets: { db: { kind: postgres, zone: inside, stores: [orders] } }\ndata: { orders: { confidentiality: critical } }',
  )
  assert.deepEqual(pathsOf(alone).list({ to: 'orders', k: 1 }).items, [])
  assert.equal(pathsOf(alone).choke({ to: 'orders' }).probability, 0)
})

void test('ransom needs the data and its backup; an immutable backup all but stops it', () => {
  const paths = pathsOf(shop)
  const [path] = paths.list({ to: 'ransom:orders', profile: 'ransomware', k: 1 }).items
  assert.ok(path)
  assert.ok(path.steps.some(({ rule }) => rule === 'destroy-backups'))
  assert.ok(path.steps.some(({ rule, asset }) => rule === 'encrypt' && asset === 'db'))
  const [safer] = paths.list({
    to: 'ransom:orders',
    profile: 'ransomware',
    k: 1,
    add: ['immutable-backup@backup'],
  }).items
  assert.ok((safer?.probability ?? 0) < path.probability / 5)
})

void test('a known flaw is a step, a blocked flow is none, an opened way is one', () => {
  const flaw = {
    asset: 'web',
    id: 'CVE-2026-1',
    gives: 'admin',
    from: 'network',
    probability: 0.9,
    why: 'known exploited',
  }
  const [path] = pathsOf(shop, { flaws: [flaw] }).list({ to: 'asset:web', k: 1 }).items
  assert.equal(path?.steps[0]?.because[0]?.text, 'CVE-2026-1: known exploited')
  assert.equal(path.probability, 0.9)
  assert.notEqual(
    pathsOf(shop, { flaws: [flaw] }).list({ to: 'asset:web', k: 1, fix: ['CVE-2026-1@web'] }).items[0]?.probability,
    0.9,
  )
  const closed = pathsOf(shop, { closed: ['app -> db', 'laptops -> db', 'backup -> db'] }).blast({ asset: 'app' })
  assert.ok(!closed.items.some(({ asset }) => asset === 'db'))
  const opened = pathsOf(shop, { opened: [{ from: 'web', to: 'db', protocol: 'ssh', port: 22 }] }).blast({
    asset: 'web',
  })
  assert.ok(opened.items.length > 0)
})

void test('blast radius: who controls the application reads the orders', () => {
  const blast = pathsOf(shop).blast({ asset: 'app' })
  assert.deepEqual(blast.items.map(({ asset }) => asset).includes('db'), true)
  assert.ok((blast.data[0]?.probability ?? 0) > 0.3)
  assert.equal(blast.data[0]?.records, 100)
  assert.throws(() => pathsOf(shop).blast({ asset: 'nothing' }), Fault)
})

void test('choke points: what all paths pass has no way round; the cut is checked from scratch', () => {
  const choke = pathsOf(shop).choke({ to: 'asset:db', below: 0.02 })
  assert.ok(choke.points.length > 0)
  for (const { unavoidable, otherwise } of choke.points) assert.equal(unavoidable, otherwise === 0)
  const { cut } = choke
  assert.ok(cut.exact && cut.price === cut.atLeast)
  assert.ok(!cut.possible || cut.left < 0.02, `${cut.left}`)
  assert.ok(cut.changes.length > 0)
})

void test('detections: a covered step makes a path seen; the best path that nothing covers is found', () => {
  const coverage = (asset: string, technique: string) => asset === 'app' && technique === 'T1190'
  const paths = openPaths({ model: { estate: shop }, coverage })
  const { items, goals } = paths.list({ to: 'orders', k: 3 })
  for (const { detected, steps } of items)
    assert.equal(
      detected,
      steps.some((step) => step.asset === 'app' && step.technique === 'T1190'),
    )
  const unseen = paths.list({ to: 'orders', k: 3, unseen: true })
  assert.ok(unseen.items.every(({ detected }) => !detected))
  assert.equal(unseen.items[0]?.probability, goals[0]?.undetected)
})

void test('what-if equals the model written that way, and never makes an attacker likelier', () => {
  const [assets, flows] = [shop.assets.map(({ id }) => id), shop.flows.map(({ id }) => id)]
  const change = fc.record({
    without: fc.uniqueArray(fc.constantFrom(...flows), { maxLength: 2 }),
    fix: fc.array(fc.constantFrom(...assets.map((id) => `*@${id}`), 'CWE-89@app', 'CWE-269@*'), { maxLength: 2 }),
    add: fc.array(
      fc.tuple(fc.constantFrom(...Control.options), fc.constantFrom(...assets)).map((pair) => pair.join('@')),
      { maxLength: 3 },
    ),
  })
  const before = pathsOf(shop).list({ to: 'orders', k: 1 }).items[0]?.probability ?? 0
  fc.assert(
    fc.property(change, (changes) => {
      const asked = pathsOf(shop).list({ to: 'orders', k: 1, ...changes })
      const { estate } = whatIf({ estate: shop, extra: {} }, changes)
      assert.deepEqual(asked, pathsOf(estate).list({ to: 'orders', k: 1 }))
      assert.ok((asked.items[0]?.probability ?? 0) <= before + 1e-9)
    }),
    { numRuns: 150 },
  )
  assert.throws(() => pathsOf(shop).list({ k: 1, without: ['web -> db'] }), /no flow web -> db/)
  assert.throws(() => pathsOf(shop).list({ k: 1, add: ['magic@web'] }), /is no control/)
  assert.throws(() => pathsOf(shop).list({ k: 1, fix: ['CWE-89'] }), /write it as/)
  assert.throws(() => pathsOf(shop).list({ k: 1, to: 'moon' }), /no goal moon/)
})

void test('words of authentication mean factors', () => {
  const factorNames: [string, string][] = [
    ['none', 'none'],
    ['mutual-tls', 'certificate'],
    ['password-and-push', 'password-and-push'],
    ['password-and-code', 'password-and-code'],
    ['single-sign-on', 'password-and-code'],
    ['api-key', 'key'],
    ['scram', 'password'],
    ['kerberos', 'password'],
    ['passkey', 'passkey'],
  ]
  for (const [words, factor] of factorNames) assert.equal(meaningOf(words).factor, factor, words)
})

void test('every step stands on facts that exist, and no rule gives what it needs', () => {
  const { space, table, facts } = ground(factsOf(shop))
  for (const [index, gives] of table.gives.entries()) {
    const { needs, on, base } = table.at(index)
    assert.ok(gives < space.size && needs.every((need) => need < space.size && need !== gives))
    assert.ok(facts.nodes[on])
    assert.ok(base > 0 && base <= 1)
  }
})

const fernhill = join(import.meta.dirname, '../../examples/fernhill-health/model')

void test('Fernhill: the ways from the internet to the patient records are few and readable', () => {
  const texts = readdirSync(fernhill).map((file) => ({ file, text: readFileSync(join(fernhill, file), 'utf8') }))
  const { estate } = modelOf('Fernhill Health', texts)
  const paths = pathsOf(estate)
  const { items, goals } = paths.list({ to: 'patient-records', k: 4 })
  assert.equal(items.length, 4)
  assert.ok(goals[0]?.exact)
  for (const { steps, probability, summary } of items) {
    assert.ok(steps.length <= 8, summary)
    assert.ok(probability > 0.001 && probability < 0.2, `${probability} ${summary}`)
    for (const { text } of steps) assert.doesNotMatch(text, /\{|undefined/)
  }
  assert.equal(new Set(items.map(({ summary }) => summary)).size, items.length)
  const bastion = paths.blast({ asset: 'bastion' })
  assert.ok(bastion.items.some(({ asset }) => asset === 'portal-db'))
  for (const { id, starts, goals: jewels } of paths.profiles()) assert.ok(starts > 0 && jewels.length > 0, id)
  assert.ok(paths.jewels().some(({ id }) => id === 'data:patient-records'))
})
