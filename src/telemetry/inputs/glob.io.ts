// Paths of a file, of what lies below a folder, or of a pattern such as /var/log/nginx/*.log.
import { readdir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** More files than this are not followed by one source. */
export const mostFiles = 10_000
const deepest = 16

const isPattern = (text: string): boolean => /[*?[]/.test(text)

/** A pattern's segment as a regular expression: `*`, `?` and `[a-z]`. */
function segmentPattern(segment: string): RegExp {
  const text = segment.replace(/\[[^\]/]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')
    return part.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  })
  try {
    return new RegExp(`^${text}$`)
  } catch {
    return /^(?!)/
  }
}

const entriesOf = async (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => [])
const kindOf = async (path: string): Promise<'file' | 'folder' | undefined> => {
  const about = await stat(path).catch(() => undefined)
  return about?.isFile() ? 'file' : about?.isDirectory() ? 'folder' : undefined
}

/** Files that a path, folder or pattern names now, sorted. What may not be read is left out, and so are names that begin with a dot. */
export async function filesBelow(pattern: string): Promise<string[]> {
  const found = new Set<string>()
  if (isPattern(pattern)) {
    const parts = pattern.split(sep)
    const fixed = parts.findIndex(isPattern)
    await match(parts.slice(0, fixed).join(sep) || (pattern.startsWith(sep) ? sep : '.'), parts.slice(fixed), 0, found)
  } else if ((await kindOf(pattern)) === 'file') found.add(pattern)
  else await walk(pattern, 0, found)
  return [...found].sort().slice(0, mostFiles)
}

async function walk(folder: string, depth: number, found: Set<string>): Promise<void> {
  if (depth > deepest || found.size >= mostFiles) return
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    // A link to a folder is not followed: it could lead round in a ring.
    if (entry.isDirectory()) await walk(path, depth + 1, found)
    else if (entry.isFile() || (entry.isSymbolicLink() && (await kindOf(path)) === 'file')) found.add(path)
  }
}

async function match(folder: string, parts: readonly string[], depth: number, found: Set<string>): Promise<void> {
  const [first = '', ...rest] = parts
  if (depth > deepest || found.size >= mostFiles) return
  if (first === '**') await match(folder, rest, depth, found)
  const wanted = first === '**' ? /^/ : segmentPattern(first)
  const below = first === '**' ? parts : rest
  const names = (await entriesOf(folder)).map(({ name }) => name).filter((name) => wanted.test(name))
  for (const name of names.filter((name) => first.startsWith('.') || !name.startsWith('.'))) {
    const path = join(folder, name)
    const kind = await kindOf(path)
    if (kind === 'folder' && below.length > 0) await match(path, below, depth + 1, found)
    if (kind === 'file' && rest.length === 0) found.add(path)
  }
}
