// Dashboards: files of the workspace, each a title and searches that are run when it is shown.
import { join } from 'node:path'
import { asFault, Fault, type Issue, placeText } from '#kernel'
import { issuesOfZod, listFiles, parseYaml, readTextFile } from '#platform'
import type { Hunted } from '../hunt-types.ts'
import type { HuntFilter } from '../hunt.ts'
import { lengthOf } from '../query/moment.ts'
import { parseHunt } from '../query/pipes.ts'
import { DashboardFile, type Panel, type PanelView } from './types.ts'

const limits = { files: 200, bytes: 200_000 } as const

/** A dashboard, or what is wrong with its file. */
export interface Dashboard {
  /** The file's name without its ending. */
  readonly name: string
  readonly file: string
  readonly dashboard: DashboardFile | undefined
  readonly issues: readonly Issue[]
}

/** Reads one file. The searches are read too, so that a slip in one is told with its place. */
export function readDashboard(text: string, file: string): Pick<Dashboard, 'dashboard' | 'issues'> {
  const parsed = parseYaml(text, file)
  if (!parsed.ok) return { dashboard: undefined, issues: parsed.fail }
  const whole = DashboardFile.safeParse(parsed.value.value)
  if (!whole.success)
    return { dashboard: undefined, issues: issuesOfZod(whole.error, parsed.value, file, DashboardFile) }
  const issues = whole.data.panels.flatMap(({ q }, index): Issue[] => {
    try {
      parseHunt(q)
      return []
    } catch (thrown) {
      const help = 'try it with castellan hunt'
      return [
        {
          code: 'dashboard-search',
          severity: 'error',
          at: parsed.value.place(['panels', index, 'q']),
          text: asFault(thrown).message,
          help,
        },
      ]
    }
  })
  return { dashboard: issues.length === 0 ? whole.data : undefined, issues }
}

/** Every file of `dashboards/`, read anew: a change counts at once. */
async function readAll(workspace: string): Promise<Dashboard[]> {
  const folder = join(workspace, 'dashboards')
  const files = await listFiles(folder, { endings: ['.yaml', '.yml'], maxFiles: limits.files }).catch(
    (thrown: unknown) => {
      if (asFault(thrown).code === 'UNREADABLE') return []
      throw thrown
    },
  )
  return Promise.all(
    files.map(async (path) => {
      const file = path.slice(workspace.length + 1)
      const name = (path.split(/[\\/]/).at(-1) ?? '').replace(/\.ya?ml$/, '')
      const text = await readTextFile(path, { maxBytes: limits.bytes })
      return text.ok
        ? { name, file, ...readDashboard(text.value, file) }
        : { name, file, dashboard: undefined, issues: [text.fail] }
    }),
  )
}

interface Deps {
  readonly workspace: string
  readonly now: () => number
  readonly hunt: (filter: HuntFilter) => Promise<Hunted>
}
export type Dashboards = ReturnType<typeof dashboards>

const nothing: Omit<Hunted, 'kind'> = {
  items: [],
  next: null,
  columns: [],
  rows: [],
  step: 0,
  took: 0,
  scanned: 0,
  cut: false,
}

export function dashboards({ workspace, now, hunt }: Deps) {
  /** A panel that fails says so; the others are shown. */
  const panelOf = async (panel: Panel, since: string, signal: AbortSignal | undefined): Promise<PanelView> => {
    const { title, kind, q, limit } = panel
    const until = now()
    const back = panel.since ?? since
    const bounds = { q, limit, until, since: until - (lengthOf(back) ?? 0), signal }
    try {
      return { title, kind, q, since: back, result: await hunt(bounds), error: '' }
    } catch (thrown) {
      const fault = asFault(thrown)
      if (fault.code === 'CANCELLED' || fault.code === 'STORE_DOWN') throw thrown
      const empty = { ...nothing, kind: kind === 'number' ? 'table' : kind }
      return { title, kind, q, since: back, result: empty, error: fault.message }
    }
  }
  return {
    /** Dashboards of the workspace, those with problems too. */
    list: () => readAll(workspace),
    /** One with the answers of its searches. Throws Fault NOT_FOUND, INPUT_INVALID for a file with problems. */
    async show(name: string, signal?: AbortSignal) {
      const one = (await readAll(workspace)).find((each) => each.name === name)
      if (!one) throw new Fault('NOT_FOUND', `dashboard ${name}`)
      const [first] = one.issues
      if (!one.dashboard) throw new Fault('INPUT_INVALID', first ? `${placeText(first.at)}: ${first.text}` : one.file)
      const { title, description, since, panels } = one.dashboard
      const shown: PanelView[] = []
      for (const panel of panels) shown.push(await panelOf(panel, since, signal))
      return { name, title, description, panels: shown }
    },
  }
}
