// A rule written in the console, kept where the workspace has its own rules. What comes from packs is never changed.
import { dirname } from 'node:path'
import { Fault, placeText } from '#kernel'
import type { LoadedRule } from '../load.ts'
import { originOf } from './origin.ts'
import type { Packs } from '../packs/packs.io.ts'
import { freeFile, ruleText, writeRule } from './files.io.ts'
import type { Lists } from '../sigma/modifiers.ts'
import { parseSigma } from '../sigma/parse.ts'

export interface SaveAsked {
  readonly yaml: string
  /** The rule that is changed; a new file where it is left out. */
  readonly id?: string | undefined
  /** Its text when it was opened: what was written since by others is not overwritten. */
  readonly was?: string | undefined
}
export interface SaveDeps {
  readonly own: string | undefined
  readonly folders: readonly string[]
  readonly packs?: Packs | undefined
  readonly lists: Lists
  readonly rules: () => readonly LoadedRule[]
  readonly existing: (id: string) => LoadedRule
  readonly reload: () => Promise<void>
}
export interface Saved {
  /** Of the first rule in the file. */
  readonly id: string
  readonly path: string
}

/** `Whoami as SYSTEM` as `whoami_as_system`. */
export const nameOf = (title: string): string =>
  (title.toLowerCase().match(/[a-z0-9]+/g) ?? []).join('_').slice(0, 80) || 'rule'

/**
 * Writes a rule and loads it. Throws Fault INPUT_INVALID for a text that is no rule, CONFLICT where the file has changed, belongs to a
 * pack, or an id is taken, CONFIG_INVALID without a folder for rules.
 */
export async function saveRule({ yaml, id, was }: SaveAsked, deps: SaveDeps): Promise<Saved> {
  const { issues, documents } = parseSigma(yaml, 'rule.yml', deps.lists)
  const wrong = issues.find(({ severity }) => severity === 'error')
  if (wrong) throw new Fault('INPUT_INVALID', `${placeText(wrong.at)}: ${wrong.text}`)
  const [first] = documents
  if (!first) throw new Fault('INPUT_INVALID', 'yaml: there is no rule in it')
  const ids = documents.map(({ head }) => head.id)
  const path = id === undefined ? await newFile(first.head.title, ids, deps) : await sameFile(id, ids, { ...deps, was })
  await writeRule(path, dirname(path), yaml.endsWith('\n') ? yaml : `${yaml}\n`)
  await deps.reload()
  return { id: first.head.id, path }
}

async function newFile(title: string, ids: readonly string[], { own, rules }: SaveDeps): Promise<string> {
  if (own === undefined)
    throw new Fault('CONFIG_INVALID', 'rules: there is no folder of rules to write into; name one, such as [rules]')
  mustBeFree(ids, rules())
  return freeFile(own, nameOf(title))
}

async function sameFile(
  id: string,
  ids: readonly string[],
  { was, ...deps }: SaveDeps & Pick<SaveAsked, 'was'>,
): Promise<string> {
  const rule = deps.existing(id)
  const { from, pack } = originOf(rule.file, deps)
  if (from !== 'own')
    throw new Fault(
      'CONFLICT',
      `"${rule.title}" comes from ${from === 'pack' ? `the pack ${pack}` : rule.file} and is not changed here: save it as a new rule with an id of its own, or override it in castellan.yaml`,
    )
  const now = await ruleText(rule.file)
  if (was !== undefined && now !== undefined && now !== was)
    throw new Fault('CONFLICT', `${rule.file} was changed by somebody else since it was opened here`)
  mustBeFree(
    ids,
    deps.rules().filter(({ file }) => file !== rule.file),
  )
  return rule.file
}

function mustBeFree(ids: readonly string[], others: readonly LoadedRule[]): void {
  const taken = others.find((other) => ids.includes(other.id))
  if (taken) throw new Fault('CONFLICT', `the id ${taken.id} is taken by ${taken.file}`)
}
