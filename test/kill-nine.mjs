// Kills the server at random moments while events arrive over HTTP and syslog-TCP, then counts: acknowledged events in the store
// exactly once, alerts neither lost nor doubled (each stored, and counted where they repeat), the ledger whole. Usage: node test/kill-nine.mjs [--rounds 20] [--rate 2000] [--seed 1]
import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { command, freePort, startServer, until, workspaceOf } from './server.mjs'

/** Of the first rule every alert stands for itself; those of the second repeat each other, and are counted. */
const single = '6f0c1c5e-2f0a-4a55-9d1f-0c1d8f6e1a01'
const repeated = '6f0c1c5e-2f0a-4a55-9d1f-0c1d8f6e1a02'
const ruleText = (id) => `title: Needle in the stream
id: ${id}
status: test
level: medium
logsource: { product: killtest }
detection:
  needle: { needle: true }
  condition: needle
`
const tick = 50

/** Small repeatable randomness, so that a failing run can be run again. */
function dice(seed) {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

const line = (kind, n) =>
  JSON.stringify({
    logsource: { product: 'killtest' },
    id: `${kind}-${n}`,
    needle: n % 50 === 0,
    text: 'x'.repeat(300),
    time: new Date().toISOString(),
  })

/** Sends `rate / 2` events a second over HTTP; remembers what was acknowledged and what had no answer. */
function httpSender(server, rate, book) {
  const stop = new AbortController()
  const work = (async () => {
    while (!stop.signal.aborted) {
      const ids = Array.from({ length: (rate / 2) * (tick / 1000) }, () => book.next++)
      const begun = Date.now()
      try {
        const body = ids.map((n) => line('http', n)).join('\n')
        const answer = await fetch(`${server.url}/ingest/v1/ndjson/http`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.token}` },
          body,
        })
        const said = await answer.json()
        if (answer.ok && said.accepted === ids.length) for (const n of ids) book.acknowledged.add(`http-${n}`)
        else for (const n of ids) book.unanswered.add(`http-${n}`)
      } catch {
        for (const n of ids) book.unanswered.add(`http-${n}`)
      }
      await new Promise((done) => setTimeout(done, Math.max(0, tick - (Date.now() - begun))))
    }
  })()
  return async () => {
    stop.abort()
    await work
  }
}

const connected = (port) =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(socket))
    socket.once('error', () => done(undefined))
  })

/** Sends `rate / 2` lines a second over syslog-TCP, which has no acknowledgement: a line counts as due when it was sent well before the kill. */
async function tcpSender(port, rate, book) {
  const socket = await until(() => connected(port), { what: 'the syslog input' })
  const sent = []
  socket.on('error', () => clearInterval(timer))
  const timer = setInterval(() => {
    if (socket.writableLength > 65_536) return
    const now = Date.now()
    for (let left = (rate / 2) * (tick / 1000); left > 0; left--) {
      const n = book.next++
      sent.push({ id: `tcp-${n}`, at: now })
      socket.write(`<14>1 ${new Date(now).toISOString()} killhost killtest - - - ${line('tcp', n)}\n`)
    }
  }, tick)
  return (killedAt) => {
    clearInterval(timer)
    socket.destroy()
    for (const { id, at } of sent) (at < killedAt - 1500 ? book.due : book.unanswered).add(id)
  }
}

const settled = (server) =>
  until(async () => (await server.get('source.list')).spool?.records === 0, {
    what: 'an empty spool',
    patience: 120_000,
  })

/** What lies in the stores after the last stop. */
async function count(folder) {
  const { openEvents, openState } = await import('../dist/platform/index.js')
  const limits = { queryMilliseconds: 60_000, queryRows: 10_000_000 }
  const events = await openEvents({ url: '', folder: `${folder}/.castellan/events`, limits })
  const rows = await events.query(
    "select fields['id'] as id, count() as n from events where fields['id'] != '' group by id limit 10000000",
    {},
    { rows: 10_000_000 },
  )
  const needles = await events.query("select count() as n from events where fields['needle'] = 'true'")
  await events.close()
  const state = await openState({ url: '', folder: `${folder}/.castellan` })
  const kept = await state.db().selectFrom('detection_alerts').select(['id', 'rule', 'head', 'times', 'body']).execute()
  const alerts = kept.filter(({ rule }) => rule === single)
  const ids = new Set(alerts.map(({ id }) => id))
  const heads = kept.filter(({ rule, head }) => rule === repeated && head === '')
  const members = await state.db().selectFrom('incidents_members').select(['alert']).execute()
  await state.close()
  return {
    stored: new Map(rows.map(({ id, n }) => [id, Number(n)])),
    needles: Number(needles[0].n),
    alerts: alerts.length,
    alertedEvents: new Set(alerts.map(({ body }) => JSON.parse(body).event)).size,
    folded: members.filter(({ alert }) => ids.has(alert)).length,
    times: heads.reduce((sum, { times }) => sum + Number(times), 0),
  }
}

/** Runs the rounds; answers with the counts. */
export async function killNine({ rounds = 20, rate = 2000, seed = 1, say = () => undefined } = {}) {
  const random = dice(seed)
  const tcpPort = await freePort()
  const { folder, remove } = workspaceOf({
    'castellan.yaml': `name: kill -9\nwatchHost: false\nsources:\n  - { name: http, kind: http }\n  - { name: tcp, kind: syslog-tcp, listen: '127.0.0.1:${tcpPort}' }\n`,
    'rules/needle.yml': ruleText(single),
    'rules/repeated.yml': ruleText(repeated),
  })
  const book = { next: 1, acknowledged: new Set(), unanswered: new Set(), due: new Set() }
  try {
    for (let round = 1; round <= rounds; round++) {
      const server = await startServer(folder)
      if (round === 1) await server.post('alert.set-window', { rule: single, milliseconds: 0, reason: 'each counts' })
      const stopHttp = httpSender(server, rate, book)
      const stopTcp = await tcpSender(tcpPort, rate, book)
      await server.post('token.create', { name: `round-${round}`, role: 'viewer' })
      await new Promise((done) => setTimeout(done, 300 + random() * 5000))
      const killedAt = Date.now()
      await server.kill()
      await stopHttp()
      stopTcp(killedAt)
      say(`round ${round}: killed after ${book.next - 1} events sent, ${book.acknowledged.size} acknowledged over HTTP`)
    }
    const last = await startServer(folder)
    await settled(last)
    await last.stop()
    const found = await count(folder)
    const ledger = JSON.parse(
      execFileSync(process.execPath, [command, 'ledger', 'verify', '--json', '--workspace', folder], {
        encoding: 'utf8',
      }),
    )
    const doubled = [...found.stored.values()].filter((n) => n > 1).length
    const lost = [...book.acknowledged].filter((id) => !found.stored.has(id)).length
    const lostTcp = [...book.due].filter((id) => !found.stored.has(id)).length
    const { stored: map, ...sums } = found
    return {
      rounds,
      sent: book.next - 1,
      acknowledged: book.acknowledged.size,
      dueOverTcp: book.due.size,
      stored: map.size,
      lost,
      lostTcp,
      doubled,
      ...sums,
      ledger: { ok: ledger.ok, entries: ledger.entries },
    }
  } finally {
    remove()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, rate: { type: 'string' }, seed: { type: 'string' } },
  })
  const result = await killNine({
    rounds: Number(values.rounds ?? 20),
    rate: Number(values.rate ?? 2000),
    seed: Number(values.seed ?? 1),
    say: console.log,
  })
  console.log(JSON.stringify(result, null, 2))
  const whole =
    result.lost === 0 &&
    result.lostTcp === 0 &&
    result.doubled === 0 &&
    result.needles === result.alerts &&
    result.alerts === result.alertedEvents &&
    result.alerts === result.folded &&
    result.needles === result.times &&
    result.ledger.ok
  console.log(whole ? 'nothing acknowledged was lost, nothing doubled, the ledger verifies' : 'NOT WHOLE')
  process.exitCode = whole ? 0 : 1
}
