// The Fernhill example as `npm start` opens it: a day of ordinary life with an attack in it is one incident with a readable story.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { startServer, until } from './server.mjs'

const folder = mkdtempSync(join(tmpdir(), 'castellan-fernhill-'))
cpSync(join(import.meta.dirname, '../examples/fernhill-health'), folder, {
  recursive: true,
  filter: (path) => !path.includes('.castellan'),
})
const server = await startServer(folder)
test.after(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})
const incidents = await until(
  async () => {
    const { spool, items } = await server.get('source.list')
    const told = items.find(({ name }) => name === 'fernhill')
    if (!told || told.events < 50_000 || spool.records > 0) return undefined
    return server.get('incident.list', { limit: 100 })
  },
  { what: 'the day of Fernhill', patience: 120_000 },
)
const { attackSteps } = await import('../dist/exercise/index.js').then(({ organisations }) => organisations.fernhill)
const attack = incidents.items.filter(({ level }) => level === 'critical')

test('the attack is one incident, not forty alerts', async (t) => {
  t.diagnostic(
    incidents.items
      .map(({ number, level, title, alerts }) => `#${number} ${level} ${title} (${alerts} alerts)`)
      .join(' · '),
  )
  assert.equal(attack.length, 1)
})

test('its story goes from the first document to the storage abroad', async (t) => {
  const { incident, timeline } = await server.get('incident.show', { id: attack[0].id })
  t.diagnostic(`${incident.title}: ${timeline.length} lines of ${incident.alerts} alerts; ${incident.summary}`)
  for (const tactic of [
    'initial-access',
    'execution',
    'credential-access',
    'lateral-movement',
    'collection',
    'exfiltration',
  ])
    assert.ok(incident.tactics.includes(tactic), tactic)
  assert.ok(incident.hosts.length >= 3, incident.hosts.join())
  assert.ok(
    incident.assets.includes('portal-db') || incident.assets.some((asset) => asset.startsWith('portal-app')),
    incident.assets.join(),
  )
  assert.ok(timeline.length >= 10 && timeline.length < incident.alerts)
  assert.deepEqual(
    timeline.map(({ at }) => at),
    timeline.map(({ at }) => at).toSorted((a, b) => a - b),
  )
})

test('every step that shows in a log raised an alert of that incident', async (t) => {
  const { timeline } = await server.get('incident.show', { id: attack[0].id })
  const steps = attackSteps({ seed: 7, to: Date.now() }).filter(({ faint }) => !faint)
  const techniques = new Set(timeline.flatMap((line) => line.techniques.map((id) => id.split('.')[0])))
  const seen = steps.filter(({ technique }) => techniques.has(technique.split('.')[0]))
  t.diagnostic(
    `${seen.length} of ${steps.length} loud steps: missing ${
      steps
        .filter((step) => !seen.includes(step))
        .map(({ step }) => step)
        .join(', ') || 'none'
    }`,
  )
  assert.ok(seen.length / steps.length >= 0.9)
})

test('ordinary life raises few incidents beside it', () => {
  const others = incidents.items.filter(({ level }) => level !== 'critical')
  assert.ok(others.length <= 10, others.map(({ title }) => title).join(' · '))
})

test('alerts know the asset of the model', async () => {
  const { items } = await server.get('alert.list', { incident: attack[0].id, limit: 200 })
  const known = items.filter(({ asset }) => asset !== '').length
  assert.ok(known / items.length > 0.9, `${known} of ${items.length}`)
})
