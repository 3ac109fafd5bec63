// Who may come in, on each state store: first admin, logins and waits, sessions, users, tokens, operations.
import assert from 'node:assert/strict'
import { type Actor, asFault, type Call, fixedClock, type Role, seededRandom, systemActor } from '#kernel'
import { sql, type State } from '#platform'
import { eachState } from '#testkit'
import { type Access, actions, evidence, migrations, openAccess, operations, sections } from './index.ts'

const hour = 3_600_000
const day = 24 * hour
const good = 'three calm otters'
const here = '192.0.2.1'
const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (thrown: unknown) => asFault(thrown).code,
  )

async function opened(state: State) {
  await state.migrate(migrations)
  const clock = fixedClock(Date.UTC(2027, 0, 4, 8))
  const access = openAccess({ state, clock, random: seededRandom(7) })
  const call = (actor: Actor = systemActor): Call => ({
    actor,
    at: clock.now(),
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  /** As the doors run it: input and output checked, a write in a transaction. */
  async function run(name: string, input: unknown, actor: Actor = systemActor): Promise<Record<string, unknown>> {
    const asked = operations.find((operation) => operation.name === name) ?? assert.fail(name)
    const parsed = asked.input.parse(input)
    const work = async () => asked.run(parsed, access, call(actor))
    const answer = await (asked.kind === 'write' ? state.transaction(work) : work())
    return asked.output.parse(answer) as Record<string, unknown>
  }
  const add = (name: string, role: Role = 'analyst') => run('user.create', { name, role, password: good })
  return { access, clock, run, add, call }
}
async function actorOf(access: Access, name: string): Promise<Actor> {
  const session = await access.session(await access.login(name, good, here))
  return session?.actor ?? assert.fail('no session')
}
const items = async (answer: Promise<Record<string, unknown>>, key = 'name'): Promise<string[]> => {
  const list = (await answer)['items']
  return Array.isArray(list) ? list.map((item: Record<string, unknown>) => String(item[key])) : assert.fail('no items')
}

eachState('the first admin comes by a one-time code', async (state) => {
  const { access, clock } = await opened(state)
  assert.equal(await access.hasUsers(), false)
  const old = (await access.bootstrapCode()) ?? ''
  const code = (await access.bootstrapCode()) ?? ''
  assert.match(code, /^[0-9a-z]{32}$/)
  assert.equal(await faultOf(access.bootstrap(old, 'ada', good)), 'FORBIDDEN')
  assert.equal(await faultOf(access.bootstrap('', 'ada', good)), 'FORBIDDEN')
  assert.equal(await faultOf(access.bootstrap(code, 'ada', 'short')), 'INPUT_INVALID')
  assert.equal(await faultOf(access.bootstrap(code, 'usr_1', good)), 'INPUT_INVALID')
  clock.advance(day)
  assert.equal(await faultOf(access.bootstrap(code, 'ada', good)), 'FORBIDDEN')
  const next = (await access.bootstrapCode()) ?? ''
  const both = await Promise.all(['ada', 'eve'].map((name) => faultOf(access.bootstrap(next, name, good))))
  assert.deepEqual(both.sort(), ['FORBIDDEN', 'nothing'])
  const users = await access.users()
  assert.deepEqual(
    users.map(({ role }) => role),
    ['admin'],
  )
  assert.equal(await access.hasUsers(), true)
  assert.equal(await access.bootstrapCode(), null)
  assert.equal(await faultOf(access.bootstrap(next, 'eve', good)), 'FORBIDDEN')
})

eachState('nothing that is stored lets anybody in', async (state) => {
  const { access, add, run } = await opened(state)
  const code = await access.bootstrapCode()
  await add('ada', 'admin')
  const cookie = await access.login('ada', good, here)
  const { token } = await run('token.create', { name: 'script' })
  await faultOf(access.login('typed my secret', good, here))
  const stored: string[] = []
  for (const table of ['access_users', 'access_tokens', 'access_sessions', 'access_tries', 'access_codes']) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(state.db())
    stored.push(JSON.stringify(rows))
  }
  const everything = stored.join('\n')
  for (const secret of [good, cookie, String(token), String(code), 'typed my secret']) {
    assert.ok(secret.length > 10)
    assert.ok(!everything.includes(secret), secret)
  }
  const session = await access.session(cookie)
  assert.ok(!everything.includes(session?.csrf ?? assert.fail()))
  const shown = JSON.stringify([await run('user.list', {}), await run('token.list', {}), await run('session.list', {})])
  assert.ok(!/argon2|cst_|password|hash/.test(shown))
  assert.ok(!shown.includes(cookie))
})

eachState('a login says neither which is wrong, and counts by account', async (state) => {
  const { access, add, clock } = await opened(state)
  await add('Ada Lovelace')
  assert.match(await access.login('ada lovelace', good, here), /^[\w-]{43}$/)
  for (let round = 0; round < 5; round += 1) {
    assert.equal(await faultOf(access.login('Ada Lovelace', 'wrong password', here)), 'PASSWORD_WRONG')
    assert.equal(await faultOf(access.login('nobody', 'wrong password', here)), 'PASSWORD_WRONG')
  }
  assert.equal(await faultOf(access.login('ADA LOVELACE', good, '192.0.2.99')), 'RATE_LIMITED')
  await assert.rejects(access.login('nobody', good, here), /wait 1 seconds/)
  clock.advance(1000)
  assert.equal(await faultOf(access.login('Ada Lovelace', 'wrong password', here)), 'PASSWORD_WRONG')
  clock.advance(1000)
  await assert.rejects(access.login('Ada Lovelace', good, here), /wait 1 seconds/)
  clock.advance(1000)
  await access.login('Ada Lovelace', good, here)
  assert.equal(await faultOf(access.login('Ada Lovelace', 'wrong password', here)), 'PASSWORD_WRONG')
  await access.login('Ada Lovelace', good, here)
})

eachState(
  'an address that tries many accounts waits too, and a right login of its own does not help it',
  async (state) => {
    const { access, add, clock } = await opened(state)
    await add('mallory')
    for (let at = 0; at < 20; at += 1) {
      assert.equal(await faultOf(access.login(`name ${at}`, 'wrong password', '2001:db8::1')), 'PASSWORD_WRONG')
      if (at % 5 === 0) await access.login('mallory', good, '2001:db8::2')
    }
    assert.equal(await faultOf(access.login('another', good, '2001:db8::3')), 'RATE_LIMITED')
    assert.equal(await faultOf(access.login('another', good, '2001:db8:0:1::1')), 'PASSWORD_WRONG')
    clock.advance(day + 1)
    assert.equal(await faultOf(access.login('another', good, '2001:db8::3')), 'PASSWORD_WRONG')
  },
)

eachState('many tries at once get no further than one after another', async (state) => {
  const { access, add } = await opened(state)
  await add('ada')
  const tries = Array.from({ length: 12 }, () => faultOf(access.login('ada', 'wrong password', here)))
  const codes = await Promise.all(tries)
  assert.equal(codes.filter((code) => code === 'PASSWORD_WRONG').length, 5)
  assert.equal(codes.filter((code) => code === 'RATE_LIMITED').length, 7)
})

eachState('sessions end by idleness, by age, by logging out', async (state) => {
  const { access, add, clock } = await opened(state)
  await add('ada', 'engineer')
  const cookie = await access.login('ada', good, here)
  const session = await access.session(cookie)
  assert.deepEqual({ ...session?.actor, id: '' }, { id: '', name: 'ada', role: 'engineer', via: 'session' })
  assert.equal((await access.session(cookie))?.csrf, session?.csrf)
  assert.equal(await access.session(`${cookie}x`), null)
  assert.equal(await access.session(''), null)
  clock.advance(12 * hour - 1)
  assert.ok(await access.session(cookie))
  clock.advance(12 * hour)
  assert.equal(await access.session(cookie), null)
  const kept = await access.login('ada', good, here)
  for (let at = 1; at <= 14; at += 1) {
    clock.advance(12 * hour - 1)
    assert.ok(await access.session(kept))
  }
  clock.advance(14)
  assert.equal(await access.session(kept), null)
  const out = await access.login('ada', good, here)
  await access.logout(out)
  assert.equal(await access.session(out), null)
})

eachState('one’s own sessions are listed and ended by oneself, all by an admin', async (state) => {
  const { access, add, run } = await opened(state)
  await add('ada')
  await add('eve')
  await add('root', 'admin')
  const [ada, eve, root] = [await actorOf(access, 'ada'), await actorOf(access, 'eve'), await actorOf(access, 'root')]
  assert.deepEqual(await items(run('session.list', {}, ada), 'user'), ['ada'])
  assert.deepEqual((await items(run('session.list', {}, root), 'user')).sort(), ['ada', 'eve', 'root'])
  const [adas] = await items(run('session.list', {}, ada), 'id')
  assert.equal(await faultOf(run('session.revoke', { id: adas }, eve)), 'NOT_FOUND')
  await run('session.revoke', { id: adas }, ada)
  assert.deepEqual(await items(run('session.list', {}, ada)), [])
  assert.match((await actions[0]?.run('EVE', access, { ...systemCall })) ?? '', /ended 1 sessions of eve/)
  assert.deepEqual((await items(run('session.list', {}, root), 'user')).sort(), ['root'])
})

const systemCall: Call = { actor: systemActor, at: 0, signal: new AbortController().signal, progress: () => undefined }

eachState('users are made, changed and removed; a role counts at once', async (state) => {
  const { access, add, run } = await opened(state)
  await add('root', 'admin')
  const { id } = await add('Ada')
  assert.equal(await faultOf(add('ada')), 'CONFLICT')
  assert.equal(await faultOf(run('user.create', { name: 'bob', role: 'viewer', password: 'bob' })), 'INPUT_INVALID')
  const cookie = await access.login('ada', good, here)
  assert.equal((await run('user.set-role', { id: 'ADA', role: 'auditor' }))['role'], 'auditor')
  assert.equal((await access.session(cookie))?.actor.role, 'auditor')
  assert.deepEqual(await items(run('user.list', {})), ['Ada', 'root'])
  assert.deepEqual(await run('user.remove', { id }), { id })
  assert.equal(await access.session(cookie), null)
  assert.equal(await faultOf(access.login('ada', good, here)), 'PASSWORD_WRONG')
  assert.equal(await faultOf(run('user.remove', { id })), 'NOT_FOUND')
})

eachState('the last admin can neither go nor step down, also not by two removing each other', async (state) => {
  const { access, add, run } = await opened(state)
  await add('root', 'admin')
  assert.equal(await faultOf(run('user.remove', { id: 'root' })), 'CONFLICT')
  assert.equal(await faultOf(run('user.set-role', { id: 'root', role: 'viewer' })), 'CONFLICT')
  await run('user.set-role', { id: 'root', role: 'admin' })
  await add('deputy', 'admin')
  const both = await Promise.all(['root', 'deputy'].map((id) => faultOf(run('user.remove', { id }))))
  assert.deepEqual(both.sort(), ['CONFLICT', 'nothing'])
  assert.equal((await access.users()).filter(({ role }) => role === 'admin').length, 1)
})

eachState('a new password is set for oneself or by an admin, and ends the other sessions', async (state) => {
  const { access, add, run } = await opened(state)
  await add('ada')
  await add('eve')
  const first = await access.login('ada', good, here)
  const second = await access.login('ada', good, here)
  const eves = await access.login('eve', good, here)
  const ada = (await access.session(first))?.actor ?? assert.fail()
  const eve = (await access.session(eves))?.actor ?? assert.fail()
  const next = 'four wild otters'
  assert.equal(await faultOf(run('user.set-password', { id: 'ada', password: next }, eve)), 'FORBIDDEN')
  assert.equal(await faultOf(run('user.set-password', { id: 'nobody', password: next }, eve)), 'FORBIDDEN')
  assert.equal(await faultOf(run('user.set-password', { id: 'ada', password: 'ada' }, ada)), 'INPUT_INVALID')
  await run('user.set-password', { id: 'ada', password: next }, ada)
  assert.ok(await access.session(first))
  assert.equal(await access.session(second), null)
  assert.ok(await access.session(eves))
  assert.equal(await faultOf(access.login('ada', good, here)), 'PASSWORD_WRONG')
  await access.login('ada', next, here)
  await run('user.set-password', { id: ada.id, password: good })
  assert.equal(await access.session(first), null)
  await access.login('ada', good, here)
})

eachState('tokens: shown once, scoped, expiring, last use noted once a minute', async (state) => {
  const { access, add, clock, run } = await opened(state)
  await add('ada', 'engineer')
  const ada = await actorOf(access, 'ada')
  const made = await run('token.create', { name: 'vector', scopes: ['ingest:web01', 'alert.list', 'alert.list'] }, ada)
  const token = String(made['token'])
  assert.match(token, /^cst_[0-9a-hjkmnp-tv-z]{40}$/)
  assert.equal(Number(made['expires']) - Number(made['created']), 90 * day)
  assert.deepEqual(await access.bearer(token), {
    id: made['id'],
    name: 'vector',
    role: 'engineer',
    via: 'token',
    scopes: ['ingest:web01', 'alert.list'],
  })
  const used = async () => (await access.tokens(ada))[0]?.lastUsed
  const first = clock.now()
  clock.advance(59_999)
  await access.bearer(token)
  assert.equal(await used(), first)
  clock.advance(1)
  await access.bearer(token)
  assert.equal(await used(), first + 60_000)
  for (const wrong of ['', token.slice(0, -1), token.toUpperCase(), `${token.slice(0, -1)}u`, `cst_${'0'.repeat(40)}`])
    assert.equal(await access.bearer(wrong), null)
  clock.advance(90 * day - 60_001)
  assert.ok(await access.bearer(token))
  clock.advance(1)
  assert.equal(await access.bearer(token), null)
  await run('token.revoke', { id: 'VECTOR' }, ada)
  assert.deepEqual(await items(run('token.list', {}, ada)), [])
  const whole = await run('token.create', { name: 'vector', days: 1 }, ada)
  assert.ok(!('scopes' in ((await access.bearer(String(whole['token']))) ?? {})))
  await assert.rejects(run('token.create', { name: 'long', days: 366 }, ada), /366|too big/i)
  await assert.rejects(run('token.create', { name: 'odd', scopes: ['everything'] }, ada))
})

eachState('nobody gives a token more than they have, and what they made ends with them', async (state) => {
  const { access, add, run } = await opened(state)
  await add('root', 'admin')
  for (const [name, role] of [
    ['vic', 'viewer'],
    ['eng', 'engineer'],
    ['aud', 'auditor'],
  ] as const)
    await add(name, role)
  const [root, vic, eng, aud] = await Promise.all(['root', 'vic', 'eng', 'aud'].map((name) => actorOf(access, name)))
  if (!root || !vic || !eng || !aud) assert.fail()
  assert.equal(await faultOf(run('token.create', { name: 'x', role: 'admin' }, vic)), 'FORBIDDEN')
  assert.equal(await faultOf(run('token.create', { name: 'x', role: 'viewer' }, eng)), 'FORBIDDEN')
  assert.equal(await faultOf(run('token.create', { name: 'x', scopes: ['ingest'] }, vic)), 'FORBIDDEN')
  const vics = await run('token.create', { name: 'of vic' }, vic)
  const engs = await run('token.create', { name: 'of eng', scopes: ['ingest'] }, eng)
  const roots = await run('token.create', { name: 'of root', role: 'analyst' }, root)
  assert.equal(await faultOf(run('token.create', { name: 'Of Vic' }, eng)), 'CONFLICT')
  const asToken = (await access.bearer(String(roots['token']))) ?? assert.fail()
  assert.equal(await faultOf(run('token.create', { name: 'offspring' }, asToken)), 'FORBIDDEN')
  assert.deepEqual(await items(run('token.list', {}, vic)), ['of vic'])
  assert.equal((await items(run('token.list', {}, aud))).length, 3)
  assert.equal(await faultOf(run('token.revoke', { id: 'of eng' }, vic)), 'NOT_FOUND')
  await run('user.set-role', { id: 'eng', role: 'analyst' })
  assert.equal(await access.bearer(String(engs['token'])), null)
  await run('user.remove', { id: 'vic' })
  assert.equal(await access.bearer(String(vics['token'])), null)
  assert.ok(await access.bearer(String(roots['token'])))
  await run('token.revoke', { id: roots['id'] }, root)
})

eachState('evidence and report name accounts that nobody uses', async (state) => {
  const { access, add, call, clock, run } = await opened(state)
  await add('root', 'admin')
  await add('gone')
  await run('token.create', { name: 'old script', days: 365 })
  assert.equal((await evidence[0]?.collect(access, call()))?.holds, true)
  clock.advance(91 * day)
  await access.login('root', good, here)
  const found = await evidence[0]?.collect(access, call())
  assert.equal(found?.holds, false)
  assert.deepEqual([found?.detail['dormant'], found?.detail['unusedTokens']], [['gone'], ['old script']])
  const told = await sections[0]?.write(access, call())
  assert.match(told?.paragraphs[0] ?? '', /Not used for 90 days: gone/)
  assert.equal(told?.table?.rows.length, 3)
})
