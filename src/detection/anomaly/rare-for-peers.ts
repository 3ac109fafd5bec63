// Something that hardly anybody of the same department, or no machine of the same kind, does.
import { type Facts, traits } from './facts.ts'
import { type Known, knownShape } from './first-seen.ts'
import { shown, some } from './numbers.ts'
import { pairKeys, remembered } from './remembered.ts'
import type { Detector } from './types.ts'

const parameters = {
  peers: { value: 5, does: 'members that a peer group needs' },
  share: { value: 0.1, does: 'told when at most this share of the group does it, the one at hand counted' },
  seenDays: { value: 3, does: 'days that the member must have been seen before' },
} as const
interface Peer {
  readonly who: string
  readonly group: string
  readonly what: string
}

const runs = remembered((program) => `runs ${program}`)
const logsIn = remembered((host) => `logs in to ${host}`)
const doersKey = pairKeys()

/** Accounts are held against their department, machines against those of their kind in the model. */
function peerOf({ event, user, host, program, peers, kind, isLogin }: Facts): Peer | undefined {
  const starts = event.class_uid === 1007 && event.activity_id === 1 && event.parent_process !== undefined
  if (peers !== '' && user !== '') {
    if (starts) return { who: user, group: peers, what: runs(program) }
    return isLogin && event.outcome === 'success'
      ? { who: user, group: peers, what: logsIn(host) }
      : undefined
  }
  return starts && kind !== '' && host !== '' ? { who: host, group: kind, what: runs(program) } : undefined
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

export const rareForPeers: Detector<Known, typeof parameters> = {
  name: 'rare-for-peers',
  id: '7020234a-aceb-499a-b81b-f2fa874ffb88',
  title: 'Rare within its peer group',
  does: 'an account that runs a program or logs in to a machine that hardly anybody of its department does; a machine likewise among those of its kind',
  level: 'low',
  techniques: ['T1078'],
  tactics: ['lateral-movement'],
  learnDays: 7,
  parameters,
  shape: knownShape,
  concerns: traits.start | traits.login,
  see(facts, groups, settings) {
    const peer = peerOf(facts)
    if (!peer) return undefined
    const { who, group, what } = peer
    const doers = doersKey(group, what)
    if (groups.look(doers)?.whats.has(who) === true && groups.look(group)?.whats.get(who)?.[1] === facts.day)
      return undefined
    const members = groups.at(group, empty)
    join(members, who, facts.day)
    const all = groups.at(doers, empty)
    const isNew = !all.whats.has(who)
    join(all, who, facts.day)
    const [from] = members.whats.get(who) ?? [facts.day]
    const size = members.whats.size
    const share = all.whats.size / size
    if (!isNew || size < settings.peers || facts.day - from < settings.seenDays) return undefined
    if (share > settings.share && all.whats.size > 1) return undefined
    const names = [...all.whats.keys()]
    return {
      key: `${who}|${doers}`,
      text: `${who} ${what}: ${all.whats.size} of ${size} in ${group} did so in ${groups.learntDays} days (${shown(100 * share)} %)`,
      numbers: [
        { name: 'members who do it', value: String(all.whats.size), usual: some(names) },
        { name: 'members', value: String(size), usual: '' },
        { name: 'share', value: `${shown(100 * share)} %`, usual: `more than ${shown(100 * settings.share)} %` },
      ],
      history: { kind: 'list', items: names.slice(0, 50).map((name) => ({ name, note: what })) },
    }
  },
}
