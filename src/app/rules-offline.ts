// Rules of folders looked over and tested without a server: what `castellan rule lint DIR` and `castellan rule test DIR` run.
import { join } from 'node:path'
import { listFolders } from '#platform'
import { type Lint, lintRules, type LintFinding, readRules, testRules, type TestRun } from '#detection'

export type { LintFinding, TestRun }

/** Looks over every rule below the folders. What cannot be read is a finding. */
export async function lintFolders(folders: readonly string[]): Promise<Lint> {
  const { files, issues } = await readRules(folders)
  const { rules, findings } = lintRules(files)
  const unread = issues.map(({ code, severity, at, text, help = '' }) => ({ code, severity, rule: '', at, text, help }))
  return { rules, findings: [...unread, ...findings] }
}

/** Runs every test of the rules below the folders; for a folder of SigmaHQ's `regression_data` with the rules beside it. Throws Fault CANCELLED. */
export async function testFolders(
  folders: readonly string[],
  options: { readonly signal: AbortSignal; readonly progress: (done: number, total: number) => void },
): Promise<TestRun> {
  const beside = await Promise.all(folders.map(rulesBeside))
  return testRules(folders, { ...options, beside: [...new Set(beside.flat())] })
}

/** SigmaHQ keeps the events of its tests in `regression_data`, and the rules in `rules`, `rules-emerging-threats` and others beside it. */
async function rulesBeside(folder: string): Promise<string[]> {
  const [, root] = /^(.*)[\\/]regression_data(?:[\\/].*)?$/.exec(folder) ?? []
  if (root === undefined) return []
  const entries = await listFolders(root)
  return entries.filter((name) => /^rules(?:-|$)/.test(name)).map((name) => join(root, name))
}
