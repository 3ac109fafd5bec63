// The model's files of a workspace: which there are, and their texts.
import { join, relative, sep } from 'node:path'
import { asFault, type Issue } from '#kernel'
import { listFiles, readTextFile, yamlLimits } from '#platform'
import { error, warning } from './issues.ts'
import type { ModelText } from './read.ts'

/** Folder of the model in a workspace. */
export const modelFolder = 'model'
const mostFiles = 1_000

/** What could be read, and a problem for each file that could not. */
export interface ModelFiles {
  readonly texts: ModelText[]
  readonly issues: Issue[]
  /** Whether any file could not be read. */
  readonly unread: boolean
}

/** All texts of model/**.yaml and .yml, by path. Never throws. */
export async function readModelFiles(workspace: string): Promise<ModelFiles> {
  let paths: string[]
  try {
    paths = await listFiles(join(workspace, modelFolder), { endings: ['.yaml', '.yml'], maxFiles: mostFiles })
  } catch (thrown) {
    const { message, help } = asFault(thrown)
    return { texts: [], issues: [error('folder-unreadable', { file: modelFolder }, message, help)], unread: true }
  }
  if (paths.length === 0) {
    const issue = warning(
      'model-empty',
      { file: modelFolder },
      'there is no model here',
      'write model/zones.yaml and model/assets.yaml, or run castellan init',
    )
    return { texts: [], issues: [issue], unread: false }
  }
  const texts: ModelText[] = []
  const issues: Issue[] = []
  for (const path of paths) {
    const file = relative(workspace, path).split(sep).join('/')
    const read = await readTextFile(path, { maxBytes: yamlLimits.bytes })
    if (read.ok) texts.push({ file, text: read.value })
    else issues.push({ ...read.fail, at: { file } })
  }
  return { texts, issues, unread: issues.length > 0 }
}
