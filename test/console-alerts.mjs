// Scenes of alert hygiene for the console's test: groups, confirm, benign, suppress, exceptions, risk of an entity. Pictures of each go to test/artifacts.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenesOn } from './scenes.mjs'

/** Plays the scenes. `page` is logged in as an admin; `server` runs on Fernhill, in `folder`, with its attack found. */
export async function alertScenes(t, { page, server, folder }) {
  const { open: openPage, picture } = scenesOn({ page, server })
  const open = (path, heading = 'Alerts') => openPage(path, heading)
  const rows = page.getByRole('grid').getByRole('row')
  const param = (name) => new URL(page.url()).searchParams.get(name)
  const list = (input = {}) => server.get('alert.list', { limit: 500, ...input })
  const { items } = await list()
  const repeated = items.filter(({ times }) => times > 3).sort((a, b) => b.times - a.times)

  await t.test('alerts: repeats stand as one with a count; an alert opens with why, times and risk', async () => {
    assert.ok(repeated.length > 0, 'something repeats in Fernhill')
    const [most] = repeated
    await open(`/alerts?range=30d&alert=${most.id}`)
    await rows.nth(2).waitFor()
    await page.getByText('Why it fired').waitFor()
    await page.locator('mark').first().waitFor()
    await page.getByText(new RegExp(`^${most.times.toLocaleString('en')} times, from`)).waitFor()
    await page.getByText(/^Risk now$/).waitFor()
    await picture('alerts-queue')
    assert.equal((await server.get('alert.repeats', { alert: most.id })).times, most.times)
  })
  await t.test('alerts: grouped by rule and by host; a group leads to its alerts', async () => {
    await open('/alerts?range=30d')
    await page.getByRole('radio', { name: 'Host', exact: true }).click()
    await rows.nth(2).waitFor()
    await page.getByRole('radio', { name: 'Rule', exact: true }).click()
    await page.getByRole('columnheader', { name: 'With' }).waitFor()
    await picture('alerts-grouped')
    await rows.nth(1).click()
    await page.waitForURL(/rule=/)
    assert.equal(param('group'), null)
    await page.getByRole('columnheader', { name: 'What happened' }).waitFor()
  })
  const processOf = (one) => one.matched.some(({ field }) => field === 'Image' || field === 'CommandLine')
  await t.test('alerts: confirmed by the keyboard; a filter that would lose it is refused by name', async () => {
    const one = items.find(processOf)
    await open(`/alerts?range=30d&alert=${one.id}`)
    await page.getByRole('button', { name: 'Confirm', exact: true }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('button', { name: 'Confirmed', exact: true }).waitFor()
    assert.equal((await list({ verdict: 'confirmed' })).total, 1)
    await page.keyboard.press('b')
    await page.getByText('It would lose what is known to be true').waitFor()
    await page.getByText(new RegExp(`alert ${one.id}, confirmed by ada`)).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Write the filter' }).isDisabled(), true)
    await picture('alerts-benign-refused')
    await page.keyboard.press('Escape')
  })
  await t.test(
    'alerts: benign writes a filter after a preview, and takes what it would have prevented away',
    async () => {
      const now = (await list()).items
      const known = now.filter(({ verdict }) => verdict === 'confirmed').map(({ rule }) => rule.id)
      const harmless = now.find(
        (one) => processOf(one) && !known.includes(one.rule.id) && one.rule.level !== 'critical',
      )
      await open(`/alerts?range=30d&alert=${harmless.id}`)
      await page.getByRole('button', { name: 'Benign…' }).click()
      await page.getByText(/Of the last 30 days it takes away/).waitFor()
      await page.getByLabel('Reason').fill('the deployment tool does this')
      await page.getByText(/^The filter, for rules/).click()
      await picture('alerts-benign')
      const before = (await list()).total
      await page.getByRole('button', { name: 'Write the filter' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByText('benign', { exact: true }).first().waitFor()
      const [file] = readdirSync(join(folder, 'rules', 'filters'))
      assert.match(readFileSync(join(folder, 'rules', 'filters', file), 'utf8'), /condition: not benign/)
      assert.ok((await list()).total < before)
      assert.ok((await list({ verdict: 'benign', suppressed: 'only' })).total > 0)
    },
  )
  await t.test('alerts: suppressed with reason and end; counted, shown behind the switch, removed again', async () => {
    const [one] = (await list()).items.filter(({ verdict, host }) => verdict === '' && host !== '')
    await open(`/alerts?range=30d&alert=${one.id}`)
    await page.getByRole('button', { name: 'Suppress…' }).waitFor()
    await page.keyboard.press('s')
    await page.getByText(/would leave the queue/).waitFor()
    await page.getByLabel('Reason').fill('known, until the rebuild')
    await picture('alerts-suppress')
    await page.getByRole('button', { name: 'Suppress', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('suppressed', { exact: true }).first().waitFor()
    await open('/alerts?range=30d')
    await page.getByRole('button', { name: 'Suppressed', exact: true }).click()
    await page.waitForURL(/suppressed=with/)
    await page.getByRole('grid').getByText('suppressed', { exact: true }).first().waitFor()
    await picture('alerts-suppressed')
    await page.getByRole('button', { name: 'Exceptions' }).click()
    await page.getByText('known, until the rebuild').waitFor()
    await page.getByText('the deployment tool does this').waitFor()
    await picture('alerts-exceptions')
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('known, until the rebuild').waitFor({ state: 'detached' })
    const { items: kept } = await server.get('suppression.list', { state: 'removed' })
    assert.ok(kept[0].hits > 0)
  })
  await t.test('risk: an entity shows its curve and the sum term by term; the worst raised an alert', async () => {
    const { items: ranked, threshold } = await server.get('risk.list', { kind: 'user', limit: 5 })
    assert.ok(ranked.length > 0)
    const [worst] = ranked
    assert.ok(worst.risk > threshold, `${worst.name} ${worst.risk}`)
    const { terms, risk } = await server.get('risk.show', { kind: 'user', name: worst.name })
    assert.ok(Math.abs(terms.reduce((sum, { worth }) => sum + worth, 0) - risk) < 1e-6)
    await open(`/entity?kind=user&name=${encodeURIComponent(worst.name)}`, worst.name)
    await page.getByRole('img', { name: 'Risk over time' }).waitFor()
    await page.locator('.risk-terms tbody tr').nth(2).waitFor()
    await page.locator('canvas').first().waitFor()
    await page.locator('.risk-terms').scrollIntoViewIfNeeded()
    await picture('entity-risk')
    const raised = await list({ q: 'entity risk: user' })
    assert.ok(raised.total > 0)
    await open(`/alerts?range=30d&alert=${raised.items[0].id}`)
    await page
      .getByText(/\(asset\)/)
      .first()
      .waitFor()
    await picture('alerts-risk')
  })
  await t.test('alerts: narrow screens show it too', async () => {
    await page.setViewportSize({ width: 420, height: 860 })
    await open('/alerts?range=30d')
    await rows.nth(2).waitFor()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(wide <= 0, `${wide} pixels too wide`)
    await picture('alerts-narrow')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(new URL('/', server.url).href)
  })
}
