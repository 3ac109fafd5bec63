// Files read with limits, folders listed without leaving them, files replaced in one step.
import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { Fault, type Issue, no, ok, type Result } from '#kernel'
import { storeFault, systemErrorCode, systemErrorText } from './system-error.ts'

/** A number of bytes as people read it: `512 bytes`, `1.5 MiB`. */
export const sizeText = (bytes: number): string => {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1)
  const amount = bytes / 1024 ** step
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${units[step]}`
}

const problem = (file: string, code: string, text: string, help: string): Result<never, Issue> =>
  no({ code, severity: 'error', at: { file }, text, help })

/**
 * A whole text file as UTF-8 (a byte-order mark is dropped), at most `maxBytes` long.
 * Fails with an Issue when it is missing, unreadable, not a regular file, too large, or not UTF-8.
 */
export async function readTextFile(path: string, { maxBytes }: { maxBytes: number }): Promise<Result<string, Issue>> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    if (!(await file.stat()).isFile()) return noFile(path)
    return textOf(path, await readAtMost(file, maxBytes + 1), maxBytes)
  } catch (thrown) {
    return unreadable(path, thrown)
  } finally {
    await file?.close()
  }
}

/** As `readTextFile`, at once: for thousands of small files, where waiting for each costs ten times as much as reading it. */
export function readTextFileSync(path: string, { maxBytes }: { maxBytes: number }): Result<string, Issue> {
  try {
    const about = statSync(path)
    if (!about.isFile()) return noFile(path)
    return about.size > maxBytes ? tooLarge(path, maxBytes) : textOf(path, readFileSync(path), maxBytes)
  } catch (thrown) {
    return unreadable(path, thrown)
  }
}

const noFile = (path: string) => problem(path, 'file-unreadable', 'this is not a file', 'give the path of a file')
const tooLarge = (path: string, most: number) =>
  problem(
    path,
    'file-too-large',
    `the file is larger than ${sizeText(most)}`,
    'split it, or take out what does not belong in it',
  )

function textOf(path: string, bytes: Buffer, most: number): Result<string, Issue> {
  if (bytes.length > most) return tooLarge(path, most)
  if (!isUtf8(bytes)) return problem(path, 'file-not-utf8', 'the file is not UTF-8 text', 'save it as UTF-8')
  const text = bytes.toString('utf8')
  return ok(text.startsWith('\uFEFF') ? text.slice(1) : text)
}

function unreadable(path: string, thrown: unknown): Result<never, Issue> {
  const code = systemErrorCode(thrown) === 'ENOENT' ? 'file-missing' : 'file-unreadable'
  return problem(path, code, `cannot read the file: ${systemErrorText(thrown)}`, 'check the path and who may read it')
}

async function readAtMost(file: FileHandle, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let left = most
  while (left > 0) {
    const part = Buffer.allocUnsafe(Math.min(left, 65_536))
    const { bytesRead } = await file.read(part, 0, part.length, null)
    if (bytesRead === 0) break
    parts.push(part.subarray(0, bytesRead))
    left -= bytesRead
  }
  return Buffer.concat(parts)
}

/** Which files to list. */
export interface ListFiles {
  /** Endings such as `.yaml`, upper or lower case; empty means every file. */
  readonly endings: readonly string[]
  readonly maxFiles: number
}
const deepest = 32
const foldersAtOnce = 16

/**
 * Paths (folder joined with what is below it) of the files below a folder, sorted. Names that begin with a dot are left out; a missing
 * folder has no files. Symbolic links are followed only while they stay inside the folder, and each folder is entered once.
 * Throws Fault TOO_LARGE when there are more than `maxFiles`, UNREADABLE when the folder cannot be read.
 */
export async function listFiles(folder: string, options: ListFiles): Promise<string[]> {
  const endings = options.endings.map((ending) => ending.toLowerCase())
  const wanted = (name: string) => endings.length === 0 || endings.some((ending) => name.toLowerCase().endsWith(ending))
  const root = await realpath(folder).catch(() => undefined)
  if (root === undefined) return []
  const found: string[] = []
  const entered = new Set<string>()
  /** Followed when all folders have been entered that are there themselves: so it is always the same path that counts. */
  const links: Below[] = []

  const visit = async ({ path: shown, depth }: Below): Promise<void> => {
    const real = await realpath(shown)
    if (depth > deepest || entered.has(real)) return
    entered.add(real)
    const below: Below[] = []
    for (const entry of await readdir(shown, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const path = join(shown, entry.name)
      const isLink = entry.isSymbolicLink()
      const kind = isLink ? await kindInside(path, root) : entry
      if (kind?.isFile() && wanted(entry.name)) found.push(path)
      if (kind?.isDirectory()) (isLink ? links : below).push({ path, depth: depth + 1 })
      if (found.length > options.maxFiles)
        throw new Fault('TOO_LARGE', `folder ${folder} has more than ${options.maxFiles} files`)
    }
    for (let at = 0; at < below.length; at += foldersAtOnce)
      await Promise.all(below.slice(at, at + foldersAtOnce).map(visit))
  }
  try {
    await visit({ path: folder, depth: 0 })
    for (let next = links.sort(byPath).shift(); next; next = links.sort(byPath).shift()) await visit(next)
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    throw new Fault('UNREADABLE', `folder ${folder}: ${systemErrorText(thrown)}`, { cause: thrown })
  }
  return found.sort()
}

/** A folder to be entered. */
interface Below {
  readonly path: string
  readonly depth: number
}
const byPath = (a: Below, b: Below): number => (a.path < b.path ? -1 : 1)

/** Names of the folders in a folder, sorted; none when it is not there or cannot be read. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** What a symbolic link leads to, or nothing when that is outside the folder or not there. */
async function kindInside(path: string, root: string) {
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined || !(real === root || real.startsWith(root + sep))) return undefined
  return stat(real).catch(() => undefined)
}

/** Makes a folder and those above it, for the owner only unless a mode is given. */
export async function makeFolder(path: string, mode = 0o700): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode })
  } catch (thrown) {
    throw storeFault(`folder ${path}`, thrown)
  }
}

/** Makes a change of a folder's entries (a new, renamed or removed file) survive a power loss. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

let written = 0
/**
 * Replaces a file in one step: a reader sees all of the old or all of the new bytes, also after a power loss. The folder is made when missing.
 * Throws Fault STORE_DOWN (disk full, not permitted); the old file is then as it was.
 */
export async function writeFileAtomic(path: string, bytes: string | Uint8Array, mode = 0o644): Promise<void> {
  const folder = dirname(path)
  await makeFolder(folder, 0o755)
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${(written += 1)}.part`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.chmod(mode)
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(folder)
  } catch (thrown) {
    await rm(temporary, { force: true })
    throw storeFault(`file ${path}`, thrown)
  }
}

/** Bytes used by a file, or by everything below a folder (links are not followed). Nothing there: 0. */
export async function bytesUsed(path: string): Promise<number> {
  const about = await lstat(path).catch(() => undefined)
  if (about === undefined) return 0
  if (!about.isDirectory()) return about.size
  const names = await readdir(path).catch(() => [])
  let sum = 0
  for (const name of names) sum += await bytesUsed(join(path, name))
  return sum
}
