// The ground under the rooms: settings, stores, log, secrets; and the way to close again what was opened.
import { join, resolve } from 'node:path'
import { type Clock, Fault, type Migration, placeText, type Random } from '#kernel'
import {
  type Config,
  createMetrics,
  type EventEngine,
  loadConfig,
  lockFolder,
  type Log,
  type Metrics,
  openEvents,
  openSecrets,
  openState,
  type Secrets,
  type State,
  systemClock,
  systemRandom,
} from '#platform'
import { eventMigrations } from '#telemetry'
import { openLog } from './logbook.ts'

/** How to open a workspace. `quiet` writes the log into the workspace instead of standard error. */
export interface OpenOptions {
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly flags: Readonly<Record<string, string>>
  readonly quiet: boolean
}

/** What every room may stand on. */
export interface Ground {
  readonly workspace: string
  /** The workspace's own folder. */
  readonly folder: string
  readonly config: Config
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
  readonly state: State
  readonly events: EventEngine
  readonly secrets: Secrets
}

/** Closes what was opened, the last first; goes on when one fails. */
export function closers() {
  const all: (() => unknown)[] = []
  return {
    add: (close: () => unknown) => void all.push(close),
    async close(): Promise<void> {
      const failed: unknown[] = []
      for (const close of all.splice(0).reverse()) {
        try {
          await close()
        } catch (thrown) {
          failed.push(thrown)
        }
      }
      if (failed.length > 0) throw failed[0]
    },
  }
}
export type Closers = ReturnType<typeof closers>

/** The settings, or one fault that names every problem in them. */
async function configOf({ workspace, env, flags }: OpenOptions): Promise<Config> {
  const loaded = await loadConfig({ workspace, env, flags })
  if (loaded.ok) return loaded.value
  const lines = loaded.fail.map(
    (issue) => `${placeText(issue.at)}: ${issue.text}${issue.help ? `; ${issue.help}` : ''}`,
  )
  throw new Fault('CONFIG_INVALID', lines.join('\n  '))
}

async function openStores(
  { config, folder, migrations }: { config: Config; folder: string; migrations: readonly Migration[] },
  close: Closers,
): Promise<{ state: State; events: EventEngine }> {
  const lock = await lockFolder(folder)
  close.add(() => lock.release())
  const state = await openState({ url: config.state.url, folder })
  close.add(() => state.close())
  await state.migrate(migrations)
  const { url, cluster } = config.events
  const events = await openEvents({ url, cluster, folder: join(folder, 'events'), limits: config.limits })
  close.add(() => events.close())
  await events.migrate(eventMigrations(config.events.cluster))
  return { state, events }
}

/** Opens the ground, and brings the state store to the schema of all rooms. Throws Fault CONFIG_INVALID, STORE_BUSY, STORE_DOWN. */
export async function openGround(
  options: OpenOptions,
  migrations: readonly Migration[],
  close: Closers,
): Promise<Ground> {
  const config = await configOf(options)
  const { workspace, env } = options
  const folder = join(workspace, '.castellan')
  const stores = await openStores({ config, folder, migrations }, close)
  const log = openLog({ level: config.log.level, folder: options.quiet ? folder : undefined })
  const { keyFile } = config.secrets
  const key = keyFile === '' ? join(folder, 'secret.key') : resolve(workspace, keyFile)
  const secrets = openSecrets({ state: stores.state, keyFile: key, env })
  const base = { workspace, folder, config, log, secrets, metrics: createMetrics() }
  return { ...base, ...stores, clock: systemClock, random: systemRandom }
}
