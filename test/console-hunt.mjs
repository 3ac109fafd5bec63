// Scenes of hunting for the console's test: search, fields, following, selection, saving, and the pages that values lead to. Pictures of each go to test/artifacts.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { scenesOn } from './scenes.mjs'

/** Plays the scenes. `page` is logged in; `server` runs on Fernhill with its attack found. */
export async function huntScenes(t, { page, server }) {
  const { open, picture } = scenesOn({ page, server })
  const field = page.getByRole('combobox', { name: 'Search events' })
  const search = async (q) => {
    await field.fill(q)
    await field.press('Escape')
    await field.press('Enter')
  }
  const rows = page.getByRole('grid').getByRole('row')
  const param = (name) => new URL(page.url()).searchParams.get(name)

  await t.test('hunt: the old address works; names, values and pipes are completed', async () => {
    await open('/events?q=host:db01', 'Hunt')
    await page.getByText(/events? loaded/).waitFor()
    await page.keyboard.press('/')
    await field.fill('')
    await page.keyboard.type('acti')
    await page.getByRole('option', { name: /^activity column/ }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await field.inputValue(), 'activity:')
    await page.keyboard.type('proc')
    await page.getByRole('option', { name: /process started/ }).waitFor()
    await picture('hunt-completion')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.match(await field.inputValue(), /^activity:"process \w+" $/)
    await page.keyboard.type('| to')
    await page.getByRole('option', { name: /^top/ }).click()
    assert.match(await field.inputValue(), /\| top $/)
    await field.fill('')
    await page.keyboard.press('Escape')
  })
  await t.test('hunt: what pipes make is a table, a chart or large numbers, and errors point at a pipe', async () => {
    await search('class_uid:4002 | top 5 src_ip')
    await page.getByRole('columnheader', { name: 'percent' }).waitFor()
    assert.equal(await rows.count(), 6)
    await picture('hunt-table')
    await search('| timechart span=1h by source')
    await page.getByRole('img', { name: /^Over time/ }).waitFor()
    await page.locator('canvas').first().waitFor()
    await picture('hunt-timechart')
    await search('class_uid:4002 | stats count, dc(src_ip)')
    await page.locator('.result-figure').nth(1).waitFor()
    await picture('hunt-numbers')
    await search('host:a | tpo 5 user')
    await page.getByText(/there is no pipe tpo.*at character 10/).waitFor()
    await picture('hunt-wrong')
  })
  await t.test('hunt: ten thousand rows scroll without waiting', async (s) => {
    await search('| fields time, source, host, activity, message | head 10000')
    await page.getByText(/10,000 rows/).waitFor()
    const took = await page.getByRole('grid').evaluate(async (grid) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done))
      let longest = 0
      for (let at = 0; at <= 40; at++) {
        const began = performance.now()
        grid.scrollTop = (grid.scrollHeight * at) / 40
        await frame()
        await frame()
        longest = Math.max(longest, performance.now() - began)
      }
      return longest
    })
    s.diagnostic(`10,000 rows, 40 jumps from top to bottom: the longest took ${Math.round(took)} ms until it was drawn`)
    assert.ok(took < 500, `${took} ms`)
  })
  await t.test(
    'hunt: an event opens, raw beside parsed; a value narrows the search; a field becomes a column',
    async () => {
      await search('category:process_creation user:adm-dmorrow')
      await page.getByText(/\d+ events loaded/).waitFor()
      await rows.nth(2).click()
      await page.getByRole('heading', { name: 'As it came in' }).waitFor()
      await picture('hunt-event')
      const line = page.locator('.event-field').filter({ hasText: 'MGMT01' }).first()
      await line.hover()
      await line.getByRole('button', { name: 'Leave out this host' }).click()
      assert.match(param('q'), /not host:MGMT01\.corp\.fernhill\.example$/)
      await page.goBack()
      await page.getByRole('radio', { name: 'Fields' }).click()
      await page.getByLabel('Find a field').fill('CommandL')
      await page.getByRole('button', { name: 'Show CommandLine as a column' }).click()
      await page.getByRole('columnheader', { name: 'CommandLine', exact: true }).waitFor()
      assert.match(param('cols'), /,CommandLine$/)
      await page.getByRole('button', { name: /^CommandLine/ }).click()
      await page.locator('.facet-inner li').first().waitFor()
      await picture('hunt-fields')
    },
  )
  await t.test('hunt: a stretch is chosen by dragging over the bars, and times can be told in UTC', async () => {
    const bars = await page.locator('.histogram-box').boundingBox()
    await page.mouse.move(bars.x + bars.width * 0.5, bars.y + 20)
    await page.mouse.down()
    await page.mouse.move(bars.x + bars.width * 0.8, bars.y + 20, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL(/since=.*until=/)
    await page.getByRole('button', { name: 'Stretch of time' }).click()
    await page.getByRole('radio', { name: 'UTC' }).click()
    await picture('hunt-time')
    await page.getByRole('radio', { name: 'Europe/Dublin' }).click()
    await page.getByLabel('The last').fill('3d')
    await page.getByLabel('The last').press('Enter')
    await page.waitForURL(/range=3d/)
  })
  await t.test('hunt: rows are selected by the keyboard, and a rule is drafted that finds them', async () => {
    await search('category:process_creation CommandLine:*powershell*')
    await rows.nth(3).waitFor()
    await page.getByRole('grid').focus()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    await page.getByText('2 events selected').waitFor()
    await page.getByRole('button', { name: 'Build a Sigma rule' }).click()
    await page.getByText('category: process_creation').waitFor()
    await page.getByRole('radio', { name: 'last 7 days' }).click()
    const hits = await page.getByText(/^\d+ hits?$/).textContent()
    assert.ok(Number.parseInt(hits, 10) >= 2, hits)
    await picture('hunt-draft')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    const text = readFileSync(await (await saved).path(), 'utf8')
    assert.match(text, /^# Seen: 2 events/)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clear', exact: true }).last().click()
  })
  await t.test('hunt: following shows what arrives and fits, and counts what it leaves out', async () => {
    await search('word:needle')
    await page.getByText('Nothing found').waitFor()
    await page.getByRole('heading', { name: 'Hunt' }).click()
    await page.keyboard.press('t')
    await page.getByText(/0 arrived/).waitFor()
    const post = (count) =>
      fetch(new URL('/ingest/v1/ndjson/test', server.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${server.token}` },
        body: Array.from({ length: count }, (_, n) => JSON.stringify({ word: n % 2 ? 'needle' : 'hay', n })).join('\n'),
      })
    assert.equal((await post(4)).ok, true)
    await page.getByText(/2 arrived/).waitFor()
    assert.equal((await post(2_000)).ok, true)
    await page.getByText(/more not shown/).waitFor()
    await picture('hunt-tail')
    await page.keyboard.press('t')
    assert.equal(param('tail'), null)
  })
  await t.test('hunt: a search is saved with a schedule, opened again, exported', async () => {
    await search('activity:*fail* | count by user')
    await page.getByRole('columnheader', { name: 'count' }).waitFor()
    await page.getByRole('button', { name: 'Saved' }).click()
    await page.getByLabel('Name').fill('Failed logins')
    await page.getByLabel('Runs').selectOption('0 6 * * *')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('link', { name: 'failed-logins' }).waitFor()
    await picture('hunt-saved')
    await page.keyboard.press('Escape')
    const file = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('button', { name: /^CSV/ }).click()
    const download = await file
    assert.match(download.suggestedFilename(), /^castellan-.*\.csv$/)
    assert.match(readFileSync(await download.path(), 'utf8'), /user/)
  })
  await t.test('a value leads to its page: seen when, beside what, its alerts and the model', async () => {
    await open('/entity?kind=host&name=MGMT01.corp.fernhill.example', 'MGMT01.corp.fernhill.example')
    await page.getByRole('heading', { name: 'Seen beside' }).waitFor()
    await page.getByRole('link', { name: 'Management server' }).waitFor()
    await page
      .getByRole('link', { name: /log cleared/i })
      .first()
      .waitFor()
    await picture('entity-host')
    await page
      .getByRole('link', { name: /^adm-dmorrow/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'adm-dmorrow', level: 1 }).waitFor()
    await picture('entity-user')
  })
  await t.test('the processes around an event stand as a tree', async () => {
    const q = 'process:*\\cmd.exe category:process_creation user:orla.keaveney'
    const { items } = await server.get('event.search', { q, limit: 50 })
    const sized = await Promise.all(
      items.map(async ({ id }) => ({ id, size: (await server.get('event.processes', { id })).nodes.length })),
    )
    const [{ id, size }] = sized.sort((a, b) => b.size - a.size)
    assert.ok(size > 2, `${size} processes`)
    await open(`/processes?event=${id}`, 'Processes')
    await page.getByText('this event').click()
    await page.getByRole('link', { name: 'Its events' }).waitFor()
    await picture('processes')
  })
  await t.test('dashboards show searches side by side; a panel opens as a hunt', async () => {
    await open('/dashboards?name=web', 'Dashboards')
    await page.locator('canvas').first().waitFor()
    await picture('dashboards')
    await page.getByRole('link', { name: 'Addresses that ask most' }).click()
    await page.getByRole('heading', { name: 'Hunt', level: 1 }).waitFor()
    assert.match(param('q'), /top 15 src_ip/)
  })
  await t.test('hunt: narrow screens show it too', async () => {
    await page.setViewportSize({ width: 420, height: 860 })
    await open('/hunt?range=7d&q=user:adm-dmorrow', 'Hunt')
    await rows.nth(2).click()
    await page.getByRole('heading', { name: 'Parsed' }).waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(wide <= 0, `${wide} pixels too wide`)
    await picture('hunt-narrow')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(new URL('/', server.url).href)
  })
}
