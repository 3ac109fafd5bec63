// What scenes of the console's test share: opening a page, and pictures in both looks for test/artifacts.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const artifacts = join(import.meta.dirname, 'artifacts')

/** `open` waits for the page's heading; `picture` leaves NAME-light.png and NAME-dark.png. */
export function scenesOn({ page, server }) {
  mkdirSync(artifacts, { recursive: true })
  return {
    open: async (path, heading) => {
      await page.goto(new URL(path, server.url).href)
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    },
    picture: async (name) => {
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(250)
        await page.screenshot({ path: join(artifacts, `${name}-${colorScheme}.png`) })
      }
      await page.emulateMedia({ colorScheme: 'light' })
    },
  }
}
