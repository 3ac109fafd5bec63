// npm run pictures: starts the Fernhill example and takes the pictures of the README and the guide. --all takes every page, light and dark, into test/artifacts.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { becomeAdmin, chromiumPath, openBrowser } from '../test/browser.mjs'
import { startServer, until } from '../test/server.mjs'

if (!chromiumPath()) {
  console.error('no Chromium here; scripts/install-for-tests.sh installs it')
  process.exit(3)
}
const all = process.argv.includes('--all')
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-pictures-'))
cpSync(join(root, 'examples/fernhill-health'), folder, {
  recursive: true,
  filter: (path) => !path.includes('.castellan'),
})
const server = await startServer(folder)
try {
  await until(
    async () =>
      (await server.get('incident.list', { level: 'critical' })).total > 0 &&
      (await server.get('source.list')).spool.records === 0,
    { what: 'the attack', patience: 180_000 },
  )
  const [{ id }] = (await server.get('incident.list', { level: 'critical' })).items
  const wanted = all
    ? [
        ['overview', '/'],
        ['alerts', '/alerts'],
        ['incidents', '/incidents'],
        ['incident', `/incidents/${id}`],
        ['hunt', '/hunt'],
        ['dashboards', '/dashboards'],
        ['entity', '/entity?kind=host&name=MGMT01.corp.fernhill.example'],
        ['estate', '/estate'],
        ['rules', '/rules'],
        ['editor', '/rules/edit'],
        ['coverage', '/coverage'],
        ['anomalies', '/anomalies'],
        ['sources', '/sources'],
        ['ledger', '/ledger'],
        ['threats', '/threats'],
        ['paths', '/paths'],
        ['reality', '/reality'],
        ['settings', '/settings'],
      ]
    : [
        ['incident', `/incidents/${id}`],
        ['estate', '/estate'],
        ['hunt', '/hunt?q=|+timechart+span=30m+by+source&range=24h'],
      ]
  const out = join(root, all ? 'test/artifacts' : 'docs/pictures')
  mkdirSync(out, { recursive: true })
  let first = true
  for (const colorScheme of all ? ['light', 'dark'] : ['light']) {
    const { page, troubles, close } = await openBrowser({ colorScheme })
    if (first) await becomeAdmin(page, server.welcome)
    else await login(page)
    first = false
    for (const [name, path] of wanted) {
      await page.goto(new URL(path, server.url).href)
      await page.waitForLoadState('load')
      await page.waitForTimeout(1_500)
      const file = join(out, all ? `${name}-${colorScheme}.png` : `${name}.png`)
      await page.screenshot({ path: file })
      console.log(file)
    }
    if (troubles.length > 0) console.log(`the page complained:\n  ${troubles.join('\n  ')}`)
    await close()
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function login(page) {
  await page.goto(server.url)
  await page.getByLabel('Name').fill('ada')
  await page.getByLabel('Password').fill('four unrelated words here')
  await page.getByRole('button', { name: /log in/i }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}
