// A pack brought to a revision, and what that changes: in rules, and in the alerts that stored events would have given.
import { asFault, Fault } from '#kernel'
import { type LoadedRule, loadRules, type LoadOptions } from '../load.ts'
import { type AskStore, askStore } from '../rule-ask.ts'
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
  readonly matching: AskStore | undefined
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
const mostMeasured = 300

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
  const changes: MeasuredChange[] = []
  for (const [at, change] of packDiff(before, after).entries())
    changes.push({ ...change, ...(at < mostMeasured ? await measured(change, ask) : unmeasured) })
  return { name: pack.name, commit, pinned: commit === pack.revision, rules: after.length, changes }
}

const unmeasured = { hitsBefore: undefined, hitsAfter: undefined }

async function measured(
  { kind, before, after }: RuleChange,
  ask: UpdateAsk,
): Promise<typeof unmeasured | Pick<MeasuredChange, 'hitsBefore' | 'hitsAfter'>> {
  const { days, matching } = ask
  if (days === 0 || !matching || kind === 'words') return unmeasured
  return { hitsBefore: await hits(before, ask, matching), hitsAfter: await hits(after, ask, matching) }
}

async function hits(
  rule: LoadedRule | undefined,
  { at, days, signal }: UpdateAsk,
  matching: AskStore,
): Promise<number | undefined> {
  if (!rule?.compiled) return 0
  try {
    return (await askStore(rule.compiled, { since: at - days * dayLength, limit: 0, signal }, matching)).count
  } catch (thrown) {
    const fault = asFault(thrown)
    if (fault.code === 'TOO_LARGE' || fault.code === 'INPUT_INVALID') return undefined
    throw thrown
  }
}
