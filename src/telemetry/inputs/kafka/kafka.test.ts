// Kafka: what a real producer sent is taken once, from all partitions, over restarts and cut connections. Against a stand-in for the broker,
// and against a real one when CASTELLAN_TEST_KAFKA names it (host:port).
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import type { SourceConfig } from '#platform'
import { type Desk, desk } from '../desk.test.ts'
import { broker } from './broker.test.ts'

const real = process.env['CASTELLAN_TEST_KAFKA']

async function holdsAll(at: Desk, wanted: readonly string[]): Promise<void> {
  const patience = performance.now() + 40_000
  while ((await at.texts()).length < wanted.length && performance.now() < patience) await sleep(50)
  await sleep(100)
  assert.deepEqual([...(await at.texts())].sort(), [...wanted].sort())
}
const range = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `{"n":${from + n}}`)

async function producerOf(t: TestContext, address: string) {
  const producer = new Kafka({
    brokers: [address],
    clientId: 'test',
    logLevel: logLevel.NOTHING,
    retry: { retries: 8 },
  }).producer({ allowAutoTopicCreation: true })
  await producer.connect()
  t.after(() => producer.disconnect())
  return (topic: string, texts: readonly string[]) =>
    producer.send({ topic, messages: texts.map((value, at) => ({ value, key: `k${at % 5}`, partition: at % 2 })) })
}
const sourceAt = (address: string, topic: string): SourceConfig => ({
  kind: 'kafka', name: 'bus', brokers: [address], topics: [topic], group: `castellan-${topic}`, tls: false,
}) // prettier-ignore

test('what was sent before and after is taken, and goes on where it was after a restart', async (t) => {
  const { port, committed } = await broker(t)
  const address = `127.0.0.1:${port}`
  const send = await producerOf(t, address)
  const at = await desk(t)
  await send('logs', range(0, 500))
  const stop = await at.run(sourceAt(address, 'logs'))
  await holdsAll(at, range(0, 500))
  await send('logs', range(500, 700))
  await holdsAll(at, range(0, 700))
  assert.match(at.health('bus').detail, /2 partitions/)
  await stop()
  assert.deepEqual([committed.get('logs/0'), committed.get('logs/1')], [350n, 350n])
  // As if the broker had not heard of the last ones: what is on our disk is not taken again.
  committed.set('logs/0', 100n)
  committed.delete('logs/1')
  await send('logs', range(700, 800))
  await at.run(sourceAt(address, 'logs'))
  await holdsAll(at, range(0, 800))
})

test('a connection that is cut is made again, and nothing is lost or doubled', async (t) => {
  const stand = await broker(t)
  const address = `127.0.0.1:${stand.port}`
  const send = await producerOf(t, address)
  const at = await desk(t)
  await at.run(sourceAt(address, 'logs'))
  await send('logs', range(0, 100))
  await holdsAll(at, range(0, 100))
  stand.cut()
  await send('logs', range(100, 200))
  await holdsAll(at, range(0, 200))
})

test('when the broker is gone, the input can still be stopped', { timeout: 90_000 }, async (t) => {
  const stand = await broker(t)
  const address = `127.0.0.1:${stand.port}`
  const send = await producerOf(t, address)
  const at = await desk(t)
  const stop = await at.run(sourceAt(address, 'logs'))
  await send('logs', range(0, 10))
  await holdsAll(at, range(0, 10))
  stand.leave()
  await sleep(500)
  // It does not wait for a broker that is gone: the test's patience would end before that broker comes back.
  await stop()
  assert.equal((await at.texts()).length, 10)
})

test('a broker that is not there is said', async (t) => {
  const at = await desk(t)
  await at.run(sourceAt('127.0.0.1:9', 'logs'))
  const patience = performance.now() + 30_000
  while (at.health('bus').state !== 'failed' && performance.now() < patience) await sleep(100)
  assert.match(at.health('bus').detail, /Kafka: .*(?:ECONNREFUSED|Connection)/)
})

test('a real broker', async (t) => {
  if (real === undefined) return t.skip('no Kafka: set CASTELLAN_TEST_KAFKA to host:port of one')
  const topic = `castellan-${Date.now()}`
  const admin = new Kafka({ brokers: [real], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true })
  await admin.disconnect()
  const send = await producerOf(t, real)
  const at = await desk(t)
  await send(topic, range(0, 2_000))
  const stop = await at.run(sourceAt(real, topic))
  await holdsAll(at, range(0, 2_000))
  await stop()
  await send(topic, range(2_000, 3_000))
  await at.run(sourceAt(real, topic))
  await holdsAll(at, range(0, 3_000))
})
