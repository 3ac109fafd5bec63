// Alert hygiene at work: windows, suppressions, what people say of alerts.
import { type Call, type Clock, Fault, newIdText, type Random } from '#kernel'
import type { State } from '#platform'
import type { EventId, EventView } from '#telemetry'
import type { AlertStore } from '../store.ts'
import type { AlertId } from '../types.ts'
import { standardWindows } from './dedupe.ts'
import type { KeptEvent } from './guard.ts'
import { keeper } from './keep.ts'
import { hygieneStore, type HygieneStore, type KeptSuppression, type Window } from './store.ts'
import { fitOf, stateOf } from './suppress.ts'
import {
  type StoredAlert,
  type Suppression,
  type SuppressionFit,
  SuppressionId,
  type SuppressionState,
} from './types.ts'

export interface HygieneDeps {
  readonly state: State
  readonly alerts: AlertStore
  readonly clock: Clock
  readonly random: Random
  readonly eventsOf: (ids: readonly EventId[]) => Promise<readonly EventView[]>
  /** Alerts that count no more, as risk sees it. */
  readonly forget: (alerts: readonly string[]) => Promise<void>
}

/** A suppression as somebody writes it. */
export interface NewSuppression {
  readonly fits: SuppressionFit
  readonly reason: string
  readonly owner: string
  readonly expires: number
}

const day = 86_400_000
/** A suppression ends within a year. */
export const longestSuppression = 366 * day
/** A new suppression also takes alerts of so long ago out of the queue. */
export const looksBack = 30 * day
const mostAtOnce = 20_000

export type Hygiene = ReturnType<typeof openHygiene>

/** Opens alert hygiene over the store of alerts. */
export function openHygiene(deps: HygieneDeps) {
  const store = hygieneStore(deps.state)
  return {
    store,
    keep: keeper(deps.alerts, store),
    ...suppressing(store, deps),
    ...judging(store, deps),
    /** Windows that somebody set, and those of the levels. */
    windows: async () => ({ standard: standardWindows, items: await store.windows() }),
    /** Sets the window of a rule, from its next alert on; undefined goes back to that of its level. */
    async setWindow(
      rule: string,
      milliseconds: number | undefined,
      { reason, author, at }: Omit<Window, 'rule' | 'milliseconds'>,
    ) {
      if (milliseconds === undefined) await store.clearWindow(rule)
      else await store.setWindow({ rule, milliseconds, reason, author, at })
    },
    /** An alert with those that repeat it, as far as they are stored. */
    async repeats(alert: StoredAlert): Promise<StoredAlert[]> {
      return store.repeatsOf(alert.head === '' ? alert.id : alert.head)
    },
  }
}

const isPresent = (one: KeptSuppression | undefined, id: string): KeptSuppression => {
  if (!one) throw new Fault('NOT_FOUND', `suppression ${id}`)
  return one
}

function suppressing(store: HygieneStore, { clock, random, forget }: HygieneDeps) {
  const withState = (one: KeptSuppression): Suppression => ({ ...one, state: stateOf(one, clock.now()) })
  const find = async (id: string): Promise<Suppression> =>
    withState(
      isPresent(
        (await store.suppressions()).find((one) => one.id === id),
        id,
      ),
    )
  return {
    /** Suppressions, those that end first first; without a choice, all but the removed ones. */
    async suppressions(
      states: readonly SuppressionState[] = ['active', 'expiring', 'expired'],
    ): Promise<Suppression[]> {
      const all = (await store.suppressions()).map(withState)
      return all.filter(({ state }) => states.includes(state)).sort((a, b) => a.expires - b.expires)
    },
    /** What a suppression would take out of the queue now. Throws Fault INPUT_INVALID. */
    async wouldSuppress(fits: SuppressionFit): Promise<{ alerts: number; times: number; days: number }> {
      const found = await fitting(store, fits, clock.now() - looksBack)
      return { alerts: found.length, times: timesOf(found), days: looksBack / day }
    },
    /** Adds a suppression, and takes fitting alerts of the last 30 days out of the queue. Throws Fault INPUT_INVALID. */
    async suppress({ fits, reason, owner, expires }: NewSuppression, call: Call): Promise<Suppression> {
      if (expires <= call.at) throw new Fault('INPUT_INVALID', 'expires: that is past already')
      if (expires > call.at + longestSuppression) throw new Fault('INPUT_INVALID', 'expires: at most a year from now')
      const found = await fitting(store, fits, call.at - looksBack)
      const id = SuppressionId.parse(newIdText('sup', call.at, random))
      await store.addSuppression({
        id,
        fits,
        reason,
        owner: owner === '' ? call.actor.name : owner,
        author: call.actor.name,
        created: call.at,
        expires,
        removed: null,
        remover: '',
        hits: 0,
        lastHit: null,
      })
      const ids = found.map((alert) => alert.id)
      await store.mark(ids, { suppressed: id })
      await forget(ids)
      if (found.length > 0) await store.countHits(id, timesOf(found), Math.max(...found.map(({ last }) => last)))
      return find(id)
    },
    /** Ends a suppression; what it kept out stays out. Throws Fault NOT_FOUND, CONFLICT. */
    async unsuppress(id: string, call: Call): Promise<Suppression> {
      const one = await find(id)
      if (one.removed !== null) throw new Fault('CONFLICT', `suppression ${id} was removed before`)
      await store.removeSuppression(id, { removed: call.at, remover: call.actor.name })
      return find(id)
    },
  }
}

const timesOf = (alerts: readonly StoredAlert[]): number => alerts.reduce((sum, { times }) => sum + times, 0)

/** Alerts of the queue that fit; what somebody confirmed stays in it. */
async function fitting(store: HygieneStore, fits: SuppressionFit, since: number): Promise<StoredAlert[]> {
  const check = fitOf(fits)
  const heads = await store.headsSince(since, mostAtOnce, fits.rule)
  return heads.filter((alert) => alert.suppressed === '' && alert.verdict !== 'confirmed' && check(alert))
}

function judging(store: HygieneStore, { alerts, eventsOf }: HygieneDeps) {
  const existing = async (id: AlertId): Promise<StoredAlert> => {
    const [alert] = await alerts.storedByIds([id])
    if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
    return alert
  }
  return {
    existing,
    /** Says that an alert is true: it is shown, and no benign filter may take it away. Throws Fault NOT_FOUND. */
    async confirm(id: AlertId, note: string, call: Call): Promise<StoredAlert> {
      const alert = await existing(id)
      const event = keptEvent((await eventsOf([alert.event]))[0])
      const { name } = call.actor
      await store.confirm({
        alert: id,
        rule: alert.rule.id,
        note,
        author: name,
        at: call.at,
        event: JSON.stringify(event),
      })
      await store.mark([id], { verdict: 'confirmed', suppressed: '' })
      return existing(id)
    },
    /** Takes back that an alert is true. */
    async unconfirm(id: AlertId): Promise<StoredAlert> {
      const alert = await existing(id)
      if (alert.verdict !== 'confirmed') throw new Fault('CONFLICT', `alert ${id} is not confirmed`)
      await store.unconfirm(id)
      await store.mark([id], { verdict: '' })
      return existing(id)
    },
  }
}

/** Kept for as long as the alert is known to be true, whatever becomes of the stored event. */
const keptEvent = (event: EventView | undefined): KeptEvent | null =>
  event === undefined
    ? null
    : {
        product: event.product,
        service: event.service,
        categories: event.categories,
        fields: event.fields,
        raw: event.raw,
        parser: event.parser,
      }
