// Files of a workspace that this room reads and writes: decisions/ and threats/.
import { join, relative, sep } from 'node:path'
import { Fault, type Issue } from '#kernel'
import { listFiles, readTextFile, writeFileAtomic, yamlLimits } from '#platform'
import { decisionFile, withDecision } from './decisions/write.ts'
import type { Decision } from './threat.ts'

export interface FolderText {
  readonly file: string
  readonly text: string
}

/** The YAML files below a folder of the workspace; a file that cannot be read is an issue. A missing folder has none. */
export async function readFolder(workspace: string, folder: string): Promise<{ texts: FolderText[]; issues: Issue[] }> {
  const paths = await listFiles(join(workspace, folder), { endings: ['.yaml', '.yml'], maxFiles: 1_000 })
  const texts: FolderText[] = []
  const issues: Issue[] = []
  for (const path of paths) {
    const file = relative(workspace, path).split(sep).join('/')
    const read = await readTextFile(path, { maxBytes: yamlLimits.bytes })
    if (read.ok) texts.push({ file, text: read.value })
    else issues.push({ ...read.fail, at: { file } })
  }
  return { texts, issues }
}

/** Adds a decision to decisions/threats.yaml. Returns the diff. Throws Fault CONFLICT when the file cannot take it, UNREADABLE when it cannot be read. */
export async function writeDecision(workspace: string, decision: Decision): Promise<string> {
  const path = join(workspace, decisionFile)
  const read = await readTextFile(path, { maxBytes: yamlLimits.bytes })
  if (!read.ok && read.fail.code !== 'file-missing') throw new Fault('UNREADABLE', `${decisionFile}: ${read.fail.text}`)
  const { text, diff } = withDecision(read.ok ? read.value : '', decision)
  await writeFileAtomic(path, text)
  return diff
}
