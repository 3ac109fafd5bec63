// Packs of rules from git, each pinned to a commit: fetched into the workspace's own folder, never run, never changed.
import { join, resolve } from 'node:path'
import { Fault } from '#kernel'
import { makeFolder, readTextFile, runProcess, writeFileAtomic } from '#platform'

/** A pack as castellan.yaml names it. */
export interface Pack {
  readonly name: string
  /** https, ssh, or a folder (from the workspace). */
  readonly git: string
  /** Hash of a commit: what is in use changes only when this line changes. */
  readonly revision: string
  /** Where its rules lie; empty for all of it. */
  readonly folder: string
}

const limits = { timeoutMilliseconds: 600_000, maxBytes: 4_000_000 }
/** Other ways of git run programs of the other side's choosing. */
const env = { GIT_ALLOW_PROTOCOL: 'https:ssh:file', GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' }
/** A branch, tag or hash; no option of git begins so. */
const revisionShape = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/
const hashShape = /^[0-9a-f]{40}$/

/** Where the rules of a pack lie at a commit. */
export const packFolder = (root: string, { name, folder }: Pack, commit: string): string =>
  join(root, name, commit, folder)

/** The packs of a workspace, and the folder they are fetched into. */
export interface Packs {
  readonly root: string
  readonly workspace: string
  readonly all: readonly Pack[]
}

/** Folders of the rules in use: those of the pinned commits. */
export const packFolders = ({ root, all }: Packs): string[] => all.map((pack) => packFolder(root, pack, pack.revision))

export interface Fetch {
  /** The folder of all packs, and the workspace that paths are taken from. */
  readonly root: string
  readonly workspace: string
  readonly signal: AbortSignal
}

/** Fetches a pack at a revision, if it is not there yet; answers the commit. Throws Fault INPUT_INVALID, NOT_FOUND, UNREADABLE, CANCELLED. */
export async function fetchPack(pack: Pack, revision: string, { root, workspace, signal }: Fetch): Promise<string> {
  if (!revisionShape.test(revision) || revision.includes('..'))
    throw new Fault('INPUT_INVALID', `${revision.slice(0, 60)} is no revision of git`)
  if (hashShape.test(revision) && (await isWhole(join(root, pack.name, revision)))) return revision
  const mirror = join(root, `${pack.name}.git`)
  await makeFolder(mirror)
  const ask = async (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    const all = ['-c', 'core.symlinks=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', ...args]
    const answer = await runProcess('git', all, { ...limits, env, folder: mirror, signal })
    if (signal.aborted) throw new Fault('CANCELLED', `fetching the pack ${pack.name}`)
    if (!answer.ok) throw new Fault('UNREADABLE', `the pack ${pack.name}: ${answer.fail}`)
    return answer.value
  }
  await ask('init', '--quiet', '--bare')
  const from = /^(?:https|ssh|file):\/\/|^git@/.test(pack.git) ? pack.git : resolve(workspace, pack.git)
  const commit = await commitOf(ask, { from, revision, name: pack.name })
  const target = join(root, pack.name, commit)
  await makeFolder(target)
  const paths = pack.folder === '' ? ['.'] : [pack.folder]
  const { code, stderr } = await ask('--work-tree', target, 'checkout', '--quiet', '--force', commit, '--', ...paths)
  if (code !== 0)
    throw new Fault(
      'NOT_FOUND',
      `${pack.folder} in the pack ${pack.name} at ${commit.slice(0, 12)}: ${firstLine(stderr)}`,
    )
  await writeFileAtomic(join(target, wholeMark), '')
  return commit
}

type Ask = (...args: readonly string[]) => Promise<{ code: number; stdout: string; stderr: string }>

/** The one commit alone where the other side gives it, else all branches and tags. */
async function commitOf(
  ask: Ask,
  { from, revision, name }: { from: string; revision: string; name: string },
): Promise<string> {
  const one = await ask('fetch', '--quiet', '--depth', '1', '--no-tags', '--', from, revision)
  const tried =
    one.code === 0
      ? one
      : await ask('fetch', '--quiet', '--force', '--', from, '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*')
  if (tried.code !== 0) throw new Fault('UNREADABLE', `the pack ${name}: ${firstLine(tried.stderr)}`)
  const wanted = one.code === 0 ? 'FETCH_HEAD' : revision
  const { code, stdout } = await ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`)
  const commit = stdout.trim()
  if (code !== 0 || !hashShape.test(commit)) throw new Fault('NOT_FOUND', `revision ${revision} of the pack ${name}`)
  return commit
}

const firstLine = (text: string): string => text.split('\n')[0]?.slice(0, 300) ?? ''
/** Written last: a folder without it was left half fetched. */
const wholeMark = '.whole'
const isWhole = async (folder: string): Promise<boolean> =>
  (await readTextFile(join(folder, wholeMark), { maxBytes: 1 })).ok
