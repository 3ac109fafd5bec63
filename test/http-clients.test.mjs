// Log shippers over HTTP: curl, the official client of Elasticsearch, OpenTelemetry's exporters. N sent are N stored, with what their envelopes said.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { needs, receiver, run, stored } from './shippers.mjs'

const line = (at) => `192.0.2.${at % 250} - ada [02/Mar/2026:14:01:02 +0000] "GET /${at} HTTP/1.1" 200 ${at}`
const many = (count, make) => Array.from({ length: count }, (_, at) => make(at))

/** A token for these scopes. */
async function tokenFor({ server }, name, scopes) {
  const { token } = await server.post('token.create', { name, role: 'engineer', scopes, days: 1 })
  return token
}

test('curl: NDJSON, HEC events and raw lines, _bulk, GELF; plain and gzip', async (t) => {
  const curl = needs(t, 'curl')
  if (!curl) return
  const home = await receiver(t, [])
  const { server } = home
  const token = server.token
  const send = (path, scheme, body, zip = false) => {
    const file = join(home.folder, 'body')
    writeFileSync(file, zip ? gzipSync(body) : body)
    const more = zip ? ['-H', 'Content-Encoding: gzip'] : []
    const { said } = run(curl, ['-sS', '-H', `Authorization: ${scheme}`, ...more, '--data-binary', `@${file}`, `${server.url}${path}`]) // prettier-ignore
    return said === '' ? '' : JSON.parse(said)
  }
  const ndjson = many(300, (at) => JSON.stringify({ at, text: 'ndjson' }))
  assert.equal(send('/ingest/v1/ndjson/nd', `Bearer ${token}`, ndjson.join('\n'), true).accepted, 300)
  assert.deepEqual(await stored(server, 'nd', 300), ndjson)

  const events = many(200, (at) => JSON.stringify({ event: line(at), host: 'web1', sourcetype: 'access_combined', time: 1772460000 + at })) // prettier-ignore
  assert.deepEqual(send('/services/collector/event', `Splunk ${token}`, events.join(''), true), { text: 'Success', code: 0 }) // prettier-ignore
  const raw = send('/services/collector/raw?sourcetype=access_combined&host=web2&channel=11111111-1111-1111-1111-111111111111', `Splunk ${token}`, many(100, (at) => line(200 + at)).join('\n')) // prettier-ignore
  assert.equal(raw.code, 0)
  const acks = send('/services/collector/ack?channel=1', `Splunk ${token}`, JSON.stringify({ acks: [raw.ackId, 99_999_999] })) // prettier-ignore
  assert.deepEqual(acks, { acks: { [raw.ackId]: true, 99999999: false } })
  assert.deepEqual(await stored(server, 'hec', 300), many(300, line))
  const { items } = await server.get('event.search', { q: 'source:hec host:web1', limit: 1000 })
  assert.equal(items.length, 200)
  assert.ok(items.every(({ parser, fields }) => parser === 'web' && fields.sourcetype === 'access_combined'))

  const documents = many(250, (at) => `{"@timestamp":"2026-03-02T14:01:02Z","n":${at},"big":12345678901234567890}`)
  const bulk = documents.flatMap((one) => ['{"index":{"_index":"winlogbeat-8"}}', one]).join('\n') + '\n'
  const answer = send('/ingest/v1/elastic/beats/_bulk', `ApiKey ${Buffer.from(`id:${token}`).toString('base64')}`, bulk, true) // prettier-ignore
  assert.equal(answer.errors, false)
  assert.equal(answer.items.length, 250)
  assert.deepEqual(await stored(server, 'beats', 250), documents)

  const gelf = JSON.stringify({
    version: '1.1',
    host: 'box',
    short_message: 'started',
    _container_name: 'db',
    level: 4,
  })
  assert.equal(send('/gelf', `Bearer ${token}`, gelf), '')
  assert.deepEqual(await stored(server, 'gelf', 1), ['started'])
  const [one] = (await server.get('event.search', { q: 'source:gelf', limit: 1 })).items
  assert.deepEqual([one.host, one.fields.container_name, one.severity_id], ['box', 'db', 3])
})

test('Splunk HEC says what is wrong in its own codes; a bad event in the middle keeps those before it', async (t) => {
  const home = await receiver(t, [])
  const { server } = home
  const send = async (body, authorization = `Splunk ${server.token}`, path = '/services/collector/event') => {
    const reply = await fetch(`${server.url}${path}`, { method: 'POST', headers: authorization ? { authorization } : {}, body }) // prettier-ignore
    return [reply.status, await reply.json()]
  }
  assert.deepEqual(await send('{}', ''), [401, { text: 'Token is required', code: 2 }])
  assert.deepEqual(await send('{}', 'Splunk cst_nobody'), [403, { text: 'Invalid token', code: 4 }])
  assert.deepEqual(await send(''), [400, { text: 'No data', code: 5 }])
  assert.equal((await send('{"event":"a"}{"event":""}'))[1].code, 13)
  assert.equal((await send('{"event":"b"}{"host":"h"}'))[1].code, 12)
  assert.deepEqual(await send('{"event":"c"} {"event":'), [400, { text: 'Invalid data format', code: 6, 'invalid-event-number': 1 }]) // prettier-ignore
  assert.equal((await send('{"acks":[1]}', undefined, '/services/collector/ack'))[1].code, 10)
  assert.deepEqual(await stored(server, 'hec', 3), ['a', 'b', 'c'])
  const health = await fetch(`${server.url}/services/collector/health`)
  assert.deepEqual([health.status, (await health.json()).code], [200, 17])
})

test('the official client of Elasticsearch: info, bulk helper, single documents, errors; on while the server is restarted', async (t) => {
  const { Client } = await import('@elastic/elasticsearch').catch(() => ({}))
  if (!Client) return t.skip('@elastic/elasticsearch is not installed')
  const home = await receiver(t, [])
  const token = await tokenFor(home, 'beats', ['ingest:windows'])
  const client = new Client({ node: home.server.url, auth: { username: 'elastic', password: token }, maxRetries: 20, requestTimeout: 20_000 }) // prettier-ignore
  t.after(() => client.close())
  assert.equal((await client.info()).version.number, '8.17.0')
  assert.equal(await client.ping(), true)
  assert.equal((await client.cluster.health()).status, 'green')
  const documents = many(5_000, (at) => ({ '@timestamp': '2026-03-02T14:01:02.000Z', at, message: `héllo ${at}` }))
  const done = await client.helpers.bulk({
    datasource: documents,
    flushBytes: 60_000,
    concurrency: 2,
    wait: 200,
    retries: 20,
    onDocument: () => ({ create: { _index: 'logs-test' } }),
    onDrop: ({ error }) => assert.fail(JSON.stringify(error)),
  })
  assert.equal(done.successful, 5_000)
  const raws = await stored(home.server, 'windows', 5_000)
  t.diagnostic(`5000 sent by helpers.bulk, ${raws.length} stored`)
  assert.deepEqual(raws.map((raw) => JSON.parse(raw).at).sort((a, b) => a - b), documents.map(({ at }) => at)) // prettier-ignore
  // Killed in the middle: the client sends what was not answered again, so nothing is missing.
  const sending = client.helpers.bulk({
    datasource: (async function* () {
      for (let at = 0; at < 3_000; at += 1) {
        if (at % 100 === 0) await new Promise((next) => setTimeout(next, 60))
        yield { round: 2, at }
      }
    })(),
    flushBytes: 3_000,
    concurrency: 1,
    retries: 30,
    wait: 300,
    onDocument: () => ({ create: { _index: 'logs-test' } }),
  })
  await new Promise((later) => setTimeout(later, 500))
  await home.again({ kill: true })
  const after = await sending
  const seconds = (await stored(home.server, 'windows', 8_000)).map((raw) => JSON.parse(raw)).filter(({ round }) => round === 2) // prettier-ignore
  const different = new Set(seconds.map(({ at }) => at)).size
  t.diagnostic(`3000 sent, killed once: ${after.successful} acknowledged, ${different} different stored, ${seconds.length - different} twice`) // prettier-ignore
  assert.ok(different >= after.successful)
  assert.equal(different, 3_000)
  const index = await client.index({ index: 'logs-test', document: { single: true } })
  assert.equal(index.result, 'created')
  await assert.rejects(client.bulk({ operations: [{ nonsense: {} }] }), /Malformed action/)
  const wrong = new Client({ node: home.server.url, auth: { apiKey: Buffer.from('x:cst_nobody').toString('base64') } })
  await assert.rejects(wrong.bulk({ operations: [{ index: { _index: 'a' } }, { a: 1 }] }), /security_exception|unknown/)
  await wrong.close()
})

for (const kind of ['http', 'proto'])
  test(`OpenTelemetry's exporter (${kind}): body, attributes, resource, severity, trace`, async (t) => {
    const [{ OTLPLogExporter }, { LoggerProvider, BatchLogRecordProcessor }, { resourceFromAttributes }] =
      await Promise.all([
        import(`@opentelemetry/exporter-logs-otlp-${kind}`),
        import('@opentelemetry/sdk-logs'),
        import('@opentelemetry/resources'),
      ]).catch(() => [{}, {}, {}])
    if (!OTLPLogExporter) return t.skip(`@opentelemetry/exporter-logs-otlp-${kind} is not installed`)
    const { server } = await receiver(t, [])
    const exporter = new OTLPLogExporter({ url: `${server.url}/ingest/v1/otlp/shop/v1/logs`, headers: { authorization: `Bearer ${server.token}` }, compression: 'gzip' }) // prettier-ignore
    const resource = resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'node7' })
    const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter, maxQueueSize: 5_000, maxExportBatchSize: 500 })] }) // prettier-ignore
    const logger = provider.getLogger('cart', '1.2')
    for (let at = 0; at < 2_000; at += 1)
      logger.emit({ body: at % 2 ? line(at) : { at, nested: { list: [1, 'two', true] } }, severityNumber: 17, severityText: 'ERROR', attributes: { 'order.id': at, big: [1, 2] }, timestamp: new Date(1772460062000 + at) }) // prettier-ignore
    await provider.forceFlush()
    await provider.shutdown()
    const raws = await stored(server, 'shop', 2_000)
    t.diagnostic(`2000 sent, ${raws.length} stored`)
    const wanted = many(2_000, (at) => (at % 2 ? line(at) : JSON.stringify({ at, nested: { list: [1, 'two', true] } })))
    assert.deepEqual([...raws].sort(), wanted.sort())
    const [one] = (await server.get('event.search', { q: 'source:shop order.id:11', limit: 1 })).items
    assert.equal(one.parser, 'web')
    assert.deepEqual([one.host, one.severity_id, one.fields['service.name'], one.fields['otel.scope.name'], one.fields.severity_text], ['node7', 4, 'shop', 'cart', 'ERROR']) // prettier-ignore
  })

test('a token of one source sends only to that source; the quota answers 429 in the words of each protocol', async (t) => {
  const home = await receiver(t, [{ kind: 'http', name: 'small', quota: { eventsPerSecond: 1 } }])
  const { server } = home
  const token = await tokenFor(home, 'small', ['ingest:small'])
  const post = async (path, body, type = 'application/json') => {
    const reply = await fetch(`${server.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body }) // prettier-ignore
    return [reply.status, Number(reply.headers.get('retry-after')), await reply.text()]
  }
  assert.equal((await post('/services/collector/raw', many(10, line).join('\n')))[0], 200)
  const [busy, wait] = await post('/services/collector/raw', line(1))
  assert.equal(busy, 503)
  assert.ok(wait >= 1)
  const bulk = await post('/_bulk', '{"index":{"_index":"a"}}\n{"a":1}\n')
  assert.equal(bulk[0], 429)
  assert.match(bulk[2], /es_rejected_execution_exception/)
  assert.equal((await post('/v1/logs', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"a"}}]}]}]}'))[0], 429) // prettier-ignore
  assert.equal((await post('/ingest/v1/ndjson/small', '{"a":1}'))[0], 429)
  assert.equal((await post('/ingest/v1/hec/other/services/collector/raw', 'x'))[0], 403)
  assert.equal((await post('/services/collector/raw', Buffer.from('no gzip'), 'text/plain'))[0], 503)
  const small = (await server.get('source.list')).items.find(({ name }) => name === 'small')
  assert.deepEqual([small.events, small.overQuota], [10, 5])
})

test('a body that unpacks without end, one that is too large, and one that is no gzip cost an error and nothing else', async (t) => {
  const home = await receiver(t, [])
  const { server } = home
  const bomb = gzipSync(Buffer.alloc(200 * 1_048_576, 'a'))
  const post = (path, body, headers) =>
    fetch(`${server.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${server.token}`, ...headers }, body }) // prettier-ignore
  for (const path of ['/services/collector/raw', '/_bulk', '/v1/logs', '/gelf'])
    assert.equal((await post(path, bomb, { 'content-encoding': 'gzip' })).status, 413, path)
  assert.equal((await post('/_bulk', 'no gzip', { 'content-encoding': 'gzip' })).status, 400)
  assert.equal((await post('/_bulk', 'no zstd', { 'content-encoding': 'zstd' })).status, 400)
  assert.equal((await post('/_bulk', 'x', { 'content-encoding': 'lzw' })).status, 400)
  const large = await post('/gelf', JSON.stringify({ short_message: 'x'.repeat(2_000_000) }))
  assert.equal(large.status, 413)
  assert.equal((await post('/gelf', JSON.stringify({ short_message: 'still here' }))).status, 202)
  assert.deepEqual(await stored(server, 'gelf', 1), ['still here'])
})
