// Who sits where, and which credentials open what: written down (people, trust), or implied by the authentication of a flow.
import type { Estate, Factor, Habit, Person } from '#model'
import { type Ground, type Link, pairs, passesOn } from './nodes.ts'

/** People of one function, or nameless people assumed at a device that nobody is written down for. */
export interface Crowd {
  readonly index: number
  readonly title: string
  /** id of the people in the model; empty when assumed */
  readonly person: string
  readonly count: number
  readonly habits: ReadonlySet<Habit>
  readonly shared: boolean
  /** nodes at which they work */
  readonly seats: readonly number[]
}

/** Something that opens nodes: a password, a key, a session. */
export interface Credential {
  readonly index: number
  readonly title: string
  readonly opens: readonly number[]
  readonly as: 'user' | 'admin' | 'service'
  readonly factor: Factor
  /** nodes on which it lies or is typed */
  readonly keptOn: readonly number[]
  /** index of the people whose it is; −1 for programs */
  readonly crowd: number
  /** a role of the cloud: fetched by whoever runs there, never typed */
  readonly role: boolean
  /** nodes that vouch for it: directory, single sign-on */
  readonly vouchedBy: readonly number[]
  /** what takes it away, in the words of what-if; nothing single does when several flows imply it */
  readonly change: string | undefined
}

/** Assumed at a device of people whom the model does not name. */
const assumedPeople = 10
const seatCategories = new Set(['endpoint', 'mobile', 'browser'])

/** People and where they sit: the devices that they use, else those of their zone; and assumed people for devices that nobody uses. */
export function crowdsOf({ estate, nodes, byAsset }: Ground): Crowd[] {
  const crowds: Crowd[] = []
  const isSeat = (node: number) => {
    const at = nodes[node]
    return at !== undefined && !at.foreign && (seatCategories.has(at.asset.category) || at.is('human-operated'))
  }
  const taken = new Set<number>()
  const seatsIn = new Map<number, number[]>()
  for (const { index, zone } of nodes) if (isSeat(index)) seatsIn.set(zone, [...(seatsIn.get(zone) ?? []), index])
  for (const person of estate.people) {
    const zone = estate.zones.findIndex(({ id }) => id === person.zone)
    const used = person.uses.flatMap(({ asset }) => [...(byAsset.get(asset) ?? [])]).filter(isSeat)
    const near = zone >= 0 ? (seatsIn.get(zone) ?? []) : []
    const seats = used.length > 0 ? used : near
    for (const seat of seats) taken.add(seat)
    const { title, count, habits, sharedAccount: shared } = person
    crowds.push({ index: crowds.length, title, person: person.id, count, habits: new Set(habits), shared, seats })
  }
  for (const node of nodes) {
    if (!isSeat(node.index) || taken.has(node.index)) continue
    const count = Math.max(assumedPeople, node.asset.replicas)
    const title = `people at ${node.asset.title}`
    crowds.push({
      index: crowds.length,
      title,
      person: '',
      count,
      habits: new Set(),
      shared: false,
      seats: [node.index],
    })
  }
  return crowds
}

const factorWords: readonly (readonly [RegExp, Factor])[] = [
  [/^none$|^$/, 'none'],
  [/passkey|fido|webauthn|hardware/, 'passkey'],
  [/mutual|mtls|certificate|client-cert/, 'certificate'],
  [/push/, 'password-and-push'],
  [/password-and|code|otp|mfa|2fa|two-factor|single-sign-on|sso|saml|oidc/, 'password-and-code'],
  [/key|token|role|bearer|signed|jwt|oauth|hmac|iam/, 'key'],
]

/** What the free words of a flow's `authentication` mean. */
interface Meaning {
  /** a password when they say nothing better */
  readonly factor: Factor
  /** a role of the cloud, that whoever runs there has */
  readonly role: boolean
  /** a directory or single sign-on is asked */
  readonly vouched: boolean
}

/** Reads the `authentication` of a flow. */
export function meaningOf(authentication: string): Meaning {
  const text = authentication.toLowerCase()
  return {
    factor: factorWords.find(([words]) => words.test(text))?.[1] ?? 'password',
    role: /\brole\b|iam|managed-identity|workload-identity/.test(text),
    vouched: /kerberos|ldap|single-sign-on|sso|saml|oidc|ntlm/.test(text),
  }
}

/**
 * Credentials of people (`uses`), of trust, and those that authenticated flows imply where neither is written down. Uses and trust that are
 * said to be revoked give none, and keep the flow beside them from implying one.
 */
export function credentialsOf(ground: Ground, crowds: readonly Crowd[]): Credential[] {
  const written = [...usesOf(ground, crowds), ...trustOf(ground)]
  const known = new Set<number>()
  const pair = (from: number, to: number) => from * ground.nodes.length + to
  for (const { keptOn, opens } of written) for (const from of keptOn) for (const to of opens) known.add(pair(from, to))
  const revoked = new Set(ground.extra.revoked?.map((what) => `without ${what}`))
  const found = written.filter(({ change }) => change === undefined || !revoked.has(change))
  for (const implied of impliedOf(ground, crowds, (from, to) => known.has(pair(from, to)))) found.push(implied)
  return found.map((credential, index) => ({ ...credential, index }))
}

/** Of people one account for each thing that they log in to, wherever they sit; of programs one for each flow. */
function impliedOf(
  ground: Ground,
  crowds: readonly Crowd[],
  known: (from: number, to: number) => boolean,
): Unnumbered[] {
  const crowdAt = new Map<number, Crowd>()
  for (const crowd of crowds) for (const seat of crowd.seats) if (!crowdAt.has(seat)) crowdAt.set(seat, crowd)
  const meanings = new Map<string, Meaning>()
  const found: Unnumbered[] = []
  const accounts = new Map<string, number>()
  for (const link of ground.links) {
    const { from, to, flow, shell } = link
    if (known(from, to)) continue
    const meaning = meanings.get(flow.authentication) ?? meaningOf(flow.authentication)
    meanings.set(flow.authentication, meaning)
    const crowd = crowdAt.get(from)
    const implied = impliedBy(ground, link, meaning, crowd)
    if (!implied) continue
    const opens = crowd ? meantBy(ground, link).filter((one) => !known(from, one)) : [to]
    if (opens.length === 0) continue
    const key = crowd ? `${crowd.index} ${to} ${shell} ${flow.authentication}` : ''
    const before = found[accounts.get(key) ?? -1]
    if (before) found[accounts.get(key) ?? -1] = together(before, { ...implied, opens })
    else {
      if (crowd) accounts.set(key, found.length)
      found.push({ ...implied, opens })
    }
  }
  return found
}

/** One account seen from two places: no single flow takes it away. */
const together = (a: Unnumbered, b: Unnumbered): Unnumbered => ({
  ...a,
  opens: [...new Set([...a.opens, ...b.opens])],
  keptOn: [...a.keptOn, ...b.keptOn],
  vouchedBy: [...new Set([...a.vouchedBy, ...b.vouchedBy])],
  change: undefined,
})

/** What people log in to over a link: what stands behind a proxy, not the proxy. */
function meantBy({ nodes, out }: Ground, { to, shell }: Link): number[] {
  const target = nodes[to]
  const behind = shell || !target ? [] : (out[to] ?? []).filter((link) => passesOn(target, link)).map((link) => link.to)
  return behind.length > 0 ? behind : [to]
}

type Unnumbered = Omit<Credential, 'index'>

/** What whoever speaks over a flow must hold, by the words of its authentication. */
function impliedBy(ground: Ground, link: Link, meaning: Meaning, crowd?: Crowd): Unnumbered | undefined {
  const { from, to, flow, shell } = link
  const [source, target] = [ground.nodes[from], ground.nodes[to]]
  const { factor, role, vouched } = meaning
  if (!source || !target || source.foreign || factor === 'none' || flow.authentication === 'unknown') return undefined
  return {
    title: `${flow.authentication} of ${crowd?.title ?? source.name} for ${target.name}`,
    opens: [to],
    as: shell && flow.protocol !== 'smb' ? 'admin' : crowd ? 'user' : 'service',
    factor,
    keptOn: [from],
    crowd: crowd?.index ?? -1,
    role,
    vouchedBy: vouched ? vouchers(ground, [from], [to]) : [],
    change: `without ${flow.id}`,
  }
}

/** Accounts of customers, who come from where anybody is, open what is theirs alone: no way to the data of others. */
const isCustomer = ({ zones }: Estate, person: Person): boolean =>
  zones.some(({ id, trust }) => id === person.zone && trust === 0)

const usesOf = (ground: Ground, crowds: readonly Crowd[]): Unnumbered[] =>
  ground.estate.people.flatMap((person, at) =>
    person.uses.flatMap(({ asset, as, factor }) => {
      if (as === 'user' && isCustomer(ground.estate, person)) return []
      const opens = (ground.byAsset.get(asset) ?? []).filter(
        (node) => !crowds[at]?.seats.includes(node) || as === 'admin',
      )
      if (opens.length === 0) return []
      const seats = crowds[at]?.seats ?? []
      const title = `${as === 'admin' ? 'the administrator account' : 'an account'} of ${person.title} on ${asset}`
      const change = `without use ${person.id} -> ${asset}`
      const vouchedBy = vouchers(ground, seats, opens)
      return [{ title, opens, as, factor, keptOn: seats, crowd: at, role: false, vouchedBy, change }]
    }),
  )

const trustOf = (ground: Ground): Unnumbered[] =>
  ground.estate.trust.flatMap((trust) =>
    [...new Set(pairs(trust, ground.nodes, ground.byAsset).map(([from]) => from))].map((from) => {
      const opens = pairs(trust, ground.nodes, ground.byAsset)
        .filter(([source]) => source === from)
        .map(([, to]) => to)
      const cloud = opens.some((to) => ground.nodes[to]?.asset.category === 'cloud')
      return {
        title: `what ${ground.nodes[from]?.name ?? ''} keeps for ${trust.to}`,
        opens,
        as: trust.as,
        factor: trust.factor,
        keptOn: [from],
        crowd: -1,
        role: cloud && trust.as === 'service',
        vouchedBy: [],
        change: `without trust ${trust.id}`,
      }
    }),
  )

/** Nodes that issue credentials and are asked by who logs in or by what is logged in to. */
function vouchers({ nodes, out }: Ground, from: readonly number[], to: readonly number[]): number[] {
  const found = new Set<number>()
  for (const node of [...from, ...to])
    for (const link of out[node] ?? []) if (nodes[link.to]?.is('issues-credentials') === true) found.add(link.to)
  return [...found]
}
