// The room at work: what telemetry sees is summed as it passes, and held against the model of the moment when asked.
import { type Clock, Fault } from '#kernel'
import type { Model } from '#model'
import type { State } from '#platform'
import { type Level, levels } from '#standards'
import { type Limits, usualLimits } from './admission.ts'
import { compare, type Compared } from './compare.ts'
import { draftText } from './draft.ts'
import { type Found, whole } from './finding.ts'
import { type Ground, groundOf } from './ground.ts'
import { observe } from './observed.ts'
import type { FlowEvent } from './reading.ts'
import { realityStore } from './store.ts'
import type { Finding, FindingKind, Observed, Watched } from './types.ts'

export interface RealityDeps {
  readonly state: State
  readonly model: Pick<Model, 'estate' | 'locate'>
  readonly clock: Clock
  readonly limits?: Limits | undefined
}

/** Which findings. */
export interface FindingFilter {
  readonly kind?: readonly FindingKind[] | undefined
  /** At least this level. */
  readonly level?: Level | undefined
  readonly q?: string | undefined
  /** Patterns of what to leave out, over `kind from -> to protocol/port`; `*` stands for any letters. */
  readonly ignore?: readonly string[] | undefined
  readonly days: number
}

export interface FindingPage {
  readonly items: Finding[]
  readonly next: string | null
  readonly total: number
  readonly watched: Watched
}

export type Reality = ReturnType<typeof openReality>

/** Days after which what was not seen again is forgotten. */
const keptDays = 400
const day = 86_400_000

/** The room over a state store. `observe` is pure over the model of the moment; `keep` runs inside the caller's transaction. */
export function openReality({ state, model, clock, limits = usualLimits }: RealityDeps) {
  const store = realityStore(state, limits)
  let known: { readonly estate: Model['estate']; readonly ground: Ground } | undefined
  const ground = (): Ground => {
    const { estate } = model
    if (known?.estate !== estate) known = { estate, ground: groundOf(estate, (facts) => model.locate(facts)) }
    return known.ground
  }
  const compared = async (days: number): Promise<Compared & { readonly dropped: number }> => {
    const all = await store.all()
    return { ...compare(model.estate, all, ground(), { days }), dropped: all.dropped }
  }
  const chosen = async (filter: FindingFilter) => {
    const { findings, watched, dropped } = await compared(filter.days)
    return { found: findings.filter(({ finding }) => wanted(finding, filter)), watched: { ...watched, dropped } }
  }

  return {
    /** What events show, summed: pure, so a batch may be looked at again after a crash. */
    observe: (events: Iterable<FlowEvent>): Observed => observe(events, ground()),
    /** Adds it to what is kept. Call inside State.transaction(), once for each batch. */
    keep: (observed: Observed): Promise<void> => store.add(observed),
    /** Takes out what was not seen for more than a year. */
    forget: (): Promise<void> => store.forget(clock.now() - keptDays * day),
    /** Findings, the heaviest first. Throws Fault INPUT_INVALID for a cursor that is none. */
    async list(
      filter: FindingFilter & { readonly limit: number; readonly cursor?: string | undefined },
    ): Promise<FindingPage> {
      const { found, watched } = await chosen(filter)
      const from = filter.cursor === undefined ? 0 : Number(filter.cursor)
      if (!Number.isSafeInteger(from) || from < 0) throw new Fault('INPUT_INVALID', `cursor ${filter.cursor ?? ''}`)
      const end = from + filter.limit
      const items = found.slice(from, end).map(whole)
      return { items, next: end < found.length ? String(end) : null, total: found.length, watched }
    },
    /** One finding. Throws Fault NOT_FOUND, also for one that holds no longer. */
    async show(id: string, days: number): Promise<Finding> {
      return whole(existing((await compared(days)).findings, id))
    },
    /** The changes of these findings, or of all chosen, as one file of the model. Throws Fault NOT_FOUND. */
    async propose(ids: readonly string[], filter: FindingFilter): Promise<{ yaml: string; findings: number }> {
      const { found } = await chosen(ids.length === 0 ? filter : { days: filter.days })
      const all = ids.length === 0 ? found : ids.map((id) => existing(found, id))
      const drafts = all.map(({ draft }) => draft()).filter(({ does }) => does !== 'nothing')
      return { yaml: draftText(drafts), findings: drafts.length }
    },
  }
}

function existing(findings: readonly Found[], id: string): Found {
  const one = findings.find(({ finding }) => finding.id === id)
  if (!one) throw new Fault('NOT_FOUND', `finding ${id}; it may hold no longer`)
  return one
}

function wanted(finding: Found['finding'], { kind, level, q = '', ignore = [] }: FindingFilter): boolean {
  const { from, to, protocol, port, title, flow, asset } = finding
  const told = `${finding.kind} ${from === '' ? asset : `${from} -> ${to}`} ${protocol}/${port}`
  return (
    (kind === undefined || kind.length === 0 || kind.includes(finding.kind)) &&
    (level === undefined || levels.indexOf(finding.level) >= levels.indexOf(level)) &&
    (q === '' || [told, title, flow, asset].some((text) => text.toLowerCase().includes(q.toLowerCase()))) &&
    !ignore.some((pattern) => matches(pattern.toLowerCase(), told.toLowerCase()))
  )
}

/** Whether a text holds the parts of a pattern between its stars, in order; without a star at an end it begins or ends there. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...rest] = parts
  if (rest.length === 0) return text === pattern
  const last = rest.pop() ?? ''
  let at = first.length
  if (!text.startsWith(first)) return false
  for (const part of rest) {
    const next = text.indexOf(part, at)
    if (next < 0) return false
    at = next + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
