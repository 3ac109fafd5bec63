// castellan init: a workspace drafted from this machine and a compose file, written without touching what is there.
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Issue } from '#kernel'
import { readHostFacts } from '#host'
import { draftWorkspace, openModel } from '#model'
import { loadConfig, writeFileAtomic } from '#platform'

/** What init did. */
export interface Initialised {
  readonly written: readonly string[]
  readonly kept: readonly string[]
  readonly notes: readonly string[]
  readonly issues: readonly Issue[]
  readonly counts: Readonly<Record<'zones' | 'assets' | 'flows' | 'data' | 'services', number>>
}

const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

/** Drafts a workspace in a folder (made when missing) and checks it at once. Files that exist are kept as they are. */
export async function initWorkspace(folder: string): Promise<Initialised> {
  const composeFile = composeNames.find((name) => existsSync(join(folder, name)))
  const compose =
    composeFile === undefined ? {} : { composeFile, compose: await readFile(join(folder, composeFile), 'utf8') }
  const draft = draftWorkspace({ facts: await readHostFacts({ root: '/' }), ...compose })
  const [written, kept]: [string[], string[]] = [[], []]
  for (const { path, text } of draft.files) {
    if (existsSync(join(folder, path))) kept.push(path)
    else {
      await writeFileAtomic(join(folder, path), text)
      written.push(path)
    }
  }
  const model = await openModel({ workspace: folder })
  const config = await loadConfig({ workspace: folder, env: {}, flags: {} })
  const { zones, assets, flows, data, services } = model.estate
  return {
    written,
    kept,
    notes: draft.notes,
    issues: [...(config.ok ? [] : config.fail), ...model.issues],
    counts: {
      zones: zones.length,
      assets: assets.length,
      flows: flows.length,
      data: data.length,
      services: services.length,
    },
  }
}
