// The room over a store: sums over batches, bounds, and what may be asked.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { asFault, fixedClock, systemActor, type Call } from '#kernel'
import { assetLocator, modelOf } from '#model'
import type { State } from '#platform'
import { parseRecord } from '#telemetry'
import { eachState, temporaryState } from '#testkit'
import { admit, type Limits, usualLimits } from './admission.ts'
import { operations } from './operations.ts'
import { openReality, type Reality } from './reality.ts'
import type { FlowEvent } from './reading.ts'
import { migrations, realityStore } from './store.ts'
import { addFlows, flowKey, sumBy } from './sums.ts'
import type { End, ObservedFlow } from './types.ts'

const text = `
zones:
  office: { trust: 50, cidrs: [10.1.0.0/16] }
  data: { trust: 80, cidrs: [10.9.0.0/24] }
assets:
  web: { kind: nginx, zone: office, addresses: [10.1.2.1] }
  db: { kind: postgres, zone: data, addresses: [10.9.0.1] }
flows:
  web -> db: {}
`
const { estate } = modelOf('test', [{ file: 'model/a.yaml', text }])
const model = { estate, locate: assetLocator(estate) }
const received = Date.UTC(2026, 2, 4, 12)
const days = 30

let count = 0
function event(src: string, dst: string, port: number, more: { drop?: boolean; at?: number } = {}): FlowEvent {
  const verdict = more.drop === true ? 'FW-DROP' : 'FW-ACCEPT'
  const line = `<4>Mar  4 11:00:00 fw01 kernel: [1.0] ${verdict} IN=a OUT=b SRC=${src} DST=${dst} LEN=60 PROTO=TCP SPT=50000 DPT=${port} SYN URGP=0`
  const id = `evt_${String((count += 1)).padStart(10, '0')}` as FlowEvent['id']
  const parsed = parseRecord({ source: 'fw', received, text: line })
  return { ...parsed, time: received - (more.at ?? 0), id, received, source: 'fw', asset: undefined }
}

async function open(state: State, limits?: Limits) {
  await state.migrate(migrations)
  const clock = fixedClock(received)
  const reality = openReality({ state, model, clock, limits })
  const take = (events: readonly FlowEvent[]) => state.transaction(() => reality.keep(reality.observe(events)))
  return { reality, clock, take, kept: () => realityStore(state, usualLimits).all() }
}

eachState('batches give what the whole gives', async (state) => {
  const { reality, take, kept } = await open(state)
  const events = Array.from({ length: 60 }, (_, n) =>
    event(n % 3 === 0 ? '10.1.2.1' : '10.1.77.7', n % 5 === 0 ? '10.1.2.1' : '10.9.0.1', [22, 443, 5432][n % 3] ?? 1, {
      at: (n * 7919) % 5_000,
      drop: n % 7 === 0,
    }),
  )
  for (let at = 0; at < events.length; at += 13) await take(events.slice(at, at + 13))
  const whole = reality.observe(events)
  const all = await kept()
  const byKey = (flows: typeof whole.flows) => new Map(flows.map((flow) => [flowKey(flow), flow]))
  assert.deepEqual(byKey(all.flows), byKey(whole.flows))
  assert.deepEqual(all.hosts, whole.hosts)
  assert.equal(all.dropped, 0)
})

eachState('a batch that is rolled back leaves nothing', async (state) => {
  const { take, kept } = await open(state)
  await state
    .transaction(async () => {
      await take([event('10.1.2.1', '10.9.0.1', 22)])
      throw new Error('no')
    })
    .catch(() => undefined)
  assert.deepEqual((await kept()).flows, [])
})

eachState('a scan neither fills the store nor hides what is there', async (state) => {
  const limits = { perPair: 4, perOpener: 10, flows: 30, hosts: 3 }
  const { take, kept } = await open(state, limits)
  await take([event('10.1.2.1', '10.9.0.1', 5432)])
  for (let round = 0; round < 3; round += 1) {
    await take(Array.from({ length: 40 }, (_, n) => event('10.1.77.7', '10.9.0.1', 1 + n + round * 40)))
    await take(Array.from({ length: 40 }, (_, n) => event('10.1.77.8', `10.1.60.${n + 1 + round * 40}`, 445)))
  }
  await take([event('10.1.2.1', '10.9.0.1', 5432)])
  const all = await kept()
  const ofPair = all.flows.filter(({ from }) => from === 'address:10.1.77.7')
  assert.equal(ofPair.length, 5)
  assert.equal(
    ofPair.reduce((sum, flow) => sum + flow.count, 0),
    120,
  )
  assert.equal(ofPair.find(({ port }) => port === 0)?.count, 116)
  assert.equal(all.flows.filter(({ from }) => from === 'address:10.1.77.8').length, 10)
  assert.equal(all.flows.find(({ from }) => from === 'asset:web')?.count, 2)
  assert.equal(all.hosts.length, 3)
  assert.ok(all.dropped > 100)
})

const drawn = fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(8), fc.integer({ min: 1, max: 5 })), { maxLength: 60 })
void test('what is admitted stays within the limits, and every record is kept, folded or dropped', () => {
  fc.assert(
    fc.property(drawn, (all) => {
      const limits = { perPair: 2, perOpener: 5, flows: 12, hosts: 1 }
      const flows = sumBy(
        all.map(([from, to, port, count]) => flowFrom(`asset:a${from}`, `asset:b${to}`, port, count)),
        flowKey,
        addFlows,
      )
      const { kept, folded, dropped } = admit([...flows.values()], nothingHeld, limits)
      const most = (names: readonly string[]) =>
        Math.max(0, ...names.map((name) => names.filter((one) => one === name).length))
      const ofPairs = kept.filter(({ port }) => port !== 0).map(({ from, to }) => `${from} ${to}`)
      assert.ok(kept.length <= limits.flows)
      assert.ok(most(kept.map(({ from }) => from)) <= limits.perOpener)
      assert.ok(most(ofPairs) <= limits.perPair)
      assert.ok(folded.every(({ port }) => port === 0))
      const records = (some: readonly ObservedFlow[]) => some.reduce((sum, { count }) => sum + count, 0)
      const inAll = records([...flows.values()])
      assert.ok(dropped > 0 ? records([...kept, ...folded]) < inAll : records([...kept, ...folded]) === inAll)
    }),
  )
})
const nothingHeld = { flows: 0, byOpener: new Map<End, number>(), byPair: new Map<string, number>() }
const flowFrom = (from: End, to: End, port: number, count: number): ObservedFlow => ({
  from,
  to,
  transport: 'tcp',
  port,
  attempt: false,
  first: 1,
  last: 2,
  count,
  sealed: 0,
  plain: 0,
  bytes: 0,
  applications: [],
  sources: ['fw'],
  witnesses: ['wire'],
  event: 'evt_1',
  fromAddress: '',
  toAddress: '',
})

eachState('what was not seen for long is forgotten', async (state) => {
  const { reality, clock, take, kept } = await open(state)
  await take([event('10.1.2.1', '10.9.0.1', 22)])
  await reality.forget()
  assert.equal((await kept()).flows.length, 1)
  clock.advance(401 * 86_400_000)
  await reality.forget()
  const all = await kept()
  assert.deepEqual([all.flows, all.hosts, all.seen], [[], [], []])
})

const call: Call = {
  actor: systemActor,
  at: received,
  signal: new AbortController().signal,
  progress: () => undefined,
}
async function ask(reality: Reality, name: string, input: unknown): Promise<unknown> {
  const found = operations.find((one) => one.name === name)
  assert.ok(found)
  return found.output.parse(await found.run(found.input.parse(input), reality, call))
}

void test('findings are listed in pages, filtered, shown, and proposed together', async (t) => {
  const { reality, take } = await open(await temporaryState(t))
  await take([22, 80, 443, 5432].map((port) => event('10.1.77.7', '10.9.0.1', port)))
  await take([event('10.1.2.1', '10.9.0.1', 5432)])
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await reality.list({ days, limit: 2, cursor })
    seen.push(...page.items.map(({ id }) => id))
    assert.equal(page.total, 5)
    assert.equal(page.watched.confirmed, 1)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  assert.equal(new Set(seen).size, 5)
  const titles = async (more: object) => (await reality.list({ days, limit: 10, ...more })).total
  assert.equal(await titles({ kind: ['unknown-host'] }), 1)
  assert.equal(await titles({ level: 'critical' }), 0)
  assert.equal(await titles({ q: 'TCP/22' }), 1)
  assert.equal(await titles({ ignore: ['undeclared 10.1.77.7 -> db */22', '*/443'] }), 3)
  assert.equal(await titles({ ignore: ['*'] }), 0)
  assert.equal(await titles({ ignore: ['undeclared'] }), 5)
  const shown = await reality.show(seen[0] ?? '', days)
  assert.equal(shown.id, seen[0])
  const { yaml, findings } = await reality.propose([], { days })
  assert.equal(findings, 5)
  assert.equal(yaml.match(/^ {2}host-10/gm)?.length, 5)
  const { issues } = modelOf('t', [
    { file: 'model/a.yaml', text },
    { file: 'model/b.yaml', text: yaml },
  ])
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  )
  const one = await reality.propose([seen[1] ?? ''], { days })
  assert.equal(one.findings, 1)
})

void test('what is not there is said', async (t) => {
  const { reality } = await open(await temporaryState(t))
  assert.equal(asFault(await reality.show('rlt_00', days).catch(asFault)).code, 'NOT_FOUND')
  assert.equal(asFault(await reality.propose(['rlt_00'], { days }).catch(asFault)).code, 'NOT_FOUND')
  assert.equal(asFault(await reality.list({ days, limit: 1, cursor: 'x' }).catch(asFault)).code, 'INPUT_INVALID')
})

void test('operations take and give what their schemas say', async (t) => {
  const { reality, take } = await open(await temporaryState(t))
  await take([event('10.1.77.7', '10.9.0.1', 22, { drop: true }), event('10.1.2.1', '10.9.0.1', 22)])
  for (const { name, example } of operations) if (name !== 'reality.show') await ask(reality, name, example)
  const { items } = await reality.list({ days, limit: 10 })
  for (const { id } of items) await ask(reality, 'reality.show', { id })
})

void test('one room sees the model of the moment', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const changing = { estate, locate: model.locate }
  const reality = openReality({ state, model: changing, clock: fixedClock(received) })
  assert.equal(reality.observe([event('10.1.77.7', '10.9.0.1', 22)]).hosts.length, 1)
  const more = modelOf('t', [
    { file: 'a', text: text.replace('flows:', '  odd: { zone: office, addresses: [10.1.77.7] }\nflows:') },
  ])
  changing.estate = more.estate
  changing.locate = assetLocator(more.estate)
  const { hosts, flows } = reality.observe([event('10.1.77.7', '10.9.0.1', 22)])
  assert.deepEqual([hosts.length, flows[0]?.from], [0, 'asset:odd'])
})
