// APIs asked again and again, against servers of loopback that play their documented answers: paging, patience, late items, restarts, refusals.
import assert from 'node:assert/strict'
import { generateKeyPairSync, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceConfig } from '#platform'
import { waitOf } from '../ask.io.ts'
import { type Desk, desk } from '../desk.test.ts'
import { nextLink, sameServer } from './feed.ts'
import { Looked } from './looked.io.ts'

interface Asked {
  readonly url: URL
  readonly request: IncomingMessage
  readonly body: string
  /** Answers with JSON. */
  readonly give: (value: unknown, headers?: Record<string, string>, status?: number) => void
}
interface Played {
  readonly base: string
  readonly asked: string[]
}

/** A server that answers as it is told, and breaks off or asks for patience now and then. */
async function play(t: TestContext, answer: (asked: Asked) => void): Promise<Played> {
  const asked: string[] = []
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    for await (const piece of request) body += String(piece)
    asked.push(`${request.method} ${request.url}`)
    if (asked.length % 7 === 4)
      return void response.writeHead(429, { 'retry-after': '0' }).end('{"errorCode":"E0000047"}')
    if (asked.length % 11 === 6) return void request.socket.destroy()
    answer({
      url: new URL(request.url ?? '', 'http://x'),
      request,
      body,
      give: (value, headers = {}, status = 200) =>
        void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value)),
    })
  }
  const server = createServer((request, response) => void respond(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { base: `http://127.0.0.1:${address.port}`, asked }
}

const ids = (texts: readonly string[]): string[] =>
  texts.map((text) => /"(?:uuid|_document_id|id|Id|eventID|uniqueQualifier)":"?([\w-]+)/.exec(text)?.[1] ?? text).sort()
async function holdsIds(at: Desk, wanted: readonly string[]): Promise<void> {
  const patience = performance.now() + 15_000
  while ((await at.texts()).length < wanted.length && performance.now() < patience) await sleep(30)
  await sleep(80)
  assert.deepEqual(ids(await at.texts()), [...wanted].sort())
}
const range = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => `i${from + n}`)
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
/** Items of the last hours, one every `step` minutes; the first is the oldest. */
const spread = (names: readonly string[], step: number) =>
  names.map((id, at) => ({ id, at: ago((names.length - at) * step) }))
const within = <I extends { at: string }>(items: readonly I[], from: string | null, to: string | null): I[] =>
  items.filter(({ at }) => Date.parse(at) >= Date.parse(from ?? '') && Date.parse(at) < Date.parse(to ?? ''))

process.env['CASTELLAN_TEST_TOKEN'] = 'a token'
const token = 'env:CASTELLAN_TEST_TOKEN'

test('Okta: by links, from the last hours to now; a late event is taken once; a restart repeats nothing', async (t) => {
  const items = spread(range(25), 20)
  const { base, asked } = await play(t, ({ url, request, give }) => {
    assert.equal(request.headers.authorization, 'SSWS a token')
    const found = within(items, url.searchParams.get('since'), url.searchParams.get('until')).toSorted((a, b) =>
      a.at < b.at ? -1 : 1,
    )
    const after = Number(url.searchParams.get('after') ?? 0)
    const page = found.slice(after, after + 4)
    url.searchParams.set('after', String(after + 4))
    const next = `<http://${request.headers.host}${url.pathname}${url.search}>; rel="next"`
    give(
      page.map(({ id, at }) => ({ uuid: id, published: at, big: 1 })),
      { link: `<http://x/self>; rel="self", ${next}` },
    )
  })
  const at = await desk(t)
  const source: SourceConfig = {
    kind: 'okta',
    name: 'okta',
    url: base,
    credential: token,
    everySeconds: 1,
    firstDays: 1,
  }
  const stop = await at.run(source)
  await holdsIds(at, range(25))
  items.push({ id: 'late', at: ago(3) })
  await holdsIds(at, [...range(25), 'late'])
  await stop()
  await at.run(source)
  items.push({ id: 'after', at: ago(0) })
  await holdsIds(at, [...range(25), 'late', 'after'])
  assert.ok(asked.length > 12)
})

test('the text of an item is the very text of the answer: no digit of a long number is lost', async (t) => {
  const at = await desk(t)
  const body = `[{"uuid":"a1", "published":"${ago(30)}","big":12345678901234567890}]`
  const server = createServer((request, response) => response.end(request.url?.includes('since') ? body : '[]')).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  t.after(() => server.close())
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const url = `http://127.0.0.1:${address.port}`
  await at.run({ kind: 'okta', name: 'okta', url, credential: token, everySeconds: 1, firstDays: 0 })
  await at.holds(body.slice(1, -1))
})

test('GitHub: windows by the phrase, pages by links', async (t) => {
  const items = spread(range(9), 45)
  const { base } = await play(t, ({ url, request, give }) => {
    assert.equal(request.headers.authorization, 'Bearer a token')
    assert.equal(url.pathname, '/orgs/example/audit-log')
    const [, from = '', to = ''] = /^created:(.*)\.\.(.*)$/.exec(url.searchParams.get('phrase') ?? '') ?? []
    const found = within(items, from, to)
    const after = Number(url.searchParams.get('after') ?? 0)
    url.searchParams.set('after', String(after + 2))
    const link =
      after + 2 < found.length
        ? { link: `<http://${request.headers.host}${url.pathname}${url.search}>; rel="next"` }
        : undefined
    give(
      found
        .slice(after, after + 2)
        .map(({ id, at }) => ({ _document_id: id, '@timestamp': Date.parse(at), action: 'git.clone' })),
      link,
    )
  })
  const at = await desk(t)
  await at.run({
    kind: 'github',
    name: 'gh',
    of: 'orgs/example',
    endpoint: base,
    credential: token,
    everySeconds: 1,
    firstDays: 1,
  })
  await holdsIds(at, range(9))
})

test('Entra ID: a token by the secret, two lists, links of Graph', async (t) => {
  const signIns = spread(range(7), 60)
  const audits = spread(range(3, 100), 60)
  let tokens = 0
  const { base } = await play(t, ({ url, request, body, give }) => {
    if (url.pathname === '/contoso/oauth2/v2.0/token') {
      const form = new URLSearchParams(body)
      assert.deepEqual(
        [form.get('grant_type'), form.get('client_id'), form.get('client_secret')],
        ['client_credentials', 'app', 'a token'],
      )
      tokens += 1
      return give({ token_type: 'Bearer', expires_in: 3599, access_token: 'granted' })
    }
    assert.equal(request.headers.authorization, 'Bearer granted')
    const time = url.pathname.endsWith('signIns') ? 'createdDateTime' : 'activityDateTime'
    const filter = url.searchParams.get('$filter') ?? ''
    assert.ok(filter.startsWith(`${time} ge `), filter)
    const [, from = '', to = ''] = / ge (\S+) and \w+ lt (\S+)/.exec(filter) ?? []
    const found = within(url.pathname.endsWith('signIns') ? signIns : audits, from, to)
    const after = Number(url.searchParams.get('$skiptoken') ?? 0)
    url.searchParams.set('$skiptoken', String(after + 2))
    const more = after + 2 < found.length
    give({
      '@odata.context': 'https://graph.example/$metadata',
      value: found.slice(after, after + 2).map(({ id, at }) => ({ id, [time]: at })),
      ...(more && { '@odata.nextLink': `http://${request.headers.host}${url.pathname}${url.search}` }),
    })
  })
  const at = await desk(t)
  await at.run({
    kind: 'entra', name: 'entra', tenant: 'contoso', client: 'app', credential: token, login: base, endpoint: base, lists: ['signIns', 'directoryAudits'],
    everySeconds: 1, firstDays: 1,
  }) // prettier-ignore
  await holdsIds(at, [...range(7), ...range(3, 100)])
  assert.equal(tokens, 1, 'a token is kept while it counts')
})

test('Microsoft 365: subscribed where it is not yet, blobs listed by pages and fetched', async (t) => {
  const blobs = spread(range(5), 60)
  let started = 0
  const { base } = await play(t, ({ url, request, give }) => {
    if (url.pathname.endsWith('/token')) return give({ expires_in: '3599', access_token: 'granted' })
    const feed = '/api/v1.0/contoso/activity/feed/subscriptions'
    if (url.pathname === `${feed}/list`) return give([{ contentType: 'Audit.Exchange', status: 'disabled' }])
    if (url.pathname === `${feed}/start`) {
      started += 1
      return give({ contentType: 'Audit.Exchange', status: 'enabled' })
    }
    if (url.pathname === `${feed}/content`) {
      assert.match(url.searchParams.get('startTime') ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      const found = within(blobs, `${url.searchParams.get('startTime')}Z`, `${url.searchParams.get('endTime')}Z`)
      const after = Number(url.searchParams.get('nextPage') ?? 0)
      url.searchParams.set('nextPage', String(after + 2))
      const more = after + 2 < found.length
      return give(
        found.slice(after, after + 2).map(({ id }) => ({
          contentId: id,
          contentUri: `http://${request.headers.host}/blob/${id}`,
          contentType: 'Audit.Exchange',
        })),
        more ? { nextpageuri: `http://${request.headers.host}${url.pathname}${url.search}` } : undefined,
      )
    }
    const blob = url.pathname.split('/').at(-1)
    give([
      { Id: `${blob}-1`, Workload: 'Exchange' },
      { Id: `${blob}-2`, Workload: 'Exchange' },
    ])
  })
  const at = await desk(t)
  await at.run({
    kind: 'm365', name: 'm365', tenant: 'contoso', client: 'app', credential: token, login: base, endpoint: base, contents: ['Audit.Exchange'],
    everySeconds: 1, firstDays: 1,
  }) // prettier-ignore
  await holdsIds(
    at,
    range(5).flatMap((id) => [`${id}-1`, `${id}-2`]),
  )
  assert.ok(started >= 1)
})

test('Google Workspace: an assertion signed by the service account, the newest first, page tokens', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const items = spread(range(6), 60)
  const { base } = await play(t, ({ url, body, request, give }) => {
    if (url.pathname === '/token') {
      const [head = '', claims = '', signature = ''] = (new URLSearchParams(body).get('assertion') ?? '').split('.')
      assert.ok(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')))
      const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
      assert.equal(said.sub, 'admin@example.com')
      assert.ok(said.exp - said.iat === 3_600)
      return give({ access_token: 'granted', expires_in: 3599 })
    }
    assert.equal(request.headers.authorization, 'Bearer granted')
    const found = within(items, url.searchParams.get('startTime'), url.searchParams.get('endTime')).toReversed()
    const after = Number(url.searchParams.get('pageToken') ?? 0)
    const more = after + 2 < found.length
    give({
      kind: 'admin#reports#activities',
      ...(more && { nextPageToken: String(after + 2) }),
      items: found.slice(after, after + 2).map(({ id, at }) => ({
        id: { time: at, uniqueQualifier: id, applicationName: 'login', customerId: 'C1' },
        events: [{ type: 'login', name: 'login_success' }],
      })),
    })
  })
  process.env['CASTELLAN_TEST_ACCOUNT'] = JSON.stringify({
    client_email: 'reader@project.example', token_uri: `${base}/token`, private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }) // prettier-ignore
  const at = await desk(t)
  await at.run({
    kind: 'google-workspace', name: 'gw', credential: 'env:CASTELLAN_TEST_ACCOUNT', subject: 'admin@example.com', applications: ['login'], endpoint: base,
    everySeconds: 1, firstDays: 1,
  }) // prettier-ignore
  await holdsIds(at, range(6))
})

test('CloudTrail: signed questions, the newest first, next tokens', async (t) => {
  const items = spread(range(5), 30)
  const { base } = await play(t, ({ request, body, give }) => {
    assert.match(
      request.headers.authorization ?? '',
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/cloudtrail\/aws4_request/,
    )
    assert.match(String(request.headers['x-amz-target']), /LookupEvents$/)
    const asked = JSON.parse(body)
    const found = within(
      items,
      new Date(asked.StartTime * 1000).toISOString(),
      new Date(asked.EndTime * 1000).toISOString(),
    ).toReversed()
    const after = Number(asked.NextToken ?? 0)
    const more = after + 2 < found.length
    give({
      Events: found
        .slice(after, after + 2)
        .map(({ id, at }) => ({ EventId: id, CloudTrailEvent: JSON.stringify({ eventID: id, eventTime: at }) })),
      ...(more && { NextToken: String(after + 2) }),
    })
  })
  process.env['CASTELLAN_TEST_KEYS'] = JSON.stringify({ accessKeyId: 'AKID', secretAccessKey: 'secret' })
  const at = await desk(t)
  await at.run({
    kind: 'cloudtrail', name: 'ct', regions: ['eu-west-1'], credential: 'env:CASTELLAN_TEST_KEYS', endpoint: `${base}/`, everySeconds: 1, firstDays: 1,
  }) // prettier-ignore
  await holdsIds(at, range(5))
})

test('a refusal is said with its remedy and without the token', async (t) => {
  const { base } = await play(t, ({ give }) => give({ errorSummary: 'Invalid token provided' }, {}, 401))
  const at = await desk(t)
  await at.run({ kind: 'okta', name: 'okta', url: base, credential: token, everySeconds: 1, firstDays: 1 })
  await sleep(300)
  const { state, detail } = at.health('okta')
  assert.equal(state, 'failed')
  assert.match(detail, /401 .*Invalid token provided.*renew it/)
  assert.doesNotMatch(detail, /a token/)
})

test('an answer that is not as documented is said, not taken', async (t) => {
  const { base } = await play(t, ({ give }) => give({ html: true }))
  const at = await desk(t)
  await at.run({ kind: 'okta', name: 'okta', url: base, credential: token, everySeconds: 1, firstDays: 1 })
  await sleep(300)
  assert.match(at.health('okta').detail, /not as documented/)
  assert.deepEqual(await at.texts(), [])
})

test('how long an API wants us to wait', () => {
  const now = Date.UTC(2026, 10, 26)
  const of = (headers: Record<string, string>) => waitOf(new Headers(headers), now)
  assert.equal(of({ 'retry-after': '7' }), 7_000)
  assert.equal(of({ 'retry-after': new Date(now + 9_000).toUTCString() }), 9_000)
  assert.equal(of({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 5) }), 5_000)
  assert.equal(of({ 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(now / 1000 - 5) }), 0)
  assert.equal(of({ 'x-ratelimit-remaining': '4', 'x-ratelimit-reset': String(now / 1000 + 5) }), undefined)
  assert.equal(of({}), undefined)
})

test('links lead nowhere but to the server that was asked', () => {
  const headers = new Headers({ link: '<https://evil.example/steal>; rel="next"' })
  assert.equal(nextLink({ headers }, 'https://api.example/x'), undefined)
  assert.equal(sameServer('/page/2', 'https://api.example/x'), 'https://api.example/page/2')
  assert.equal(sameServer('https://api.example.evil.example/', 'https://api.example/'), undefined)
})

test('looked: ids are remembered as long as a look could show them again', () => {
  const minute = 60_000
  const looked = new Looked(undefined, 0)
  const first = looked.window(30 * minute, 10 * minute, 60 * minute)
  assert.deepEqual(first, { from: 0, to: 10 * minute })
  looked.take(['a', 'b'], first)
  const again = new Looked(looked.text(), 99)
  assert.ok(again.isTaken('a') && !again.isTaken('c'))
  assert.deepEqual(again.window(30 * minute, 10 * minute, 60 * minute), first, 'a look that broke off begins again')
  again.finish(first, 5 * minute)
  assert.deepEqual(again.window(30 * minute, 10 * minute, 60 * minute), { from: 5 * minute, to: 15 * minute })
  assert.ok(again.isTaken('b'))
  again.finish({ from: 5 * minute, to: 20 * minute }, 5 * minute)
  assert.ok(!again.isTaken('b'), 'nothing can show it again')
  assert.equal(
    again.window(200 * minute, 10 * minute, 60 * minute).from,
    140 * minute,
    'no further back than the API remembers',
  )
})
