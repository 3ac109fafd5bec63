// Every operation, asked by every role, by nobody, by a wrong token and by a token with another scope.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import test from 'node:test'
import { startServer, workspaceOf } from './server.mjs'

const { catalogue } = await import('../dist/app/index.js')
const { roles } = await import('../dist/kernel/index.js')
const password = 'correct horse battery staple'

/** Input under which an operation that people may do to themselves is done to oneself. */
const toOneself = { 'user.set-password': (role) => ({ id: role, password }) }

const { folder, remove } = workspaceOf({ 'castellan.yaml': 'name: matrix\nwatchHost: false\n' })
const server = await startServer(folder)
test.after(async () => {
  await server.stop()
  remove()
})

/** Asks an operation; answers with the status. */
async function ask(operation, headers, input = operation.example) {
  const url = new URL(`/api/v1/${operation.name.replace('.', '/')}`, server.url)
  if (operation.kind === 'read') {
    for (const [key, value] of Object.entries(input)) url.searchParams.append(key, String(value))
    return (await fetch(url, { headers })).status
  }
  return (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(input),
    })
  ).status
}

/** Logs in as a person of this role; answers with the headers of a browser that did. */
async function browserOf(role) {
  const answer = await fetch(new URL('/api/v1/session/login', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: role, password }),
  })
  assert.equal(answer.status, 200, `login as ${role}`)
  const cookie = answer.headers.get('set-cookie')
  assert.match(cookie, /HttpOnly/i)
  assert.match(cookie, /SameSite=Strict/i)
  const { csrf } = await answer.json()
  return { cookie: cookie.split(';')[0], 'x-castellan-csrf': csrf }
}

test('there are operations of every kind', () =>
  assert.deepEqual([...new Set(catalogue.map(({ kind }) => kind))].sort(), ['act', 'read', 'write']))

for (const operation of catalogue) {
  test(`${operation.name}: nobody, a wrong token and a token of another scope are refused`, async () => {
    assert.equal(await ask(operation, {}), 401)
    assert.equal(await ask(operation, { authorization: 'Bearer cst_wrong' }), 401)
    const { token } = await scoped
    assert.equal(await ask(operation, { authorization: `Bearer ${token}` }), 403)
  })
}
const scoped = server.post('token.create', { name: 'ingest only', role: 'admin', scopes: ['ingest'] })

test('the matrix: each role may run exactly what names it', async (t) => {
  for (const role of roles) await server.post('user.create', { name: role, role, password })
  const cells = []
  for (const role of roles) {
    // The last operations of an account are those that end its session.
    for (const operation of catalogue.toSorted((a, b) => ends(a) - ends(b))) {
      const headers = await browserFor(role)
      const status = await ask(operation, headers, toOneself[operation.name]?.(role) ?? operation.example)
      const allowed = operation.may.includes(role)
      cells.push(operation.name)
      if (allowed) assert.ok(![401, 403].includes(status), `${role} may run ${operation.name}, got ${status}`)
      else assert.equal(status, 403, `${role} may not run ${operation.name}`)
      if (allowed && ends(operation) && !(await isKnown(headers))) browsers.delete(role)
    }
  }
  t.diagnostic(`${cells.length} cells`)
  assert.equal(cells.length, catalogue.length * roles.length)
})
const ends = ({ name }) => Number(/^(user|session)\.|^action\.run/.test(name))
const isKnown = async (headers) =>
  (await (await fetch(new URL('/api/v1/session', server.url), { headers })).json()).actor !== null
const browsers = new Map()
async function browserFor(role) {
  if (!browsers.has(role)) browsers.set(role, await browserOf(role))
  return browsers.get(role)
}

test('a change by cookie without the CSRF header is refused', async () => {
  const { cookie } = await browserFor('analyst')
  const operation = catalogue.find(({ name }) => name === 'incident.note')
  assert.equal(await ask(operation, { cookie }), 403)
})

test('a page of another origin cannot log in', async () => {
  const login = (headers) =>
    fetch(new URL('/api/v1/session/login', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'viewer', password }),
    })
  assert.equal((await login({ origin: 'https://evil.example' })).status, 403)
})

test('a name that is not ours is refused: a page elsewhere cannot point its own name at this server', async () => {
  const status = await new Promise((done, fail) => {
    const { port } = new URL(server.url)
    request({ host: '127.0.0.1', port, path: '/health', headers: { host: `evil.example:${port}` } }, (answer) =>
      done(answer.statusCode),
    )
      .on('error', fail)
      .end()
  })
  assert.equal(status, 403)
})

test('refusals of changes are in the ledger', async () => {
  const { items } = await server.get('ledger.list', { limit: 500 })
  assert.ok(items.some(({ result }) => result.outcome === 'refused' && result.code === 'FORBIDDEN'))
  assert.ok(!JSON.stringify(items).includes(password), 'no password reaches the ledger')
})
