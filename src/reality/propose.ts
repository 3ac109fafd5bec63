// What to change in the model so that it says what was seen.
import { isoTime } from '#kernel'
import type { Estate, Flow } from '#model'
import { type Draft, emptyDraft, type Entry, entryOf } from './draft.ts'
import type { Ground } from './ground.ts'
import type { Met, Otherwise } from './match.ts'
import { newcomers, untaken } from './newcomers.ts'
import type { Place } from './places.ts'
import { usuallySealed } from './sealed.ts'
import type { ObservedFlow, ObservedHost } from './types.ts'

/** Proposals over one estate. */
export function proposals(estate: Estate, ground: Ground, hosts: readonly ObservedHost[]) {
  const lacking = newcomers(estate, ground, hosts)
  const flowIds = new Set(estate.flows.map(({ id }) => id))
  const keyFor = (ends: string, label: string): string => {
    const free = untaken(label === '' ? 'seen' : label, (text) => flowIds.has(`${ends} (${text})`))
    return label === '' && !flowIds.has(ends) ? ends : `${ends} (${free})`
  }
  return {
    /** Declares a flow as it was seen. `label` tells it apart from others between the same two. */
    add({ flow, from, to }: Met, label: string): Draft {
      if (from.asset && from.asset === to.asset && !standsForMany(from)) return emptyDraft
      const [a, b] = [lacking.assetFor(from), lacking.assetFor(to)]
      const entry: Entry = {
        ...spokenOf(flow, to),
        authentication: 'unknown',
        purpose: `seen since ${isoTime(flow.first).slice(0, 10)}; say what it is for`,
      }
      const added = { zones: { ...a.zones, ...b.zones }, assets: { ...a.assets, ...b.assets } }
      return { ...emptyDraft, does: 'add', ...added, flows: { [keyFor(`${a.id} -> ${b.id}`, label)]: entry } }
    },
    /** Declares a machine. */
    host({ address }: ObservedHost): Draft {
      const { zones, assets } = lacking.machine(address, false)
      return { ...emptyDraft, does: 'add', zones, assets }
    },
    /** The declared flow with another port, as seen. */
    port: ({ declared, flow, to }: Otherwise): Draft =>
      inPlaceOf(declared, declared.id, entryOf({ ...declared, ...spokenOf(flow, to, declared) })),
    /** The declared flow the other way round: what went there comes back. */
    turn({ declared, flow, from, to }: Otherwise): Draft {
      const { data, back } = declared
      const key = keyFor(`${lacking.assetFor(from).id} -> ${lacking.assetFor(to).id}`, '')
      return inPlaceOf(declared, key, entryOf({ ...declared, ...spokenOf(flow, to, declared), data: back, back: data }))
    },
    /** The declared flow without encryption. */
    plain(declared: Flow): Draft {
      const draft = inPlaceOf(declared, declared.id, entryOf({ ...declared, encrypted: false }))
      return { ...draft, notes: [`better: encrypt ${declared.id}, and leave the model as it is`] }
    },
    remove: ({ id, at }: Flow): Draft => ({ ...emptyDraft, does: 'remove', out: [{ what: id, at }] }),
  }
}
export type Proposals = ReturnType<typeof proposals>

const inPlaceOf = ({ id, at }: Flow, key: string, entry: Entry): Draft => ({
  ...emptyDraft,
  does: 'change',
  flows: { [key]: entry },
  out: [{ what: id, at }],
})

const standsForMany = ({ asset }: Place): boolean =>
  asset !== undefined &&
  (asset.replicas > 1 ||
    asset.instances.length > 1 ||
    asset.hosts.length > 1 ||
    asset.addresses.length > 1 ||
    [...asset.hosts, ...asset.addresses].some((text) => /[*?/]/.test(text)))

/** Sensors' words for protocols in those of the model. */
const ownWords: Readonly<Record<string, string>> = {
  ssl: 'tls',
  krb5: 'kerberos',
  pgsql: 'postgres',
  postgresql: 'postgres',
  http2: 'http',
}
const plainName = /^[a-z][a-z0-9-]{0,39}$/
const webPorts = new Set([443, 8443])

/**
 * Protocol, port and encryption as seen; where nothing shows them, as declared before, as the receiver's kind has them on that port, or as is
 * usual. Only what was never seen in plain text is encrypted.
 */
function spokenOf(flow: ObservedFlow, { asset }: Place, before?: Pick<Flow, 'protocol' | 'encrypted'>) {
  const { transport, port, sealed, plain } = flow
  const usual = asset?.ports.find((one) => one.port === port)
  const guessed = before?.encrypted ?? usual?.encrypted ?? usuallySealed(port)
  const unnamed = webPorts.has(port) ? 'https' : transport
  return {
    protocol: usual?.protocol ?? protocolSeen(flow) ?? before?.protocol ?? unnamed,
    port,
    encrypted: plain === 0 && (sealed > 0 || guessed),
  }
}

/** What a sensor took the flow for, in the words of the model. */
function protocolSeen({ applications, port }: ObservedFlow): string | undefined {
  const [name] = applications.map((all) => all.split(',')[0] ?? all).filter((one) => plainName.test(one))
  const own = name && (ownWords[name] ?? name)
  return own === 'tls' && webPorts.has(port) ? 'https' : own
}
