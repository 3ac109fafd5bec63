// The console clicked through in Chromium, on the Fernhill example: from the one-time link to the story of the attack.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { alertScenes } from './console-alerts.mjs'
import { huntScenes } from './console-hunt.mjs'
import { ruleScenes } from './console-rules.mjs'
import { becomeAdmin, chromiumPath, openBrowser } from './browser.mjs'
import { startServer, until } from './server.mjs'

const skip = chromiumPath() ? false : 'no Chromium here; scripts/install-for-tests.sh installs it'

test('the console, clicked through', { skip, timeout: 600_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-console-'))
  cpSync(join(import.meta.dirname, '../examples/fernhill-health'), folder, {
    recursive: true,
    filter: (path) => !path.includes('.castellan'),
  })
  const server = await startServer(folder)
  const { page, troubles, close } = await openBrowser()
  t.after(async () => {
    await close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  page.setDefaultTimeout(20_000)
  const go = async (name, heading = name) => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  }

  await t.test('the one-time link makes the first admin and works once', async () => {
    await becomeAdmin(page, server.welcome)
    const other = await openBrowser()
    await other.page.goto(server.welcome)
    await other.page.getByText('the one-time link has been used').waitFor()
    await other.close()
  })
  await until(
    async () =>
      (await server.get('incident.list', { level: 'critical' })).total === 1 &&
      (await server.get('source.list')).spool.records === 0,
    { what: 'the attack as one incident', patience: 120_000 },
  )

  await t.test('the overview names what waits', async () => {
    await page.reload()
    await page.getByText('Initial Access to Exfiltration').first().waitFor()
  })
  await t.test('alerts are listed, filtered, and say why they fired', async () => {
    await go('Alerts')
    await page.getByRole('row').nth(3).click()
    await page.getByText('Why it fired').waitFor()
    await page.keyboard.press('Escape')
  })
  await t.test('the incident tells its story', async () => {
    await go('Incidents')
    await page.getByRole('row').filter({ hasText: 'Initial Access to Exfiltration' }).click()
    await page.getByText('Story').first().waitFor()
    await page.getByText('Macro document opened out of a mail').first().waitFor()
    await page.getByRole('button', { name: /note/i }).first().waitFor()
  })
  await t.test('events are found by the search language; a mistake is shown at its place', async () => {
    await go('Hunt')
    const field = page.getByRole('searchbox').or(page.getByRole('textbox')).or(page.getByRole('combobox')).first()
    await field.fill('host:db* and user:portal')
    await field.press('Enter')
    await page.getByRole('row').nth(2).waitFor()
    await field.fill('host:(')
    await field.press('Enter')
    await page
      .getByText(/at character \d+/)
      .first()
      .waitFor()
  })
  await huntScenes(t, { page, server })
  await alertScenes(t, { page, server, folder })
  await ruleScenes(t, { page, server, folder })
  await t.test('the estate is drawn', async () => {
    await go('Estate')
    await page.getByLabel('Drawing of the estate').waitFor()
    await page.getByText('Portal application 1').first().waitFor()
  })
  await t.test('every other page opens', async () => {
    for (const name of ['Dashboards', 'Rules', 'Sources', 'Ledger', 'Settings', 'Threats', 'Paths', 'Reality'])
      await go(name)
  })
  await t.test('the palette goes anywhere by the keyboard', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('estate')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Estate', level: 1 }).waitFor()
  })
  await t.test('logging out leads to the door', async () => {
    await page.getByRole('button', { name: /Logged in as ada/ }).click()
    await page.getByText('Log out', { exact: true }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
  })
  await t.test('nothing was complained about', () => {
    const own = troubles.filter((text) => !/status of 40[0139]/.test(text))
    assert.deepEqual(own, [])
  })
})
