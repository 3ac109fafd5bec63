// A pack brought to a revision, and what that changes: in rules, and in the alerts that stored events would have given.
import { asFault, Fault } from '#kernel'
import { type LoadedRule, loadRules, type LoadOptions } from '../load.ts'
import type { AskStore } from '../rule-ask.ts'
import { type RulesTallied, tallyRules } from '../rule-tally.ts'
import type { CompiledRule } from '../compile.ts'
import { packDiff, type RuleChange } from './diff.ts'
import { fetchPack, type Fetch, type Pack, packFolder } from './packs.io.ts'

export interface UpdateAsk extends Fetch, Pick<LoadOptions, 'lists' | 'overrides'> {
  readonly packs: readonly Pack[]
  readonly name: string
  /** The pinned one when left out. */
  readonly revision?: string | undefined
  /** Days of stored events to hold changed rules against; 0 for none. */
  readonly days: number
  readonly at: number
  readonly stored: AskStore | undefined
}
/** A change of a rule; hits of the days asked for, where the store was asked and could answer. */
export interface MeasuredChange extends RuleChange {
  readonly hitsBefore: number | undefined
  readonly hitsAfter: number | undefined
}
export interface PackUpdate {
  readonly name: string
  readonly commit: string
  /** Whether that commit is the one castellan.yaml names. */
  readonly pinned: boolean
  readonly rules: number
  readonly changes: readonly MeasuredChange[]
}

const dayLength = 86_400_000
const mostMeasured = 5_000

/** Fetches a pack and says what is different from the commit that castellan.yaml names. Throws Fault NOT_FOUND and what fetchPack throws. */
export async function updatePack(ask: UpdateAsk, inUse: readonly LoadedRule[]): Promise<PackUpdate> {
  const pack = ask.packs.find(({ name }) => name === ask.name)
  if (!pack)
    throw new Fault(
      'NOT_FOUND',
      `pack ${ask.name}; castellan.yaml names: ${ask.packs.map(({ name }) => name).join(', ') || 'none'}`,
    )
  const commit = await fetchPack(pack, ask.revision ?? pack.revision, ask)
  const options = { lists: ask.lists ?? {}, overrides: ask.overrides ?? {}, signal: ask.signal }
  const after = (await loadRules([packFolder(ask.root, pack, commit)], options)).rules
  const mine = packFolder(ask.root, pack, pack.revision)
  const before = inUse.filter(({ file }) => file.startsWith(mine))
  const all = packDiff(before, after)
  const asked = all.slice(0, mostMeasured).filter(({ kind }) => kind !== 'words')
  const [hitsBefore, hitsAfter] = [await hits(asked.map((one) => one.before), ask), await hits(asked.map((one) => one.after), ask)]
  const changes = all.map((change) => {
    const at = asked.indexOf(change)
    return { ...change, hitsBefore: hitsBefore?.[at], hitsAfter: hitsAfter?.[at] }
  })
  return { name: pack.name, commit, pinned: commit === pack.revision, rules: after.length, changes }
}

/** Hits of each rule, all asked at once; nothing where the store was not asked or could not answer. A rule that is not there has none. */
async function hits(
  rules: readonly (LoadedRule | undefined)[],
  { at, days, signal, stored }: UpdateAsk,
): Promise<(number | undefined)[] | undefined> {
  if (days === 0 || !stored) return undefined
  const compiled = rules.flatMap((rule) => rule?.compiled ?? [])
  const tallied = await countsOf(compiled, { since: at - days * dayLength, signal }, stored)
  return rules.map((rule) => (rule?.compiled ? tallied?.get(rule.id)?.count : 0))
}

async function countsOf(
  rules: readonly CompiledRule[],
  ask: { readonly since: number; readonly signal: AbortSignal },
  stored: AskStore,
): Promise<RulesTallied['rules'] | undefined> {
  try {
    return (await tallyRules(rules, ask, stored)).rules
  } catch (thrown) {
    const fault = asFault(thrown)
    if (fault.code === 'TOO_LARGE' || fault.code === 'INPUT_INVALID') return undefined
    throw thrown
  }
}
