// A Chromium of this machine, driven for tests and pictures. Everything the page complains about is collected.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const places = [
  process.env.CASTELLAN_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where Chromium is, or nothing. */
export const chromiumPath = () => places.find((path) => path !== undefined && path !== '' && existsSync(path))

/** Opens a browser with one page. `troubles` grows with every error, failed request of ours and breach of the content security policy. */
export async function openBrowser({ width = 1440, height = 900, colorScheme = 'light', scale = 1 } = {}) {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Dublin',
    locale: 'en-IE',
  })
  const page = await context.newPage()
  const troubles = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`))
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} ${response.url()}`)
  })
  return { page, troubles, close: () => browser.close() }
}

/** Follows the one-time link and makes the first admin. */
export async function becomeAdmin(page, welcome, { name = 'ada', password = 'four unrelated words here' } = {}) {
  await page.goto(welcome)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password again').fill(password)
  await page.getByRole('button', { name: 'Open the gate' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}
