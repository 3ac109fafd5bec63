// Scenes of rules for the console's test: standings, the panel of a rule, the editor, coverage, anomalies and correlations. Pictures of each go to test/artifacts.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenesOn } from './scenes.mjs'
import { until } from './server.mjs'

const minute = 60_000

/** Plays the scenes. `page` is logged in as an admin; `server` runs on Fernhill, in `folder`, with its attack found. */
export async function ruleScenes(t, { page, server, folder }) {
  const { open, picture } = scenesOn({ page, server })
  const rows = page.getByRole('grid').getByRole('row')
  const param = (name) => new URL(page.url()).searchParams.get(name)
  const text = page.getByLabel('Text of the rule')
  const send = async (events) => {
    const answer = await fetch(new URL('/ingest/v1/ndjson/sensor', server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}` },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
    })
    assert.equal(answer.ok, true, await answer.text())
  }

  await t.test('rules: standings are counted and filter; a rule opens by the keyboard', async () => {
    await open('/', 'Overview')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
    const { standings } = await server.get('rule.list')
    await page.getByRole('radio', { name: `Running ${standings.running}` }).click()
    await rows.nth(2).waitFor()
    assert.equal(param('standing'), 'running')
    await picture('rules')
    await page.keyboard.press('/')
    await page.keyboard.type('Interpreter connects')
    await until(async () => (await rows.count()) === 2, { what: 'one rule' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Interpreter connects to the internet', level: 2 }).waitFor()
  })
  await t.test('rules: fields, backtest, tests and why not are asked by single keys', async () => {
    const side = page.getByRole('complementary', { name: 'Rule' })
    await side.getByRole('row', { name: /DestinationIp/ }).waitFor()
    await page.keyboard.press('b')
    await side.getByText(/alerts a week are to be expected/).waitFor()
    await page.keyboard.press('t')
    await side.getByText('3 tests passed, 0 failed').waitFor()
    await page.keyboard.press('w')
    const { items } = await server.get('event.search', {
      q: 'category:network_connection process:*OUTLOOK.EXE',
      limit: 1,
    })
    await page.keyboard.type(items[0].id)
    await page.keyboard.press('Enter')
    await side.getByText(/asks for \\powershell\.exe or \d+ others/).waitFor()
    await side.getByText('Why not?').scrollIntoViewIfNeeded()
    await picture('rules-panel')
    await page.keyboard.press('Escape')
  })

  await t.test('editor: what is typed is looked over, mended by key, tried, and kept over a reload', async () => {
    await page.getByRole('heading', { name: 'Rules', level: 1 }).click()
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'New rule', level: 1 }).waitFor()
    await text.click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('End')
    await page.keyboard.type('Who am I, asked.')
    await page.getByText('the title ends with a full stop').waitFor()
    await page.getByText(/hits? in the last 7 days/).waitFor()
    await picture('editor')
    await page.keyboard.press('Control+.')
    await until(async () => (await text.inputValue()).startsWith('title: Who am I, asked\n'), { what: 'the fix' })
    await page.reload()
    await page.getByRole('heading', { name: 'New rule', level: 1 }).waitFor()
    assert.match(await text.inputValue(), /^title: Who am I, asked\n/)
    await text.fill((await text.inputValue()).replace('condition: selection', 'condition: selektion'))
    await page.locator('.finding[data-severity="error"]').first().waitFor()
    await page.getByText('Tried as soon as it has no errors.').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Save/ }).isDisabled(), true)
    await page.keyboard.press('F8')
    await picture('editor-wrong')
  })
  await t.test('editor: a rule is saved into the own rules, changed, and a change by others is not lost', async () => {
    await text.fill((await text.inputValue()).replace('selektion', 'selection'))
    await page.getByText(/0 errors/).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByRole('heading', { name: 'Who am I, asked', level: 2 }).waitFor()
    const path = join(folder, 'rules', 'who_am_i_asked.yml')
    assert.match(readFileSync(path, 'utf8'), /^title: Who am I, asked\n/)
    await page.keyboard.press('e')
    await page.getByRole('heading', { name: 'Rule editor', level: 1 }).waitFor()
    const own = await text.inputValue()
    await text.fill(own.replace('level: medium', 'level: high'))
    const other = own.replace('status: experimental', 'status: test')
    const { id } = (await server.get('rule.list', { q: 'Who am I' })).items[0]
    const said = await server.post('rule.save', { yaml: other, id, was: own })
    assert.equal(said.status, 'test')
    await page.getByText(/0 errors/).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText(/changed by somebody else/).waitFor()
    await picture('editor-conflict')
    await page.getByRole('button', { name: 'Save over it' }).click()
    await page.getByRole('heading', { name: 'Who am I, asked', level: 2 }).waitFor()
    assert.match(readFileSync(path, 'utf8'), /level: high/)
    assert.equal(existsSync(join(folder, 'rules', 'who_am_i_asked_2.yml')), false)
  })

  await t.test('coverage: the matrix is walked by arrows; gaps, tests and the layer', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.getByRole('heading', { name: 'Coverage', level: 1 }).waitFor()
    const matrix = page.getByRole('group', { name: /^Techniques by tactic/ })
    await matrix
      .getByRole('button', { name: /^T1059:/ })
      .first()
      .focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page
      .getByRole('complementary', { name: 'Technique' })
      .getByText(/^\d+ rules?$/)
      .waitFor()
    await page.getByRole('heading', { name: /^Gaps on attack paths/ }).waitFor()
    await picture('coverage-technique')
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.getByRole('button', { name: /^Tested [1-9]/ }).waitFor()
    await picture('coverage')
    const saved = page.waitForEvent('download')
    await page.keyboard.press('l')
    const layer = JSON.parse(readFileSync(await (await saved).path(), 'utf8'))
    assert.equal(layer.versions.layer, '4.5')
    assert.ok(layer.techniques.some(({ score }) => score === 100))
  })

  await t.test('a correlation says its group, its measure, its rules and its events', async () => {
    const sensor = (await server.get('rule.list', { q: 'Sensor reports a severe' })).items[0].id
    const yaml = `title: Severe signatures about one machine\nid: 6d1f4f3e-3f0b-4f58-8a53-5d6f0e7c1a11\nstatus: test\nlevel: high\ncorrelation:\n  type: event_count\n  rules: [${sensor}]\n  generate: true\n  group-by: [src_ip]\n  timespan: 10m\n  condition: { gte: 3 }\n`
    assert.deepEqual((await server.post('rule.save', { yaml })).joins, ['Sensor reports a severe signature'])
    const now = Date.now() - minute
    await send(
      [0, 1, 2].map((n) => ({
        timestamp: new Date(now + n * 1000).toISOString(),
        event_type: 'alert',
        src_ip: '10.77.0.7',
        src_port: 40_000 + n,
        dest_ip: '203.0.113.77',
        dest_port: 443,
        proto: 'TCP',
        host: 'ids-test',
        alert: {
          signature: 'TEST severe',
          signature_id: 1,
          severity: 1,
          action: 'allowed',
          category: 'x',
          gid: 1,
          rev: 1,
        },
      })),
    )
    const [alert] = await until(
      async () => {
        const { items } = await server.get('alert.list', { q: 'Severe signatures about one machine' })
        return items?.length > 0 ? items : undefined
      },
      { what: 'the correlation', patience: 90_000 },
    )
    await open(`/alerts?range=30d&alert=${alert.id}`, 'Alerts')
    await page.getByText('Rules that took part').waitFor()
    await page.getByText('10.77.0.7').first().waitFor()
    assert.equal(await page.locator('.joined-events li').count(), 3)
    await picture('alerts-correlation')
  })
  await t.test('anomalies: a finding shows its numbers and its plot; detectors their parameters', async () => {
    const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000
    await send(
      Array.from({ length: 400 }, (_, n) => ({
        timestamp: new Date(start + n * 1000).toISOString(),
        event_type: 'dns',
        src_ip: '10.77.0.8',
        src_port: 40_000 + n,
        dest_ip: '10.0.0.1',
        dest_port: 53,
        proto: 'UDP',
        host: 'ids-test',
        dns: {
          type: 'query',
          rrname: `${(n * 2_654_435_761).toString(16).padStart(24, 'a7c3')}.t.example.com`,
          rrtype: 'A',
        },
      })),
    )
    await until(async () => (await server.get('alert.list', { q: '10.77.0.8 asked for' })).total > 0, {
      what: 'a finding',
    })
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Anomalies', level: 1 }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('10.77.0.8')
    await until(async () => (await rows.count()) === 2, { what: 'one finding' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('.plot-bar').first().waitFor()
    await page.getByText('As numbers').first().click()
    await page.locator('.plot-table td').first().waitFor()
    await picture('anomalies-finding')
    await page.keyboard.press('Escape')
    await page.keyboard.press('2')
    await page.getByRole('columnheader', { name: 'False alarms' }).waitFor()
    await page.getByRole('row', { name: /Data in names asked of DNS/ }).click()
    await page.getByRole('heading', { name: 'Parameters' }).waitFor()
    await picture('anomalies-detector')
    await page.keyboard.press('Escape')
  })
  await t.test('profiles: what is usual for an account, and on the page of the account', async () => {
    await page.keyboard.press('3')
    await page.getByRole('columnheader', { name: 'Department' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('adm-dmorrow')
    await until(async () => (await rows.count()) === 2, { what: 'one profile' })
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('.week-table').waitFor()
    await picture('anomalies-profile')
    await open('/entity?kind=user&name=adm-dmorrow', 'adm-dmorrow')
    await page.getByRole('link', { name: 'What is usual' }).waitFor()
  })
  await t.test('rules, coverage, anomalies and the editor fit 1280 and 800 pixels', async () => {
    const { id } = (await server.get('rule.list', { q: 'Who am I' })).items[0]
    for (const width of [1280, 800]) {
      await page.setViewportSize({ width, height: 860 })
      for (const [path, heading] of [
        [`/rules?rule=${id}`, 'Rules'],
        [`/rules/edit?id=${id}`, 'Rule editor'],
        ['/coverage', 'Coverage'],
        ['/anomalies', 'Anomalies'],
        ['/anomalies?view=detectors', 'Anomalies'],
      ]) {
        await open(path, heading)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        assert.ok(wide <= 0, `${path} is ${wide} pixels too wide at ${width}`)
        if (width === 800) await picture(`narrow${path.replaceAll(/\W+/g, '-').slice(0, 24)}`)
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(new URL('/', server.url).href)
  })
}
