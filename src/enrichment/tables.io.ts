// The tables that enrichers look into, read from the workspace, and read again when a file changes.
import { readFile, stat } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Issue } from '#kernel'
import { issuesOfZod, parseYaml, readTextFile } from '#platform'
import { AllowLists } from './allow.ts'
import { geoDatabase, type GeoDatabase } from './geo.ts'
import { directoryOf, type Directory, Identities } from './identity.ts'
import { type Feeds, feedFiles, type FeedsAt, readFeeds } from './intelligence/feeds.io.ts'

/** Where the tables are; paths are absolute. */
export interface TablesAt extends FeedsAt {
  readonly geo: readonly string[]
  readonly allow: readonly string[]
  readonly identities: string
}
export interface Tables extends Feeds {
  readonly databases: readonly GeoDatabase[]
  readonly allow: AllowLists
  readonly directory: Directory | undefined
  /** Numbers for people. */
  readonly counts: { readonly geo: number; readonly allow: number; readonly identities: number }
}

const mostIdentities = 67_108_864

/** A text that changes when any file of the tables does. */
export async function stampOf(at: TablesAt): Promise<string> {
  const files = await feedFiles([...at.paths, ...at.geo, ...at.allow])
  const about = await stat(at.identities).catch(() => undefined)
  return JSON.stringify([files, about?.size, about?.mtimeMs])
}

/** Reads everything anew. Nothing that is wrong with one file costs the others. */
export async function readTables(at: TablesAt): Promise<Tables> {
  const issues: Issue[] = []
  const [feeds, databases, allow, identities] = [
    await readFeeds(at),
    await readGeo(at, issues),
    await readAllow(at, issues),
    await readIdentities(at, issues),
  ]
  return {
    ...feeds,
    databases,
    allow,
    directory: identities && directoryOf(identities),
    counts: { geo: databases.length, allow: allow.size, identities: identities?.identities.length ?? 0 },
    issues: [...feeds.issues, ...issues],
  }
}

const because = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : 'it cannot be read')

async function readGeo({ geo, workspace }: TablesAt, issues: Issue[]): Promise<GeoDatabase[]> {
  const found: GeoDatabase[] = []
  for (const { path } of (await feedFiles(geo)).filter((file) => file.path.toLowerCase().endsWith('.mmdb'))) {
    try {
      found.push(geoDatabase(await readFile(path)))
    } catch (thrown) {
      const help = "bring a database in MaxMind's format, such as GeoLite2-Country.mmdb"
      issues.push({
        code: 'geo-unreadable',
        severity: 'error',
        at: { file: relative(workspace, path) },
        text: because(thrown),
        help,
      })
    }
  }
  return found
}

async function readAllow({ allow, workspace }: TablesAt, issues: Issue[]): Promise<AllowLists> {
  const lists = new AllowLists()
  for (const { path } of await feedFiles(allow)) {
    const file = relative(workspace, path)
    const wrong = (text: string, line?: number): void =>
      void issues.push({
        code: 'allow-unreadable',
        severity: 'warning',
        at: line === undefined ? { file } : { file, line },
        text,
        help: "one value a line, or a warning list of MISP's as JSON",
      })
    try {
      addAllowed(await readFile(path, 'utf8'), { path, file, lists, wrong })
    } catch (thrown) {
      wrong(because(thrown))
    }
  }
  return lists
}

interface Adding {
  readonly path: string
  readonly file: string
  readonly lists: AllowLists
  readonly wrong: (text: string, line?: number) => void
}

function addAllowed(text: string, { path, file, lists, wrong }: Adding): void {
  if (path.toLowerCase().endsWith('.json')) {
    const refused = lists.addWarningList(JSON.parse(text))
    if (!refused) wrong('this JSON is no warning list: it has no name, type and list')
    else if (refused.length > 0) wrong(`${refused.length} entries cannot be compared, the first is ${refused[0]}`)
    return
  }
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const value = line.replace(/\s*#.*$/, '').trim()
    if (value !== '' && !lists.add(value, file))
      wrong(`${value.slice(0, 60)} is no address, network, name, URL or hash`, at + 1)
  }
}

async function readIdentities({ identities, workspace }: TablesAt, issues: Issue[]): Promise<Identities | undefined> {
  if (!(await stat(identities).catch(() => undefined))) return undefined
  const file = relative(workspace, identities)
  const text = await readTextFile(identities, { maxBytes: mostIdentities })
  if (!text.ok) return void issues.push(text.fail)
  const read = parseYaml(text.value, file)
  if (!read.ok) return void issues.push(...read.fail)
  const checked = Identities.safeParse(read.value.value)
  if (checked.success) return checked.data
  return void issues.push(...issuesOfZod(checked.error, read.value, file, Identities))
}
