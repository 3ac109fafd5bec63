// Objects from a folder and from a store that speaks S3: each record once, over restarts, damage, refusals and late arrivals.
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { SourceConfig } from '#platform'
import { temporaryFolder } from '#testkit'
import { type Desk, desk } from '../desk.test.ts'
import { Progress } from './progress.ts'
import { listingOf } from './s3.io.ts'

const minutesAgo = (minutes: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 - minutes * 60_000)
const trail = (...ids: number[]): string =>
  JSON.stringify({ Records: ids.map((id) => ({ eventID: `e${id}`, eventName: 'A' })) })
const idsOf = (texts: readonly string[]): string[] => texts.map((text) => /"eventID":"(e\d+)"/.exec(text)?.[1] ?? text)

async function holdsIds(at: Desk, ...wanted: string[]): Promise<void> {
  const patience = performance.now() + 15_000
  while ((await at.texts()).length < wanted.length && performance.now() < patience) await sleep(30)
  await sleep(60)
  assert.deepEqual(idsOf(await at.texts()), wanted)
}

test('a folder: documents, lines, compressed ones, oldest first; once, also over a restart', async (t) => {
  const at = await desk(t)
  const folder = join(temporaryFolder(t), 'bucket')
  const put = (path: string, bytes: string | Buffer, minutes: number) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), bytes)
    utimesSync(join(folder, path), minutesAgo(minutes), minutesAgo(minutes))
  }
  put('2026/b.json.gz', gzipSync(trail(3, 4)), 20)
  put('2026/a.json', trail(1, 2), 30)
  put('2026/empty.json', '{"Records":[]}', 25)
  put('2026/lines.log', 'line 5\nline 6\n', 10)
  const damaged = gzipSync(trail(...Array.from({ length: 2_000 }, (_, n) => 1_000 + n)))
  put('2026/damaged.json.gz', damaged.subarray(0, damaged.length - 40), 5)
  const source: SourceConfig = {
    kind: 'objects',
    name: 'trail',
    from: folder,
    region: 'us-east-1',
    endpoint: '',
    everySeconds: 1,
  }
  const first = ['e1', 'e2', 'e3', 'e4', 'line 5', 'line 6']
  let stop = await at.run(source)
  const patience = performance.now() + 10_000
  while ((await at.texts()).length < 1_000 && performance.now() < patience) await sleep(30)
  await sleep(1_500)
  const texts = idsOf(await at.texts())
  assert.deepEqual(texts.slice(0, 6), first)
  assert.ok(texts.length > 1_000 && texts.length < 2_006, `what was good before the damage: ${texts.length}`)
  assert.equal(new Set(texts).size, texts.length, 'nothing twice, though the damaged one is looked at again')
  await stop()
  put('2026/late.json', trail(7), 28)
  stop = await at.run(source)
  await holdsIds(at, ...texts, 'e7')
  await stop()
})

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Signature Version 4, worked out from the request as it arrived. */
function signatureOf(request: IncomingMessage, secret: string): string {
  const url = new URL(request.url ?? '', 'http://x')
  const [, date = '', region = '', service = '', signed = ''] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+)/.exec(
      request.headers.authorization ?? '',
    ) ?? []
  const escape = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  const query = [...url.searchParams]
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .sort()
    .join('&')
  const headers = signed
    .split(';')
    .map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
    .join('')
  const body = String(request.headers['x-amz-content-sha256'] ?? hash(''))
  const canonical = ['GET', url.pathname, query, headers, signed, body].join('\n')
  const text = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    `${date}/${region}/${service}/aws4_request`,
    hash(canonical),
  ].join('\n')
  const key = [region, service, 'aws4_request'].reduce(
    (before, part) => hmac(before, part),
    hmac(`AWS4${secret}`, date),
  )
  return hmac(key, text).toString('hex')
}

/** A store that speaks S3: lists by pages of two, checks signatures, sometimes asks to slow down. */
async function store(t: TestContext, objects: Map<string, { body: Buffer; modified: Date }>) {
  const seen = { refused: 0, slowed: 0, asked: 0 }
  const list = (url: URL, answer: ServerResponse): void => {
    const keys = [...objects.keys()].filter((key) => key.startsWith(url.searchParams.get('prefix') ?? '')).sort()
    const from = Number(url.searchParams.get('continuation-token') ?? 0)
    const items = keys.slice(from, from + 2).map((key) => {
      const { body, modified } = objects.get(key) ?? { body: Buffer.alloc(0), modified: new Date() }
      return `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key><LastModified>${modified.toISOString()}</LastModified><Size>${body.length}</Size></Contents>`
    })
    const next = from + 2 < keys.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
    answer.end(`<?xml version="1.0"?><ListBucketResult xmlns="x">${items.join('')}${next}</ListBucketResult>`)
  }
  const server = createServer((request, answer) => {
    seen.asked += 1
    const given = /Signature=([0-9a-f]{64})/.exec(request.headers.authorization ?? '')?.[1]
    if (given !== signatureOf(request, 'very secret')) {
      seen.refused += 1
      answer.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      return
    }
    if (seen.asked % 5 === 3) {
      seen.slowed += 1
      answer.writeHead(503, { 'retry-after': '0' }).end('<Error><Code>SlowDown</Code></Error>')
      return
    }
    const url = new URL(request.url ?? '', 'http://x')
    if (url.searchParams.has('list-type')) return list(url, answer)
    const found = objects.get(decodeURIComponent(url.pathname.replace('/logs/', '')))
    if (found) answer.end(found.body)
    else answer.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { endpoint: `http://127.0.0.1:${address.port}`, seen }
}

test('a bucket: signed requests, pages, patience where it asks for it; new objects as they come', async (t) => {
  const objects = new Map(
    [1, 2, 3, 4, 5].map((n) => [
      `AWSLogs/12 34/a&b+${n}.json.gz`,
      { body: gzipSync(trail(n * 10, n * 10 + 1)), modified: minutesAgo(60 - n) },
    ]),
  )
  const { endpoint, seen } = await store(t, objects)
  const at = await desk(t)
  process.env['CASTELLAN_TEST_KEYS'] = JSON.stringify({ accessKeyId: 'AKID', secretAccessKey: 'very secret' })
  const source: SourceConfig = {
    kind: 'objects', name: 's3', from: 's3://logs/AWSLogs', region: 'eu-west-1', endpoint, credential: 'env:CASTELLAN_TEST_KEYS', everySeconds: 1,
  } // prettier-ignore
  const stop = await at.run(source)
  const first = [10, 11, 20, 21, 30, 31, 40, 41, 50, 51].map((n) => `e${n}`)
  await holdsIds(at, ...first)
  objects.set('AWSLogs/new.json', { body: Buffer.from(trail(60)), modified: minutesAgo(1) })
  await holdsIds(at, ...first, 'e60')
  await stop()
  await at.run(source)
  await sleep(1_500)
  await holdsIds(at, ...first, 'e60')
  assert.equal(seen.refused, 0, 'every signature fits')
  assert.ok(seen.slowed > 0)
})

test('a wrong key is said in words that help, and is not shown', async (t) => {
  const { endpoint } = await store(t, new Map())
  const at = await desk(t)
  process.env['CASTELLAN_TEST_KEYS'] = JSON.stringify({ accessKeyId: 'AKID', secretAccessKey: 'not it' })
  await at.run({
    kind: 'objects',
    name: 's3',
    from: 's3://logs/x',
    region: 'eu-west-1',
    endpoint,
    credential: 'env:CASTELLAN_TEST_KEYS',
    everySeconds: 1,
  })
  await sleep(400)
  const { state, detail } = at.health('s3')
  assert.equal(state, 'failed')
  assert.match(detail, /403 .*SignatureDoesNotMatch.*may not read this/)
  assert.doesNotMatch(detail, /not it/)
})

test('a listing is read as S3 writes it', () => {
  const xml =
    '<ListBucketResult><Contents><Key>a&amp;b/</Key><LastModified>2026-11-26T00:00:00.000Z</LastModified><Size>0</Size></Contents><Contents><Key>a&#38;b/c &lt;1&gt;</Key><LastModified>2026-11-26T00:00:00.000Z</LastModified><Size>5</Size></Contents><NextContinuationToken>x&amp;y</NextContinuationToken></ListBucketResult>'
  assert.deepEqual(listingOf(xml), {
    items: [{ key: 'a&b/c <1>', size: 5, modified: Date.UTC(2026, 10, 26) }],
    next: 'x&y',
  })
  assert.throws(() => listingOf('<html>'), /no ListBucketResult/)
})

test('progress: what was read within the hour before the newest is remembered; older is done', () => {
  const hour = 3_600_000
  const object = (key: string, modified: number) => ({ key, size: 1, modified })
  const progress = new Progress(undefined)
  progress.mark(object('a', 10 * hour), 3, true)
  const half = new Progress(progress.mark(object('b', 9.5 * hour), 7, false))
  assert.ok(half.isDone(object('a', 10 * hour)) && !half.isDone(object('b', 9.5 * hour)))
  assert.equal(half.taken(object('b', 9.5 * hour)), 7)
  assert.equal(half.taken(object('b', 9.6 * hour)), 0, 'another content is another object')
  assert.ok(half.isDone(object('old', 8.9 * hour)) && !half.isDone(object('late', 9.1 * hour)))
})
