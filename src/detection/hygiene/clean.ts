// One-click benign: a Sigma filter from an alert, checked against known true positives, written into the workspace.
import { basename, relative } from 'node:path'
import { type Call, type Clock, Fault, isoTime, type Random } from '#kernel'
import { parseYaml } from '#platform'
import type { EventId, EventView } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { uuidOf } from '../draft/draft.ts'
import type { LoadedRule } from '../load.ts'
import type { AlertId } from '../types.ts'
import { chosenFields, filterFile, filterText, usableFields } from './benign.ts'
import { putAside, readFilters, writeFilter } from './filters.io.ts'
import { engineEvent, type KeptEvent, lostBy, type Pair, pairOf, takesAway, type TruePositive } from './guard.ts'
import type { Hygiene } from './hygiene.ts'
import { testedOf } from './tested.io.ts'
import type { BenignFilter, BenignPreview, StoredAlert, TouchedAlert } from './types.ts'

/** Alerts of an incident that people treated as true. */
export interface TrueIncident {
  readonly name: string
  readonly alerts: readonly string[]
}
export interface CleanDeps {
  readonly hygiene: Hygiene
  /** All folders of rules: tests are looked for in them. */
  readonly folders: readonly string[]
  /** The folder of the workspace's own rules, for filters. */
  readonly own: string | undefined
  readonly workspace: string
  readonly clock: Clock
  readonly random: Random
  readonly rules: () => readonly LoadedRule[]
  readonly reload: () => Promise<void>
  readonly eventsOf: (ids: readonly EventId[]) => Promise<readonly EventView[]>
  readonly alertsByIds: (
    ids: readonly string[],
  ) => Promise<readonly { id: string; event: EventId; rule: { id: string } }[]>
  /** Incidents that are true as far as people know. */
  readonly trueIncidents: () => Promise<readonly TrueIncident[]>
  readonly forget: (alerts: readonly string[]) => Promise<void>
}

/** Which alert is benign, and by what. */
export interface BenignAsked {
  readonly alert: AlertId
  readonly fields?: readonly string[] | undefined
  readonly reason: string
  readonly owner: string
  /** Last day, `2026-01-31`; empty for no end. */
  readonly expires: string
}

const day = 86_400_000
const days = 30
const mostAlerts = 5_000
const mostShown = 20

export type Clean = ReturnType<typeof openClean>

/** Opens the writing of benign filters. */
export function openClean(deps: CleanDeps) {
  const { hygiene, clock } = deps
  return {
    preview: async (asked: BenignAsked): Promise<BenignPreview> => (await plan(deps, asked, 'castellan')).preview,
    /** Writes the filter and takes what it would have prevented out of the queue. Throws Fault CONFLICT that names the true positives it would lose. */
    async benign(asked: BenignAsked, call: Call): Promise<BenignPreview> {
      const { preview, taken, name } = await plan(deps, asked, asked.owner === '' ? call.actor.name : asked.owner)
      if (preview.lost.length > 0)
        throw new Fault(
          'CONFLICT',
          `the filter would lose what is known to be true: ${preview.lost.slice(0, 5).join('; ')}`,
        )
      const folder = deps.own
      if (folder === undefined)
        throw new Fault('CONFIG_INVALID', 'rules: there is no folder of rules to write the filter into')
      const ids = taken.map(({ id }) => id)
      await hygiene.store.mark(ids, { verdict: 'benign', suppressed: basename(preview.file) })
      await deps.forget(ids)
      await writeFilter(folder, name, preview.yaml)
      await deps.reload()
      return preview
    },
    /** Benign filters of the workspace, those that end first first. */
    async filters(): Promise<BenignFilter[]> {
      const folder = deps.own
      if (folder === undefined) return []
      const found = (await readFilters(folder)).flatMap(({ path, text }) => filterView(path, text, deps) ?? [])
      return found.sort((a, b) => (a.expires || '9').localeCompare(b.expires || '9') || a.file.localeCompare(b.file))
    },
    /** Puts filters aside whose last day is over, and loads the rules anew. Answers their files. */
    async expire(): Promise<string[]> {
      const folder = deps.own
      const today = isoTime(clock.now()).slice(0, 10)
      const over = (folder === undefined ? [] : await readFilters(folder)).filter(({ path, text }) => {
        const end = factsIn(path, text).expires
        return !path.endsWith('.expired') && end !== '' && end < today
      })
      for (const { path } of over) await putAside(path)
      if (over.length > 0) await deps.reload()
      return over.map(({ path }) => relative(deps.workspace, path))
    },
  }
}

interface Plan {
  readonly preview: BenignPreview
  readonly taken: readonly StoredAlert[]
  readonly name: string
}

async function plan(deps: CleanDeps, asked: BenignAsked, owner: string): Promise<Plan> {
  const { hygiene, clock, random } = deps
  const alert = await hygiene.existing(asked.alert)
  const { rule, loaded } = filterable(deps.rules(), alert)
  const [event] = await deps.eventsOf([alert.event])
  if (!event)
    throw new Fault('NOT_FOUND', `event ${alert.event}: it is not stored any more, so no filter can be made from it`)
  const fields = chosenFields(event, alert.matched, asked.fields)
  const id = uuidOf(random)
  const date = isoTime(clock.now()).slice(0, 10)
  const { reason, expires } = asked
  const facts = { id, rule: { id: rule.id, title: rule.title, source: loaded.source }, asked: fields, alert: alert.id }
  const yaml = filterText({ ...facts, reason, owner, date, expires })
  const pair = pairOf(rule, yaml)
  const name = filterFile(rule.title, id)
  const folder = deps.own ?? ''
  const stored = await held(deps, pair, rule.id)
  const chosen = new Set(fields.map(({ field }) => field))
  return {
    name,
    taken: stored.gone,
    preview: {
      rule: { id: rule.id, title: rule.title },
      fields,
      others: usableFields(event.fields, alert.matched)
        .filter(({ field }) => !chosen.has(field))
        .slice(0, 40),
      yaml,
      file: relative(deps.workspace, `${folder}/filters/${name}`),
      days,
      gone: stored.gone.length,
      stay: stored.stay,
      unknown: stored.unknown,
      items: stored.gone.slice(0, mostShown).map(touched),
      ...lostBy(pair, await knownTrue(deps, loaded)),
    },
  }
}

const touched = ({ id, time, host, user, message }: StoredAlert): TouchedAlert => ({ id, time, host, user, message })

/** The rule of an alert, when a filter can be written for it. Throws Fault INPUT_INVALID. */
function filterable(rules: readonly LoadedRule[], { rule }: StoredAlert): { rule: CompiledRule; loaded: LoadedRule } {
  const loaded = rules.find(({ id }) => id === rule.id)
  if (!loaded?.compiled)
    throw new Fault(
      'INPUT_INVALID',
      `"${rule.title}" is no Sigma rule over single events that runs; suppress its alerts instead`,
    )
  return { rule: loaded.compiled, loaded }
}

/** Stored alerts of the rule, those that the filter takes away apart. Of events beyond the store's retention nothing is known. */
async function held({ hygiene, clock, eventsOf }: CleanDeps, pair: Pair, rule: string) {
  const all = await hygiene.store.ofRuleSince(rule, clock.now() - days * day, mostAlerts)
  const events = new Map((await eventsOf(all.map(({ event }) => event))).map((event) => [event.id, event]))
  const judged = all.map((alert) => {
    const event = events.get(alert.event)
    return { alert, gone: event && takesAway(pair, engineEvent(event)) }
  })
  return {
    gone: judged.filter(({ gone }) => gone === true).map(({ alert }) => alert),
    stay: judged.filter(({ gone }) => gone === false).length,
    unknown: judged.filter(({ gone }) => gone === undefined).length,
  }
}

/** All that is known to be true of a rule: confirmed alerts, alerts of true incidents, the events that its tests say it must find. */
async function knownTrue(deps: CleanDeps, loaded: LoadedRule): Promise<TruePositive[]> {
  const rule = loaded.id
  const confirmed = (await deps.hygiene.store.confirmedOf(rule)).flatMap(({ alert, author, event }): TruePositive[] => {
    const kept: KeptEvent | null = JSON.parse(event)
    return kept === null ? [] : [{ name: `alert ${alert}, confirmed by ${author}`, event: engineEvent(kept) }]
  })
  return [...confirmed, ...(await ofIncidents(deps, rule)), ...(await testedOf(deps.folders, loaded))]
}

async function ofIncidents({ trueIncidents, alertsByIds, eventsOf }: CleanDeps, rule: string): Promise<TruePositive[]> {
  const known: TruePositive[] = []
  for (const { name, alerts } of await trueIncidents()) {
    const mine = (await alertsByIds(alerts)).filter((alert) => alert.rule.id === rule)
    const events = await eventsOf(mine.map(({ event }) => event))
    known.push(...events.map((event) => ({ name: `${name}, event ${event.id}`, event: engineEvent(event) })))
  }
  return known
}

interface FileFacts extends Pick<BenignFilter, 'title' | 'rules' | 'reason' | 'owner' | 'alert' | 'expires'> {
  readonly isFilter: boolean
}
const textIn = (value: unknown, name: string): string => {
  const found = isRecord(value) ? value[name] : undefined
  return typeof found === 'string' ? found : ''
}
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function factsIn(path: string, text: string): FileFacts {
  const read = parseYaml(text, path)
  const value = read.ok ? read.value.value : null
  const filter = isRecord(value) ? value['filter'] : undefined
  const rules = isRecord(filter) && Array.isArray(filter['rules']) ? filter['rules'] : []
  return {
    isFilter: isRecord(filter),
    title: textIn(value, 'title'),
    rules: rules.filter((one): one is string => typeof one === 'string'),
    reason: textIn(value, 'description'),
    owner: textIn(value, 'author'),
    alert: textIn(value, 'alert'),
    expires: textIn(value, 'expires'),
  }
}

function filterView(path: string, text: string, { workspace, clock }: CleanDeps): BenignFilter | undefined {
  const { isFilter, ...facts } = factsIn(path, text)
  if (!isFilter) return undefined
  const soon = isoTime(clock.now() + 7 * day).slice(0, 10)
  const state = path.endsWith('.expired')
    ? 'expired'
    : facts.expires !== '' && facts.expires <= soon
      ? 'expiring'
      : 'active'
  return { file: relative(workspace, path), ...facts, state }
}
