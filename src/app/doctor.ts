// castellan doctor: each thing that must be right for the road to work, looked at one by one. Adding one: a function in `checks`.
import { constants, existsSync } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { asFault, placeText } from '#kernel'
import { loadRules } from '#detection'
import { verifyLedgerFolder } from '#ledger'
import { openModel } from '#model'
import { type Config, loadConfig, openEvents, openState, runProcess, sizeText } from '#platform'
import { consoleFolder } from './place.ts'

/** One thing looked at. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'wrong'
  readonly what: string
  readonly detail: string
  readonly remedy: string
}
interface Examined {
  readonly workspace: string
  readonly folder: string
  readonly config: Config
}
type Check = (of: Examined) => Promise<Finding | readonly Finding[]>

const fine = (what: string, detail: string): Finding => ({ state: 'ok', what, detail, remedy: '' })
const warning = (what: string, detail: string, remedy: string): Finding => ({ state: 'warning', what, detail, remedy })
const wrong = (what: string, detail: string, remedy: string): Finding => ({ state: 'wrong', what, detail, remedy })

const leastFreeBytes = 2 * 1024 ** 3

const node = async (): Promise<Finding> => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const good = major > 20 || (major === 20 && minor >= 19)
  return good ? fine('Node', process.version) : wrong('Node', process.version, 'install Node 20.19 or later')
}

const builtConsole = async (): Promise<Finding> =>
  existsSync(join(consoleFolder, 'index.html'))
    ? fine('console', 'built')
    : wrong('console', 'its files are missing', 'in a clone: npm run build; else install the package again')

const workspace: Check = async ({ workspace: folder }) =>
  existsSync(join(folder, 'castellan.yaml'))
    ? fine('workspace', folder)
    : warning('workspace', `no castellan.yaml in ${folder}; defaults hold`, 'castellan init drafts one')

const disk: Check = async ({ folder }) => {
  const at = existsSync(folder) ? folder : resolve(folder, '..')
  try {
    await access(at, constants.W_OK)
    const { bavail, bsize } = await statfs(at)
    const free = bavail * bsize
    if (free < leastFreeBytes)
      return warning('disk', `${sizeText(free)} free for ${at}`, 'make room: events are kept there')
    return fine('disk', `${sizeText(free)} free`)
  } catch (thrown) {
    return wrong(
      'disk',
      `${at} cannot be written: ${asFault(thrown).message}`,
      'give this account the right to write there',
    )
  }
}

const model: Check = async ({ workspace: folder }) => {
  const { issues, estate } = await openModel({ workspace: folder })
  const errors = issues.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first)
    return wrong(
      'model',
      `${errors.length} errors, the first at ${placeText(first.at)}: ${first.text}`,
      'castellan model check lists them',
    )
  return fine('model', `${estate.assets.length} assets, ${estate.flows.length} flows, no errors`)
}

const rules: Check = async ({ workspace: folder, config }) => {
  const loaded = await loadRules(
    config.rules.map((path) => resolve(folder, path)),
    { lists: config.lists },
  )
  const running = loaded.rules.filter(({ state }) => state === 'running').length
  const not = loaded.rules.length - running
  if (loaded.rules.length === 0) return warning('rules', 'there are none', 'put Sigma rules into the folder rules/')
  return not > 0
    ? warning(
        'rules',
        `${running} run, ${not} do not`,
        'castellan rule list --state invalid (or needs-list, unsupported) says why',
      )
    : fine('rules', `${running} run`)
}

const stores: Check = async ({ folder, config }) => [
  await storeFinding('state store', folder, () => openState({ url: config.state.url, folder })),
  await storeFinding('event store', folder, () =>
    openEvents({ url: config.events.url, folder: join(folder, 'events'), limits: config.limits }),
  ),
]

async function storeFinding(
  what: string,
  folder: string,
  open: () => Promise<{ check(): Promise<{ ok: boolean; engine: string; detail: string }>; close(): Promise<void> }>,
): Promise<Finding> {
  if (!existsSync(folder)) return fine(what, 'made at the first start')
  try {
    const store = await open()
    const { ok, engine, detail } = await store.check()
    await store.close()
    return ok
      ? fine(what, `${engine}: ${detail}`)
      : wrong(what, detail, 'look at its log; nothing acknowledged is lost')
  } catch (thrown) {
    const fault = asFault(thrown)
    if (fault.code === 'STORE_BUSY') return fine(what, 'open in the running server')
    return wrong(what, fault.message, fault.help)
  }
}

const ledger: Check = async ({ folder }) => {
  const path = join(folder, 'ledger')
  if (!existsSync(path)) return fine('ledger', 'made at the first start')
  const { ok, entries, problems } = await verifyLedgerFolder(path)
  const [first] = problems
  if (!ok && first)
    return wrong(
      'ledger',
      `${first.at}: ${first.text}`,
      'keep a copy of the folder and compare it with a checkpoint kept elsewhere',
    )
  return fine('ledger', `${entries} entries verify`)
}

const journal: Check = async ({ config }) => {
  if (!config.watchHost && !config.sources.some(({ kind }) => kind === 'journald')) return []
  const read = await runProcess('journalctl', ['-n', '1', '-o', 'json', '--no-pager'], {
    timeoutMilliseconds: 5_000,
    maxBytes: 1_048_576,
  })
  if (read.ok && read.value.code === 0 && read.value.stdout.trim() !== '')
    return fine('journal of this machine', 'readable')
  const logs = ['/var/log/auth.log', '/var/log/syslog', '/var/log/messages', '/var/log/secure'].filter((path) =>
    existsSync(path),
  )
  return logs.length > 0
    ? fine('logs of this machine', `no journal here; ${logs.join(', ')} are read`)
    : warning(
        'logs of this machine',
        'neither a journal nor /var/log/syslog can be read',
        'add this account to the group systemd-journal or adm; packages and ports are watched all the same',
      )
}

const door: Check = async ({ config: { server } }) => {
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(server.host)
  if (loopback || server.tls) return fine('server', `${server.tls ? 'https' : 'http'}://${server.host}:${server.port}`)
  return wrong(
    'server',
    `listens on ${server.host} without TLS`,
    'set server.tls.cert and server.tls.key, or server.host to 127.0.0.1',
  )
}

const checks: readonly Check[] = [node, builtConsole, workspace, disk, model, rules, stores, ledger, journal, door]

/** Looks at everything. Never throws: what cannot be looked at is a finding. */
export async function examine(of: {
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly flags: Readonly<Record<string, string>>
}): Promise<Finding[]> {
  const config = await loadConfig(of)
  if (!config.ok)
    return config.fail.map((issue) =>
      wrong(
        'configuration',
        `${placeText(issue.at)}: ${issue.text}`,
        issue.help ?? 'see docs/reference/configuration.md',
      ),
    )
  const examined: Examined = { workspace: of.workspace, folder: join(of.workspace, '.castellan'), config: config.value }
  const findings: Finding[] = []
  for (const check of checks) {
    try {
      findings.push(...[await check(examined)].flat())
    } catch (thrown) {
      const fault = asFault(thrown)
      findings.push(wrong(check.name, fault.message, fault.help))
    }
  }
  return findings
}
