// A pack brought to a revision, and what that changes: in rules, and in the alerts that stored events would have given.
import { asFault, Fault } from '#kernel'
import { findStored } from '../correlation/stored.ts'
import { type LoadedRule, loadRules, type LoadOptions } from '../load.ts'
import type { AskStore } from '../past/ask.ts'
import { tallyRules } from '../past/tally.ts'
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
  const hitsBefore = await hits(
    asked.map((one) => one.before),
    { ask, among: inUse },
  )
  const hitsAfter = await hits(
    asked.map((one) => one.after),
    { ask, among: after },
  )
  const changes = all.map((change) => {
    const at = asked.indexOf(change)
    return { ...change, hitsBefore: hitsBefore?.[at], hitsAfter: hitsAfter?.[at] }
  })
  return { name: pack.name, commit, pinned: commit === pack.revision, rules: after.length, changes }
}

/** Hits of each rule; nothing where the store was not asked or could not answer. A rule that is not there has none. */
async function hits(
  rules: readonly (LoadedRule | undefined)[],
  { ask, among }: { readonly ask: UpdateAsk; readonly among: readonly LoadedRule[] },
): Promise<(number | undefined)[] | undefined> {
  const { at, days, signal, stored } = ask
  if (days === 0 || !stored) return undefined
  const stretch = { since: at - days * dayLength, until: at, signal }
  const compiled = rules.flatMap((rule) => rule?.compiled ?? [])
  const tallied = await orNothing(tallyRules(compiled, stretch, stored))
  const found: (number | undefined)[] = []
  for (const rule of rules) {
    if (rule?.correlation) {
      const told = await orNothing(findStored(rule, { ...stretch, now: at }, { existing: existingIn(among), stored }))
      found.push(told?.findings.length)
    } else found.push(rule?.compiled ? tallied?.rules.get(rule.id)?.count : 0)
  }
  return found
}

const existingIn = (rules: readonly LoadedRule[]) => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return (id: string): LoadedRule => {
    const rule = byId.get(id)
    if (!rule) throw new Fault('INPUT_INVALID', `rule ${id} is not in the pack`)
    return rule
  }
}

/** What the store cannot answer stops no other question. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (thrown) {
    const { code } = asFault(thrown)
    if (code === 'TOO_LARGE' || code === 'INPUT_INVALID') return undefined
    throw thrown
  }
}
