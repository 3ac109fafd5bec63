// Declared × observed → findings. Pure.
import type { Estate, Flow } from '#model'
import { levels } from '#standards'
import { evidenceOf, type Found, found, noEvidence } from './finding.ts'
import { emptyDraft } from './draft.ts'
import type { Ground } from './ground.ts'
import { dataIn, lighter, weighFlow, weighHost, weighPlain, weighUnused } from './level.ts'
import { endsText, match, type Matched, type Met, type Otherwise } from './match.ts'
import { type Place, type Places, placesOf } from './places.ts'
import { proposals, type Proposals } from './propose.ts'
import { addFlows } from './sums.ts'
import type { Observed, ObservedFlow, Watched } from './types.ts'

const day = 86_400_000

export interface CompareOptions {
  /** A declared flow or asset not seen for so many days is a finding, once telemetry has looked for as long. */
  readonly days: number
}

export interface Compared {
  /** The heaviest first. */
  readonly findings: readonly Found[]
  readonly watched: Omit<Watched, 'dropped'>
}

/** Everything that a finding is made with. */
interface Scene {
  readonly estate: Estate
  readonly ground: Ground
  readonly places: Places
  readonly matched: Matched
  readonly classes: ReturnType<typeof dataIn>
  readonly propose: Proposals
}

/** Holds what telemetry saw against the model. */
export function compare(estate: Estate, observed: Observed, ground: Ground, { days }: CompareOptions): Compared {
  const places = placesOf(estate, ground)
  const flows = places.settle(observed.flows)
  const matched = match(estate, flows, places, ground)
  const scene = {
    estate,
    ground,
    places,
    matched,
    classes: dataIn(estate),
    propose: proposals(estate, ground, observed.hosts),
  }
  const span = spanOf(observed)
  const findings = [
    ...undeclared(scene),
    ...attempted(scene),
    ...matched.wrongPort.map((one) => wrongPort(one, scene)),
    ...matched.wrongDirection.map((one) => wrongDirection(one, scene)),
    ...unencrypted(scene),
    ...unknownHosts(observed, scene),
    ...(span && span.until - span.since >= days * day
      ? [...unused(span.until - days * day, days, scene), ...neverSeen(observed, flows, scene)]
      : []),
  ]
  return {
    findings: findings.sort(byWeight),
    watched: {
      since: span?.since ?? null,
      until: span?.until ?? null,
      flows: flows.filter(({ attempt }) => !attempt).length,
      attempts: flows.reduce((sum, { attempt, count }) => sum + (attempt ? count : 0), 0),
      declared: estate.flows.length,
      confirmed: matched.seen.size,
    },
  }
}

const rank = new Map(levels.map((level, at) => [level, at]))
const rankOf = ({ finding: { level } }: Found): number => rank.get(level) ?? 0
/** The heaviest first; of two alike the busier; and always in the same order. */
const byWeight = (a: Found, b: Found): number =>
  rankOf(b) - rankOf(a) ||
  b.finding.evidence.count - a.finding.evidence.count ||
  (a.finding.id < b.finding.id ? -1 : Number(a.finding.id > b.finding.id))

/** From the first to the last thing seen. */
function spanOf({ flows, seen }: Observed): { readonly since: number; readonly until: number } | undefined {
  let [since, until] = [Infinity, -Infinity]
  for (const { first, last } of [...flows, ...seen]) {
    since = Math.min(since, first)
    until = Math.max(until, last)
  }
  return until >= since ? { since, until } : undefined
}

const portText = ({ transport, port }: ObservedFlow): string => (port === 0 ? transport : `${transport}/${port}`)
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)
const assetOf = (from: Place, to: Place): string => (to.asset ?? from.asset)?.id ?? ''
const about = ({ flow, from, to }: Met) => ({
  from: from.text,
  to: to.text,
  protocol: flow.applications[0] ?? flow.transport,
  port: flow.port,
  asset: assetOf(from, to),
  zones: [from.zone, to.zone],
})

function undeclared({ matched, classes, propose, estate }: Scene): Found[] {
  const between = new Map<string, number>()
  for (const one of [...matched.undeclared, ...matched.wrongDirection])
    between.set(endsText(one), (between.get(endsText(one)) ?? 0) + 1)
  const taken = new Set(estate.flows.map(({ from, to }) => `${from} -> ${to}`))
  return matched.undeclared.map((one) => {
    const { flow, from, to } = one
    const many = (between.get(endsText(one)) ?? 0) > 1 || taken.has(endsText(one))
    const weighed = weighFlow(from, to, classes)
    return found({
      ...about(one),
      ...(taken.has(endsText(one)) ? lighter(weighed, 'the model knows that they speak, on other ports') : weighed),
      kind: 'undeclared',
      title: `${from.text} speaks to ${to.text} on ${portText(flow)}, which the model does not say`,
      detail: `Seen ${times(flow.count)}. Find out what it is for: declare it, or stop it.`,
      evidence: evidenceOf(flow, matched.refused.byEnds.get(endsText(one)) ?? 0),
      draft: () => propose.add(one, many ? `${flow.transport} ${flow.port}` : ''),
    })
  })
}

/** One finding for all ports that one machine tried of another. */
function attempted({ matched, classes }: Scene): Found[] {
  const byEnds = new Map<string, Met[]>()
  for (const one of matched.attempted) byEnds.set(endsText(one), [...(byEnds.get(endsText(one)) ?? []), one])
  return [...byEnds.values()].flatMap((all) => {
    const [first, ...rest] = all
    if (!first) return []
    const flow = rest.reduce((sum, one) => addFlows(sum, one.flow), first.flow)
    const ports = all.map((one) => portText(one.flow))
    const { from, to } = first
    return [
      found({
        ...about(first),
        ...(rest.length > 0 ? { port: 0 } : {}),
        ...lighter(weighFlow(from, to, classes), 'it did not come about'),
        kind: 'attempted',
        title: `${from.text} tried to reach ${to.text} on ${ports.slice(0, 5).join(', ')}${ports.length > 5 ? ` and ${ports.length - 5} more` : ''}, in vain`,
        detail: 'The model knows no such flow, and something stopped it: look at what tried.',
        evidence: evidenceOf(flow, flow.count),
        draft: () => emptyDraft,
      }),
    ]
  })
}

function wrongPort(one: Otherwise, { matched, classes, propose }: Scene): Found {
  const { declared, flow, from, to } = one
  return found({
    ...about(one),
    ...lighter(weighFlow(from, to, classes), 'the model knows that they speak'),
    kind: 'wrong-port',
    flow: declared.id,
    title: `${declared.id} is declared on port ${declared.port} and was seen on ${portText(flow)} only`,
    detail: `Seen ${times(flow.count)}${declared.encrypted && flow.plain > 0 ? ', in plain text' : ''}. Write the port that is used, or find out why another one is.`,
    evidence: evidenceOf(flow, matched.refused.byEnds.get(endsText(one)) ?? 0),
    draft: () => propose.port(one),
  })
}

function wrongDirection(one: Otherwise, { matched, classes, propose }: Scene): Found {
  const { declared, flow, from, to } = one
  return found({
    ...about(one),
    ...weighFlow(from, to, classes),
    kind: 'wrong-direction',
    flow: declared.id,
    title: `${declared.id} is declared, but ${from.text} opens it, on ${portText(flow)}`,
    detail: `Seen ${times(flow.count)} that way and never the other. Turn it round: who opens a flow decides which firewalls must let it pass.`,
    evidence: evidenceOf(flow, matched.refused.byEnds.get(endsText(one)) ?? 0),
    draft: () => propose.turn(one),
  })
}

/** The places of a declared flow's ends. */
const endsOf = ({ from, to }: Flow, { places }: Scene): [Place, Place] => [
  places.place(`asset:${from}`),
  places.place(`asset:${to}`),
]
const ofDeclared = (flow: Flow, [from, to]: readonly [Place, Place]) => ({
  from: flow.from,
  to: flow.to,
  protocol: flow.protocol,
  port: flow.port,
  flow: flow.id,
  asset: flow.to,
  zones: [from.zone, to.zone],
})

function unencrypted(scene: Scene): Found[] {
  const { estate, matched, classes, propose } = scene
  return estate.flows.flatMap((flow) => {
    const seen = matched.seen.get(flow.id)
    if (!flow.encrypted || seen === undefined || seen.plain === 0) return []
    const ends = endsOf(flow, scene)
    return [
      found({
        ...ofDeclared(flow, ends),
        ...weighPlain([...new Set([...flow.data, ...flow.back])], ...ends, classes),
        kind: 'unencrypted',
        title: `${flow.id} is declared encrypted and was seen in plain text`,
        detail: `${seen.plain} of ${seen.count} records show ${seen.applications.join(', ') || 'plain text'}. Encrypt it, or write that it is not.`,
        evidence: evidenceOf(seen, matched.refused.byFlow.get(flow.id) ?? 0),
        draft: () => propose.plain(flow),
      }),
    ]
  })
}

/** Declared flows not seen since `since`. Those that no sensor could have seen say so, and are nothing to take out. */
function unused(since: number, days: number, scene: Scene): Found[] {
  const { estate, matched, classes, propose } = scene
  const otherwise = new Set([...matched.wrongPort, ...matched.wrongDirection].map(({ declared }) => declared.id))
  return estate.flows.flatMap((flow) => {
    const seen = matched.seen.get(flow.id)
    if (otherwise.has(flow.id) || (seen !== undefined && seen.last >= since)) return []
    const ends = endsOf(flow, scene)
    const [from, to] = ends
    const visible = seen !== undefined || matched.visible(flow)
    const refused = matched.refused.byFlow.get(flow.id) ?? 0
    const blind = `No telemetry shows flows between ${from.zone} and ${to.zone}, or the model has no address to know them by: whether it is used cannot be told. Add a source that sees it, or the address.`
    const detail =
      refused > 0
        ? `It was tried ${times(refused)} and refused: mend the firewall, or take it out.`
        : 'Take it out, and close the firewall for it.'
    return [
      found({
        ...ofDeclared(flow, ends),
        ...(visible ? weighUnused(from, to, classes) : { level: 'informational', why: [] }),
        kind: 'unused',
        title: visible
          ? `${flow.id} was not used for ${days === 1 ? 'a day' : `${days} days`}`
          : `${flow.id} cannot be seen`,
        detail: visible ? detail : blind,
        evidence: seen ? evidenceOf(seen, refused) : { ...noEvidence, refused },
        draft: () => (visible ? propose.remove(flow) : emptyDraft),
      }),
    ]
  })
}

function unknownHosts({ hosts }: Observed, { places, ground, propose }: Scene): Found[] {
  return hosts.flatMap((host) => {
    const end = ground.end(host.address, host.name)
    if (end !== `address:${host.address}`) return []
    const { zone, trust } = places.place(end)
    return [
      found({
        ...weighHost(trust, zone),
        kind: 'unknown-host',
        title: `${host.name === '' ? host.address : `${host.name} (${host.address})`} is no asset of the model`,
        detail: zone === '' ? 'No zone holds its address either.' : `It stands in ${zone}. Find out whose it is.`,
        asset: host.address,
        zones: [zone],
        evidence: { ...noEvidence, count: host.count, first: host.first, last: host.last, event: host.event },
        draft: () => propose.host(host),
      }),
    ]
  })
}

/** Assets that telemetry could know, by a name or an address, and never heard of. */
function neverSeen({ seen }: Observed, flows: readonly ObservedFlow[], { estate, places }: Scene): Found[] {
  const heard = new Set<string>(seen.map(({ asset }) => places.assetNow(asset) ?? asset))
  for (const { from, to, attempt } of flows)
    for (const end of attempt ? [from] : [from, to]) if (end.startsWith('asset:')) heard.add(end.slice('asset:'.length))
  return estate.assets
    .filter(({ id, hosts, addresses }) => !heard.has(id) && hosts.length + addresses.length > 0)
    .map(({ id, zone, logs, at }) =>
      found({
        level: 'informational',
        why: [],
        kind: 'never-seen',
        title: `nothing was ever heard of ${id}`,
        detail: `Neither a log of its own nor a flow names it${logs.length === 0 ? '' : `; expected are ${logs.join(', ')}`}. Add a source, mend its hosts and addresses, or take it out.`,
        asset: id,
        zones: [zone],
        evidence: noEvidence,
        draft: () => ({
          ...emptyDraft,
          does: 'remove',
          out: [{ what: `${id}, unless it is there and only silent`, at }],
        }),
      }),
    )
}
