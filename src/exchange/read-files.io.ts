// Files and folders to import, read; and drafted files written where nothing is yet.
import { lstat, realpath } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { Fault, type Issue } from '#kernel'
import { listFiles, makeFolder, readTextFile, systemErrorCode, writeFileAtomic } from '#platform'
import { mostBytes, type SourceText } from './sources.ts'
import type { FileText } from './yaml-text.ts'

const endings = ['.yaml', '.yml', '.json', '.xml', '.nft', '.txt']
const mostFiles = 2_000

export interface ReadSources {
  readonly texts: SourceText[]
  readonly issues: Issue[]
}

/**
 * The texts of files, and of folders every file with an ending of a known format. Files that cannot be read are issues.
 * With `within`, so are those that links lead out of that folder.
 */
export async function readSourceFiles(paths: readonly string[], within?: string): Promise<ReadSources> {
  const texts: SourceText[] = []
  const issues: Issue[] = []
  for (const path of paths) {
    if (within !== undefined && !(await liesWithin(path, within))) {
      issues.push({
        code: 'file-outside',
        severity: 'error',
        at: { file: path },
        text: 'this lies outside the workspace',
        help: 'import it from the command line',
      })
      continue
    }
    const folder = (await lstat(path).catch(() => undefined))?.isDirectory() ?? false
    for (const file of folder ? await listFiles(path, { endings, maxFiles: mostFiles }) : [path]) {
      const read = await readTextFile(file, { maxBytes: mostBytes })
      if (read.ok) texts.push({ file, text: read.value })
      else issues.push(read.fail)
    }
  }
  return { texts, issues }
}

/** Whether a path, links followed, lies in a folder. What is not there lies nowhere else. */
async function liesWithin(path: string, folder: string): Promise<boolean> {
  const [real, root] = await Promise.all([realpath(path).catch(() => undefined), realpath(folder)])
  return real === undefined || real === root || real.startsWith(root + sep)
}

/**
 * Writes drafted files below a folder. Nothing that is there is replaced: throws Fault CONFLICT with the names of all that are, before anything is written.
 * Returns the paths written.
 */
export async function writeImport(folder: string, files: readonly FileText[]): Promise<string[]> {
  const root = resolve(folder)
  const targets = files.map(({ path, text }) => ({ path, text, target: resolve(root, path) }))
  const outside = targets.filter(({ target }) => !target.startsWith(root + sep))
  if (outside.length > 0) throw new Fault('INPUT_INVALID', `${outside[0]?.path ?? ''} lies outside ${folder}`)
  const there: string[] = []
  for (const { path, target } of targets) if (await exists(target)) there.push(path)
  if (there.length > 0)
    throw new Fault('CONFLICT', `${there.join(', ')} ${there.length === 1 ? 'is' : 'are'} there already`)
  await makeFolder(root, 0o755)
  for (const { target, text } of targets) await writeFileAtomic(target, text)
  return targets.map(({ path }) => join(folder, path))
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return false
    throw thrown
  }
}
