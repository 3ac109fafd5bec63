// Observed flows held against declared ones: which were seen as declared, and what else was seen.
import type { Estate, Flow } from '#model'
import type { Ground } from './ground.ts'
import type { Place, Places } from './places.ts'
import { addFlows, flowKey } from './sums.ts'
import type { ObservedFlow } from './types.ts'

/** An observed flow between two places. */
export interface Met {
  readonly flow: ObservedFlow
  readonly from: Place
  readonly to: Place
}

/** A declared flow that was seen otherwise than declared. */
export interface Otherwise extends Met {
  readonly declared: Flow
}

export interface Matched {
  /** What was seen of each declared flow, by its id. */
  readonly seen: ReadonlyMap<string, ObservedFlow>
  /** Records of attempts that did not come about: by declared flow, and by both ends. */
  readonly refused: { readonly byFlow: ReadonlyMap<string, number>; readonly byEnds: ReadonlyMap<string, number> }
  readonly undeclared: readonly Met[]
  readonly attempted: readonly Met[]
  readonly wrongPort: readonly Otherwise[]
  readonly wrongDirection: readonly Otherwise[]
  /** Whether telemetry could have seen this flow. */
  readonly visible: (flow: Flow) => boolean
}

const pairText = (from: string, to: string): string => `${from} -> ${to}`
/** The text of two zones, whichever way round. */
const zonePair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
/** The name of both ends. */
export const endsText = ({ from, to }: Met): string => pairText(from.text, to.text)

/** Whether a declared flow may be this observed one, as far as ports tell. */
const fits = ({ port }: Flow, flow: ObservedFlow): boolean => port === 0 || flow.port === 0 || port === flow.port

/** The declared flows that an observed one may be: those with its very port, else those whose port varies or was not told. */
function closest(flows: readonly Flow[], flow: ObservedFlow): readonly Flow[] {
  const exact = flows.filter(({ port }) => port === flow.port)
  return exact.length > 0 ? exact : flows.filter((each) => fits(each, flow))
}

/** Declared flows by their ends. */
function declaredIn({ flows }: Estate) {
  const byEnds = new Map<string, Flow[]>()
  for (const flow of flows) {
    const key = pairText(flow.from, flow.to)
    byEnds.set(key, [...(byEnds.get(key) ?? []), flow])
  }
  return (from: Place, to: Place): Flow[] =>
    from.names.flatMap((a) => to.names.flatMap((b) => byEnds.get(pairText(a, b)) ?? []))
}

const webPorts = new Set([80, 443])
/** What a kind of asset does by its nature is not for each model to declare: people look at pages. */
const expected = ({ flow, from, to }: Met, { browsing }: Ground): boolean =>
  to.stranger && webPorts.has(flow.port) && from.asset !== undefined && browsing.has(from.asset.id)

/** Holds settled flows against the estate. */
export function match(estate: Estate, flows: readonly ObservedFlow[], places: Places, ground: Ground): Matched {
  const declared = declaredIn(estate)
  const met = flows.map((flow) => ({ flow, from: places.place(flow.from), to: places.place(flow.to) }))
  const seen = new Map<string, ObservedFlow>()
  const refused = { byFlow: new Map<string, number>(), byEnds: new Map<string, number>() }
  const others: Met[] = []
  const attempted: Met[] = []
  for (const one of met) {
    const found = closest(declared(one.from, one.to), one.flow)
    if (one.flow.attempt) {
      count(refused.byEnds, endsText(one), one.flow.count)
      for (const { id } of found) count(refused.byFlow, id, one.flow.count)
      if (found.length === 0 && !one.from.stranger) attempted.push(one)
    } else if (found.length > 0) for (const each of found) note(seen, each, one.flow)
    else if (!expected(one, ground)) others.push(one)
  }
  return {
    seen,
    refused,
    attempted: attemptsAlone(attempted, met),
    ...sorted(others, seen, declared),
    visible: visibility(met, places),
  }
}

const count = (counts: Map<string, number>, name: string, more: number): void =>
  void counts.set(name, (counts.get(name) ?? 0) + more)

/** A flow whose port nobody told may be the declared one, but proves nothing of its encryption. */
function note(seen: Map<string, ObservedFlow>, { id, port }: Flow, flow: ObservedFlow): void {
  const shown = flow.port === 0 && port !== 0 ? { ...flow, sealed: 0, plain: 0 } : flow
  const before = seen.get(id)
  seen.set(id, before === undefined ? shown : addFlows(before, shown))
}

/** Attempts between two places that never spoke on that port: where they did, a refusal is a hiccup. */
function attemptsAlone(attempted: readonly Met[], met: readonly Met[]): Met[] {
  const spoken = new Set(met.filter(({ flow }) => !flow.attempt).map((one) => `${endsText(one)} ${one.flow.port}`))
  return attempted.filter((one) => !spoken.has(`${endsText(one)} ${one.flow.port}`))
}

const busiestFirst = ({ flow: a }: Met, { flow: b }: Met): number =>
  b.count - a.count || (flowKey(a) < flowKey(b) ? -1 : 1)

/** What fits no declared flow: another port or the other way round than one that was not seen itself, else undeclared. The busiest first. */
function sorted(
  others: readonly Met[],
  seen: ReadonlyMap<string, unknown>,
  declared: (from: Place, to: Place) => Flow[],
): Pick<Matched, 'undeclared' | 'wrongPort' | 'wrongDirection'> {
  const undeclared: Met[] = []
  const wrongPort: Otherwise[] = []
  const wrongDirection: Otherwise[] = []
  const taken = new Set(seen.keys())
  const unseen = (flows: readonly Flow[]) => flows.find(({ id }) => !taken.has(id))
  for (const one of [...others].sort(busiestFirst)) {
    const otherPort = unseen(declared(one.from, one.to))
    const otherWay = otherPort ? undefined : unseen(declared(one.to, one.from).filter((each) => fits(each, one.flow)))
    const found = otherPort ?? otherWay
    if (found) {
      taken.add(found.id)
      ;(otherPort ? wrongPort : wrongDirection).push({ ...one, declared: found })
    } else undeclared.push(one)
  }
  return { undeclared, wrongPort, wrongDirection }
}

/** Fewer records do not show that somebody looks there all the time. */
const byAccident = 5

/**
 * What telemetry could have seen: flows between zones where something on the wire showed another, and those of machines that tell of all
 * their own. A service that tells of its callers shows nothing else.
 */
function visibility(met: readonly Met[], places: Places): (flow: Flow) => boolean {
  const wires = new Map<string, number>()
  const tellers = new Map<string, number>()
  for (const { flow, from, to } of met) {
    if (flow.witnesses.includes('wire')) count(wires, zonePair(from.zone, to.zone), flow.count)
    if (flow.witnesses.includes('machine') && from.asset) count(tellers, from.asset.id, flow.count)
  }
  const often = (counts: ReadonlyMap<string, number>, name: string) => (counts.get(name) ?? 0) >= byAccident
  return ({ from, to }) => {
    const [a, b] = [places.place(`asset:${from}`), places.place(`asset:${to}`)]
    return a.findable && b.findable && (often(tellers, from) || often(wires, zonePair(a.zone, b.zone)))
  }
}
