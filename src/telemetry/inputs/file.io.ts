// Files that grow: followed line by line through rotation and truncation, each line taken once also over restarts.
import { basename, dirname, join as pathOf } from 'node:path'
import { readdir, stat } from 'node:fs/promises'
import { asFault } from '#kernel'
import { pause } from '../pause.io.ts'
import { readZipped } from './compressed.io.ts'
import { isCompressed } from './decompress.io.ts'
import { filesBelow } from './glob.io.ts'
import type { Input, InputContext } from './input.ts'
import { joinRule } from './join-rule.ts'
import { type Following, Tailed } from './tailed.io.ts'

const lookEvery = 500
/** A rotated file may still be written to for a moment. */
const graceMilliseconds = 10_000

export const file: Input<'file'> = ({ name, path, join, parser }, context) =>
  tail({ name, paths: [path], join: joinRule(join), csv: parser === 'csv' }, context)

/** Which files to follow, under which name their positions are kept, and how they are read. */
export interface TailTarget extends Omit<Following, 'prefix'> {
  readonly name: string
  readonly paths: readonly string[]
}

/** Follows files until the signal. */
export async function tail(target: TailTarget, context: InputContext): Promise<void> {
  const { join, csv } = target
  const prefix = `file:${target.name}:`
  const following: Following = { prefix, join, csv }
  /** By inode: a renamed file is the same file. */
  const followed = new Map<string, Tailed>()
  const failures = new Map<string, string>()
  try {
    for (const path of await rotatedAway(target, prefix, context)) await see(path, following, followed)
    while (!context.signal.aborted) {
      const began = context.clock.now()
      const paths = (await Promise.all(target.paths.map(filesBelow))).flat()
      const zipped = paths.filter(isCompressed)
      const present = new Set<string>()
      for (const path of paths) {
        if (isCompressed(path)) continue
        const inode = await see(path, following, followed)
        if (inode !== undefined) present.add(inode)
      }
      if (paths.length === 0) context.waiting(`${target.paths.join(', ')}: nothing there yet`)
      else context.running(`${target.paths.join(', ')}: ${paths.length} ${paths.length === 1 ? 'file' : 'files'}`)
      await readAll(followed, present, failures, context)
      for (const path of zipped)
        await attempt(path, failures, context, () => readZipped(path, target, present, context))
      // Looking at very many files takes at most a tenth of the time.
      await pause(Math.max(lookEvery, (context.clock.now() - began) * 9), context.signal)
    }
  } finally {
    for (const one of followed.values()) await one.close()
  }
}

/** Follows the file at a path; answers with its inode. */
async function see(path: string, following: Following, followed: Map<string, Tailed>): Promise<string | undefined> {
  const about = await stat(path, { bigint: true }).catch(() => undefined)
  if (!about?.isFile()) return undefined
  const inode = String(about.ino)
  const known = followed.get(inode)
  if (known) known.path = path
  else followed.set(inode, new Tailed(path, inode, following))
  return inode
}

async function readAll(
  followed: Map<string, Tailed>,
  present: ReadonlySet<string>,
  failures: Map<string, string>,
  context: InputContext,
): Promise<void> {
  for (const [inode, one] of followed) {
    if (context.signal.aborted) return
    await attempt(one.path, failures, context, () => one.readNew(context))
    if (present.has(inode)) one.gone = undefined
    else one.gone ??= context.clock.now()
    if (one.gone === undefined || context.clock.now() - one.gone < graceMilliseconds) continue
    await attempt(one.path, failures, context, () => one.finish(context))
    await one.close()
    followed.delete(inode)
  }
}

/** One file that cannot be read does not stop the others; it is told once, and tried again. */
async function attempt(
  path: string,
  failures: Map<string, string>,
  context: InputContext,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
    failures.delete(path)
  } catch (thrown) {
    const { code, message } = asFault(thrown)
    if (context.signal.aborted || code === 'STORE_DOWN' || code === 'CANCELLED') throw thrown
    if (failures.get(path) !== message) context.log.warn({ err: thrown, file: path }, 'a file cannot be read')
    failures.set(path, message)
  }
}

/** Files that were renamed while nobody looked, as `app.log.1`: they may end in lines not taken yet. */
async function rotatedAway(target: TailTarget, prefix: string, context: InputContext): Promise<string[]> {
  const known = new Set(context.positions(prefix).map((key) => key.slice(prefix.length)))
  const found: string[] = []
  for (const path of known.size === 0 ? [] : target.paths) {
    const name = basename(path).split(/[*?[]/)[0] ?? ''
    for (const sibling of await readdir(dirname(path)).catch(() => [])) {
      if (!sibling.startsWith(name) || name === '' || isCompressed(sibling)) continue
      const about = await stat(pathOf(dirname(path), sibling), { bigint: true }).catch(() => undefined)
      if (about && known.has(String(about.ino))) found.push(pathOf(dirname(path), sibling))
    }
  }
  return found
}
