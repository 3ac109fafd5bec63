// Settings put together: castellan.yaml, then CASTELLAN_* from the environment, then flags. All problems at once, each with its place.
import { isAbsolute, join } from 'node:path'
import { type Issue, no, ok, type Place, type Result } from '#kernel'
import { Config } from './config.ts'
import { type ConfigKey, configKeys } from './config-keys.ts'
import { readTextFile } from './files.ts'
import { didYouMean, nearest } from './near.ts'
import { parseYaml, type YamlDocument } from './yaml.ts'
import { issuesOfZod } from './zod-issues.ts'

/** What settings are put together from. */
export interface ConfigSources {
  /** Folder of castellan.yaml; without that file the defaults hold. */
  readonly workspace: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** By key with dots: `{ 'server.port': '8080' }`. */
  readonly flags: Readonly<Record<string, string>>
}

export const configFile = 'castellan.yaml'

/** The settings of a workspace, or everything that is wrong with them. Never throws. */
export async function loadConfig(given: ConfigSources): Promise<Result<Config, Issue[]>> {
  const document = await readConfigFile(given.workspace)
  if (!document.ok) return document
  const keys = configKeys()
  const laid = layOver(document.value, [...fromEnvironment(given.env, keys), ...fromFlags(given.flags, keys)])
  if (laid.issues.length > 0) return no(laid.issues)
  const parsed = Config.safeParse(laid.document.value)
  if (!parsed.success) return no(issuesOfZod(parsed.error, laid.document, configFile, Config))
  return readSecrets(parsed.data, given.workspace, keys)
}

async function readConfigFile(workspace: string): Promise<Result<YamlDocument, Issue[]>> {
  const text = await readTextFile(join(workspace, configFile), { maxBytes: 1_048_576 })
  if (!text.ok && text.fail.code !== 'file-missing') return no([{ ...text.fail, at: { file: configFile } }])
  const parsed = parseYaml(text.ok ? text.value : '', configFile)
  if (!parsed.ok) return parsed
  const { value } = parsed.value
  return ok({ ...parsed.value, value: value === null ? {} : value })
}

/** One value from beside the file. */
interface Laid {
  /** Where it came from, in place of a file's name. */
  readonly from: string
  readonly path: readonly string[]
  readonly value: unknown
  readonly issue?: Issue
}

/** Names that are ours but are no settings. */
const otherNames = /^CASTELLAN_(SECRET_KEY|TRACE|URL|TOKEN|DATA|TEST_.*)$/

function fromEnvironment(env: ConfigSources['env'], keys: readonly ConfigKey[]): Laid[] {
  const names = new Map(keys.filter(({ env: name }) => name !== '').map((key) => [key.env, key]))
  return Object.entries(env).flatMap(([name, text]) => {
    if (!name.startsWith('CASTELLAN_') || otherNames.test(name) || text === undefined) return []
    const from = `environment ${name}`
    const key = names.get(name)
    if (key) return [laidText(from, key, text)]
    // Other programs set names that begin like ours, so only a near miss is a mistake.
    const near = nearest(name, [...names.keys()])
    if (near === undefined) return []
    return [refused(from, 'unknown-key', `there is no setting ${name}`, `did you mean ${near}?`)]
  })
}

function fromFlags(flags: ConfigSources['flags'], keys: readonly ConfigKey[]): Laid[] {
  return Object.entries(flags).map(([name, text]) => {
    const from = `flag --${name}`
    const key = keys.find((one) => one.key === name)
    if (key === undefined)
      return refused(
        from,
        'unknown-key',
        `there is no setting ${name}`,
        didYouMean(
          name,
          keys.map((one) => one.key),
        ),
      )
    if (key.env === '')
      return refused(from, 'wrong-type', `${name} is a list`, `write it in ${configFile}; flags hold single values`)
    return laidText(from, key, text)
  })
}

const refused = (from: string, code: string, text: string, help: string): Laid => ({
  from,
  path: [],
  value: undefined,
  issue: { code, severity: 'error', at: { file: from }, text, help },
})

/** Text as the schema's type, where it fits; what does not fit stays text, so that the schema's own check names it. */
function laidText(from: string, { path, types }: ConfigKey, text: string): Laid {
  const trimmed = text.trim()
  if ((types.includes('number') || types.includes('integer')) && /^-?\d+(\.\d+)?$/.test(trimmed))
    return { from, path, value: Number(trimmed) }
  if (types.includes('boolean') && ['true', 'yes', '1', 'on'].includes(trimmed.toLowerCase()))
    return { from, path, value: true }
  if (types.includes('boolean') && ['false', 'no', '0', 'off'].includes(trimmed.toLowerCase()))
    return { from, path, value: false }
  return { from, path, value: text }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The document with the values laid over it, later ones over earlier ones; problems of a laid value point at where it came from. */
function layOver(document: YamlDocument, values: readonly Laid[]) {
  const issues = values.flatMap(({ issue }) => (issue ? [issue] : []))
  const origins = new Map<string, string>()
  let value = document.value
  for (const { from, path, value: laid, issue } of values) {
    if (issue || !isMap(value)) continue
    value = withValue(value, path, laid)
    origins.set(path.join('.'), from)
  }
  const place = (path: readonly PropertyKey[], of?: 'value' | 'key'): Place => {
    const from = origins.get(path.map(String).join('.'))
    return from === undefined ? document.place(path, of) : { file: from }
  }
  return { document: { file: document.file, value, place }, issues }
}

function withValue(value: Record<string, unknown>, path: readonly string[], laid: unknown): Record<string, unknown> {
  const [first = '', ...rest] = path
  if (rest.length === 0) return { ...value, [first]: laid }
  const inner = value[first]
  return { ...value, [first]: withValue(isMap(inner) ? inner : {}, rest, laid) }
}

/** Replaces `file:PATH` by that file's content (without the line end), for the settings that may hold a password. */
async function readSecrets(
  config: Config,
  workspace: string,
  keys: readonly ConfigKey[],
): Promise<Result<Config, Issue[]>> {
  let value: Record<string, unknown> = config
  for (const { key, path, secret } of keys) {
    const text = secret
      ? path.reduce<unknown>((here, part) => (isMap(here) ? here[part] : undefined), value)
      : undefined
    if (typeof text !== 'string' || !text.startsWith('file:')) continue
    const named = text.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
    const content = await readTextFile(isAbsolute(named) ? named : join(workspace, named), { maxBytes: 65_536 })
    if (!content.ok) return no([{ ...content.fail, text: `${key}: ${content.fail.text}` }])
    value = withValue(value, path, content.value.trim())
  }
  const again = Config.safeParse(value)
  if (again.success) return ok(again.data)
  const text = 'the file named by state.url or events.url does not hold a URL of the right kind'
  return no([
    { code: 'wrong-value', severity: 'error', at: { file: configFile }, text, help: 'write the URL alone into it' },
  ])
}
