// Topics of Kafka: partitions shared by a group, each message once. Our own positions decide; those at the broker follow, for others to see.
import { readFile } from 'node:fs/promises'
import { asFault, Fault } from '#kernel'
import {
  type Batch,
  type Consumer,
  type EachBatchPayload,
  Kafka,
  type KafkaConfig,
  logLevel,
  type SASLOptions,
} from 'kafkajs'
import { systemErrorText } from '#platform'
import { envelopeOf } from '../../envelope.ts'
import { createJoiner, type JoinRule } from '../../joining.ts'
import { pause } from '../../pause.io.ts'
import { credential } from '../credential.io.ts'
import type { Input, InputContext, SourceOf } from '../input.ts'
import { joinRule } from '../join-rule.ts'

type Source = SourceOf<'kafka'>
const group = 1_000
const sessionMilliseconds = 60_000
const leaveMilliseconds = 3_000

export const kafka: Input<'kafka'> = async (source, context) => {
  const { signal } = context
  const consumer = new Kafka(await settingsOf(source, context)).consumer({
    groupId: source.group,
    sessionTimeout: sessionMilliseconds,
    maxBytesPerPartition: 4_194_304,
    // Trying again is the work of those who run inputs: left to itself, the client would do so even while it is told to stop.
    retry: { retries: 5, restartOnFailure: () => Promise.resolve(false) },
  })
  const ended = new Promise<never>((_, fail) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) fail(new Fault('UNREADABLE', `Kafka: ${payload.error.message}`, { cause: payload.error }))
    })
    signal.addEventListener('abort', () => fail(new Fault('CANCELLED', `source ${source.name} stops`)), { once: true })
  })
  ended.catch(() => undefined)
  try {
    await Promise.race([follow(consumer, source, context), ended])
    await ended
  } catch (thrown) {
    if (!signal.aborted)
      throw thrown instanceof Fault
        ? thrown
        : new Fault('UNREADABLE', `Kafka: ${asFault(thrown).message}`, { cause: thrown })
  } finally {
    // A broker that is gone would be asked again and again: nobody waits for that.
    const left = consumer
      .disconnect()
      .catch((thrown: unknown) => context.log.debug({ err: thrown }, 'Kafka was left without a word'))
    await Promise.race([left, pause(leaveMilliseconds, new AbortController().signal)])
  }
}

async function follow(consumer: Consumer, source: Source, context: InputContext): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: source.topics, fromBeginning: true })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const parts = Object.values(payload.memberAssignment).reduce((sum, partitions) => sum + partitions.length, 0)
    context.running(
      `${source.topics.join(', ')}: ${parts} ${parts === 1 ? 'partition' : 'partitions'} of group ${source.group}`,
    )
  })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: (payload) => takeBatch(payload, { consumer, source, context }),
  })
}

interface Taking {
  readonly consumer: Consumer
  readonly source: Source
  readonly context: InputContext
}

async function takeBatch(payload: EachBatchPayload, { consumer, source, context }: Taking): Promise<void> {
  const { batch } = payload
  const { topic, partition } = batch
  const key = `kafka:${source.name}:${topic}:${partition}`
  // After a crash the broker's position may lie behind ours: what is on our disk already is passed over.
  const from = BigInt(context.position(key) ?? -1)
  const messages = batch.messages.filter(({ offset }) => BigInt(offset) >= from)
  for (let at = 0; at < messages.length; at += group) {
    if (!payload.isRunning() || payload.isStale() || context.signal.aborted) return
    const part = messages.slice(at, at + group)
    const next = String(BigInt(part.at(-1)?.offset ?? 0) + 1n)
    await takeMessages(part, { topic, mark: { key, value: next }, join: joinRule(source.join) }, context)
    payload.resolveOffset(part.at(-1)?.offset ?? '')
    await payload.heartbeat()
  }
  const last = batch.lastOffset()
  payload.resolveOffset(last)
  await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(last) + 1n) }])
}

type Messages = Batch['messages']
interface Place {
  readonly topic: string
  readonly mark: { readonly key: string; readonly value: string }
  readonly join: JoinRule
}
async function takeMessages(messages: Messages, { topic, mark, join }: Place, context: InputContext): Promise<void> {
  // A message without a value marks a key as gone; it is no record.
  const real = messages.filter(({ value }) => value !== null && value.length > 0)
  // Joined within what is taken at once: the position never lies inside of a record.
  const joiner = createJoiner<Messages[number]>({ rule: join, bytes: context.recordBytes })
  const lines = real.map((message) => ({ text: message.value?.toString('utf8') ?? '', mark: message }))
  const records = [...joiner.push(lines, 0), ...joiner.flush()]
  await context.take(
    records.map(({ text }) => text),
    {
      mark,
      envelopes: records.map(({ mark: { timestamp, key } }) =>
        envelopeOf({ time: Number(timestamp), fields: { 'kafka.topic': topic, 'kafka.key': key?.toString('utf8') } }),
      ),
    },
  )
}

async function settingsOf({ brokers, tls, ca, login }: Source, { log }: InputContext): Promise<KafkaConfig> {
  return {
    clientId: 'castellan',
    brokers,
    connectionTimeout: 5_000,
    ssl: ca === undefined ? tls : { ca: [await textOf(ca)] },
    ...(login && { sasl: await saslOf(login) }),
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ log: entry, namespace }) =>
        log.debug({ namespace, text: entry.message }, 'Kafka'),
  }
}

async function saslOf({ mechanism, user, credential: named }: NonNullable<Source['login']>): Promise<SASLOptions> {
  const password = await credential(named)
  return { mechanism, username: user, password }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    throw new Fault('CONFIG_INVALID', `certificates ${path}: ${systemErrorText(thrown)}`, { cause: thrown })
  }
}
