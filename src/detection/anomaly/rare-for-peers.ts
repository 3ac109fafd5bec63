// Something that hardly anybody of the same group of people, or no machine of the same role, does.
import { type Facts, traits } from './facts.ts'
import { type Known, knownShape } from './first-seen.ts'
import { shown, some } from './numbers.ts'
import { accountsAt, homeOf, machinePeers, machinesNamed, schemeOf } from './peers.ts'
import { pairKeys, remembered } from './remembered.ts'
import type { Access, Detector, Found, Settings } from './types.ts'

const parameters = {
  peers: { value: 5, does: 'members that a peer group needs' },
  share: { value: 0.1, does: 'told when at most this share of the group does it, the one at hand counted' },
  seenDays: { value: 3, does: 'days that the member must have been seen before' },
  observed: {
    value: 1,
    does: '0 leaves out whom the model does not place; else the names of machines show their group',
  },
} as const
type Asked = Settings<typeof parameters>

/** Who did what, and the groups that it can be held against, the narrowest first. */
interface Peer {
  readonly who: string
  readonly groups: readonly string[]
  readonly what: string
}

const runs = remembered((program) => `runs ${program}`)
const logsIn = remembered((host) => `logs in to ${host}`)
const doersKey = pairKeys()

/** An account against its group in the model, else a machine against those of its kind. */
function placedPeer({ traits: has, user, host, program, peers, kind, zone }: Facts, what: string): Peer | undefined {
  if (peers !== '' && user !== '') return { who: user, groups: [peers], what }
  const isStart = (has & traits.start) !== 0
  const groups = isStart && host !== '' ? machinePeers(kind, zone) : []
  return groups.length > 0 ? { who: host, groups, what: runs(program) } : undefined
}
/** The same where the model places neither: by the names of machines. */
function observedPeer(facts: Facts, what: string, { groups, days }: { groups: Access<Known>; days: number }) {
  const { traits: has, user, host, program } = facts
  const home = user === '' ? '' : homeOf(facts, groups, days)
  if (home !== '') return { who: user, groups: [accountsAt(home)], what }
  const scheme = (has & traits.start) === 0 ? '' : schemeOf(host)
  return scheme === '' ? undefined : { who: host, groups: [machinesNamed(scheme)], what: runs(program) }
}
function peerOf(facts: Facts, groups: Access<Known>, asked: Asked): Peer | undefined {
  const isStart = (facts.traits & traits.start) !== 0
  if (!isStart && facts.event.outcome !== 'success') return undefined
  const what = isStart ? runs(facts.program) : logsIn(facts.host)
  const placed = placedPeer(facts, what)
  if (placed || asked.observed === 0) return placed
  return observedPeer(facts, what, { groups, days: asked.seenDays })
}
const empty = (): Known => ({ last: -1, days: 0, whats: new Map(), chars: 0 })
const mostMembers = 500

function join(known: Known, who: string, day: number): void {
  if (day > known.last) {
    known.last = day
    known.days++
  }
  const before = known.whats.get(who)
  if (!before && known.whats.size >= mostMembers) return
  known.whats.set(who, [before?.[0] ?? day, day])
  if (!before) known.chars += who.length
}

/** Small: too few members to say anything. */
type Verdict = Found | 'usual' | 'small'

/** Notes who did what within one group, and whether that is rare there. */
function judge({ who, what }: Peer, group: string, { facts, groups, settings }: Seen): Verdict {
  const { day } = facts
  const doers = doersKey(group, what)
  const known = groups.look(group)
  if (groups.look(doers)?.whats.has(who) === true && known?.whats.get(who)?.[1] === day)
    return known.whats.size < settings.peers ? 'small' : 'usual'
  const members = groups.at(group, empty)
  join(members, who, day)
  const all = groups.at(doers, empty)
  const isNew = !all.whats.has(who)
  join(all, who, day)
  const size = members.whats.size
  if (size < settings.peers) return 'small'
  const [from] = members.whats.get(who) ?? [day]
  const share = all.whats.size / size
  if (!isNew || day - from < settings.seenDays || (share > settings.share && all.whats.size > 1)) return 'usual'
  const names = [...all.whats.keys()]
  return {
    key: `${who}|${doers}`,
    about: `${who}|${what}`,
    text: `${who} ${what}: ${all.whats.size} of ${size} in ${group} did so in ${groups.learntDays} days (${shown(100 * share)} %)`,
    numbers: [
      { name: 'members who do it', value: String(all.whats.size), usual: some(names) },
      { name: 'members', value: String(size), usual: '' },
      { name: 'share', value: `${shown(100 * share)} %`, usual: `more than ${shown(100 * settings.share)} %` },
    ],
    history: { kind: 'list', items: names.slice(0, 50).map((name) => ({ name, note: what })) },
  }
}
interface Seen {
  readonly facts: Facts
  readonly groups: Access<Known>
  readonly settings: Asked
}

export const rareForPeers: Detector<Known, typeof parameters> = {
  name: 'rare-for-peers',
  id: '7020234a-aceb-499a-b81b-f2fa874ffb88',
  title: 'Rare within its peer group',
  does: 'an account that runs a program or logs in to a machine that hardly anybody of its group of people does; a machine likewise among those of its kind and zone',
  level: 'low',
  techniques: ['T1078'],
  tactics: ['lateral-movement'],
  learnDays: 7,
  parameters,
  shape: knownShape,
  concerns: traits.start | traits.login,
  see(facts, groups, settings) {
    const peer = peerOf(facts, groups, settings)
    if (!peer) return undefined
    let verdict: Verdict = 'small'
    for (const group of peer.groups) {
      const next = judge(peer, group, { facts, groups, settings })
      if (verdict === 'small') verdict = next
    }
    return typeof verdict === 'string' ? undefined : verdict
  },
}
