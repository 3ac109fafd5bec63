// Rules of folders looked over and tested without a server: what `castellan rule lint DIR` and `castellan rule test DIR` run.
import { type Lint, lintRules, type LintFinding, readRules, testRules, type TestRun } from '#detection'

export type { LintFinding, TestRun }

/** Looks over every rule below the folders. What cannot be read is a finding. */
export async function lintFolders(folders: readonly string[]): Promise<Lint> {
  const { files, issues } = await readRules(folders)
  const { rules, findings } = lintRules(files)
  const unread = issues.map(({ code, severity, at, text, help = '' }) => ({ code, severity, rule: '', at, text, help }))
  return { rules, findings: [...unread, ...findings] }
}

/** Runs every test of the rules below the folders. Throws Fault CANCELLED. */
export const testFolders = (
  folders: readonly string[],
  options: { readonly signal: AbortSignal; readonly progress: (done: number, total: number) => void },
): Promise<TestRun> => testRules(folders, options)
