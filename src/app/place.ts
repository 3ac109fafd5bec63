// Where the installed package is: its version, its console.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = new URL('../../', import.meta.url)
const Manifest = z.object({ version: z.string() })

/** The program's version, from its package.json. */
export const version = (): string =>
  Manifest.parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))).version

/** The built console's files. */
export const consoleFolder: string = fileURLToPath(new URL('web/dist', root))
