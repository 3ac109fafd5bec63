// The model's files as they were at a revision of git. Git is asked with lists of arguments, and only to read.
import { Fault } from '#kernel'
import { runProcess, yamlLimits } from '#platform'
import { modelFolder } from '../files.io.ts'
import type { ModelText } from '../read.ts'

/** The texts of a revision. */
export interface Revision {
  readonly commit: string
  readonly texts: readonly ModelText[]
}

/** What may stand for a revision: HEAD~3, main, v1.2, a hash. No option of git begins so. */
export const revisionPattern = /^[A-Za-z0-9][A-Za-z0-9._/@^~{}+-]{0,199}$/

const limits = {
  timeoutMilliseconds: 20_000,
  maxBytes: 20_000_000,
  env: { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
}
const mostFiles = 1_000
const atOnce = 8

/**
 * Reads model/**.yaml of a workspace at a revision. Faults: INPUT_INVALID when the text can be no revision, NOT_FOUND when git knows none of that name
 * or the folder is in no repository, UNREADABLE when git cannot be asked or a file is too large.
 */
export async function readRevision(workspace: string, revision: string, signal?: AbortSignal): Promise<Revision> {
  if (!revisionPattern.test(revision))
    throw new Fault('INPUT_INVALID', `${revision.slice(0, 60)} is no revision of git`)
  const ask = asker(workspace, signal)
  const named = await ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
  if (named.code !== 0) {
    const why = named.stderr.split('\n')[0] ?? ''
    throw new Fault(
      'NOT_FOUND',
      `revision ${revision} in the git history of this workspace${why === '' ? '' : ` (${why})`}`,
    )
  }
  const commit = named.stdout.trim()
  const listing = await ask(['ls-tree', '-r', '-z', '--name-only', commit, '--', `${modelFolder}/`])
  if (listing.code !== 0) throw new Fault('UNREADABLE', `the model at ${revision}: ${listing.stderr.slice(0, 200)}`)
  const paths = listing.stdout
    .split('\0')
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .slice(0, mostFiles)
  const texts: ModelText[] = []
  for (let from = 0; from < paths.length; from += atOnce)
    texts.push(...(await Promise.all(paths.slice(from, from + atOnce).map((path) => textAt(ask, commit, path)))))
  return { commit, texts }
}

type Ask = (args: readonly string[]) => Promise<{ stdout: string; stderr: string; code: number }>

const asker =
  (workspace: string, signal: AbortSignal | undefined): Ask =>
  async (args) => {
    const options = { ...limits, folder: workspace, ...(signal ? { signal } : {}) }
    const answer = await runProcess('git', ['-c', 'core.fsmonitor=false', '--no-pager', ...args], options)
    if (!answer.ok) throw new Fault('UNREADABLE', `the history of the workspace: ${answer.fail}`)
    return answer.value
  }

async function textAt(ask: Ask, commit: string, path: string): Promise<ModelText> {
  const { stdout, code, stderr } = await ask(['cat-file', 'blob', `${commit}:./${path}`])
  if (code !== 0) throw new Fault('UNREADABLE', `${path} at ${commit.slice(0, 12)}: ${stderr.slice(0, 200)}`)
  if (Buffer.byteLength(stdout) > yamlLimits.bytes) throw new Fault('TOO_LARGE', `${path} at ${commit.slice(0, 12)}`)
  return { file: path, text: stdout }
}
