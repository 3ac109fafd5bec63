// The model room at work: the estate as it was last read, and the way to read it again.
import { type Clock, isoTime, type Issue } from '#kernel'
import { loadConfig, type Log, systemClock } from '#platform'
import { checkModel } from './checks/table.ts'
import { readRevision } from './diff/revision.io.ts'
import { readModelFiles } from './files.io.ts'
import { shownIssues } from './issues.ts'
import { assetLocator, type Locator } from './locate.ts'
import { type ModelText, readModel } from './read.ts'
import { resolveModel } from './resolve.ts'
import type { Estate } from './types.ts'

/** The model of one workspace. After `reload` the fields are those of the new reading. */
export interface Model {
  readonly estate: Estate
  /** Everything wrong with the files, in the order of files and lines. */
  readonly issues: readonly Issue[]
  /** Reads the files again. Never fails: what is wrong with them is in `issues`. */
  reload(): Promise<void>
  /** The id of the asset that an event is about. */
  readonly locate: Locator
  /** The estate as it was at a revision of git, and its commit. Faults: INPUT_INVALID, NOT_FOUND, UNREADABLE. */
  at(revision: string, signal?: AbortSignal): Promise<{ readonly commit: string; readonly estate: Estate }>
}

/** Where the model lies, and who is told about its problems. */
export interface OpenModel {
  readonly workspace: string
  /** Name of the organisation; that of castellan.yaml when not given. */
  readonly name?: string
  readonly log?: Pick<Log, 'info' | 'warn'>
  /** Decides which day it is; the machine's own when not given. */
  readonly clock?: Clock
}

/** A model from the texts of its files alone. `unread` says that there are files whose text could not be had; `today` is the day (2026-11-30) that decides what has expired. */
export function modelOf(
  name: string,
  texts: readonly ModelText[],
  { unread = false, today = '' }: { readonly unread?: boolean; readonly today?: string } = {},
): { estate: Estate; issues: Issue[] } {
  const { written, issues, unworded } = readModel(texts, unread)
  const estate = resolveModel(name, written)
  return { estate, issues: shownIssues([...issues, ...checkModel(written, { estate, today })], unworded) }
}

/** Reads the model of a workspace. Problems of the files never fail it: they are in `issues`, and everything else is read all the same. */
export async function openModel({ workspace, name, log, clock = systemClock }: OpenModel): Promise<Model> {
  let asked = 0
  let shown = 0
  let current = { ...modelOf('', []), locate: assetLocator({ assets: [] }) }
  const reload = async (): Promise<void> => {
    const mine = (asked += 1)
    const [title, files] = await Promise.all([name ?? organisationOf(workspace), readModelFiles(workspace)])
    const { estate, issues } = modelOf(title, files.texts, {
      unread: files.unread,
      today: isoTime(clock.now()).slice(0, 10),
    })
    // Of two readings that overlap, the one asked for later is the newer.
    if (mine < shown) return
    shown = mine
    current = { estate, issues: [...files.issues, ...issues], locate: assetLocator(estate) }
    const errors = issues.filter(({ severity }) => severity === 'error').length + files.issues.length
    const counts = { assets: estate.assets.length, flows: estate.flows.length, problems: current.issues.length }
    if (errors > 0) log?.warn({ ...counts, errors }, 'the model has problems; castellan model check lists them')
    else log?.info(counts, 'model read')
  }
  await reload()
  return {
    get estate() {
      return current.estate
    },
    get issues() {
      return current.issues
    },
    locate: (facts) => current.locate(facts),
    async at(revision, signal) {
      const { commit, texts } = await readRevision(workspace, revision, signal)
      return { commit, estate: modelOf(current.estate.name, texts).estate }
    },
    reload,
  }
}

async function organisationOf(workspace: string): Promise<string> {
  const config = await loadConfig({ workspace, env: {}, flags: {} })
  return config.ok ? config.value.name : 'My organisation'
}
