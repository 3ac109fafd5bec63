// What attackers are after: named by a person, or the crown jewels of the estate.
import { Fault } from '#kernel'
import type { Facts } from './facts.ts'
import type { Profile } from './profiles.ts'
import type { Space } from './space.ts'

export interface Goal {
  /** `data:…` taken, `tamper:…`, `ransom:…`, `service:…` stopped, `asset:…` controlled */
  readonly id: string
  readonly title: string
  readonly fact: number
}

/** A service whose loss in an hour, or within the outage that is tolerable, reaches this is a crown jewel. In the money of the model. */
const highLoss = 1_000

/** Why something is a crown jewel; undefined when it is none. */
export function jewelService({
  revenuePerHour,
  tolerableOutageMinutes,
}: {
  revenuePerHour: number
  tolerableOutageMinutes: number
}): string | undefined {
  if (revenuePerHour >= highLoss) return `${revenuePerHour} an hour are lost while it stands still`
  const loss = (revenuePerHour * tolerableOutageMinutes) / 60
  return loss >= highLoss ? `${Math.round(loss)} are lost within its tolerable outage` : undefined
}

/** Goals by what they are called: `patient-records`, `ransom:patient-records`, `service:portal`, `asset:portal-db`. Throws NOT_FOUND for an unknown one. */
export function goalNamed(facts: Facts, space: Space, name: string): Goal {
  const [prefix, rest] = name.includes(':')
    ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
    : ['', name]
  for (const kind of kinds) {
    if (prefix !== '' && prefix !== kind.prefix) continue
    if (prefix === '' && kind.onlyByPrefix) continue
    const index = kind.find(facts, rest)
    if (index >= 0) return { id: `${kind.prefix}:${rest}`, title: kind.title(rest), fact: space.fact(kind.fact, index) }
  }
  throw new Fault('NOT_FOUND', `goal ${name}: no data, service or asset of that name`)
}

const dataAt = ({ estate }: Facts, id: string) => estate.data.findIndex((data) => data.id === id)
const serviceAt = ({ estate }: Facts, id: string) => estate.services.findIndex((service) => service.id === id)

const kinds = [
  { prefix: 'data', onlyByPrefix: false, fact: 'taken', find: dataAt, title: (id: string) => `${id} are outside` },
  {
    prefix: 'service',
    onlyByPrefix: false,
    fact: 'stopped',
    find: serviceAt,
    title: (id: string) => `${id} stands still`,
  },
  {
    prefix: 'asset',
    onlyByPrefix: false,
    fact: 'admin',
    find: ({ byAsset }: Facts, id: string) => byAsset.get(id)?.[0] ?? -1,
    title: (id: string) => `${id} is controlled`,
  },
  { prefix: 'tamper', onlyByPrefix: true, fact: 'tampered', find: dataAt, title: (id: string) => `${id} are changed` },
  {
    prefix: 'ransom',
    onlyByPrefix: true,
    fact: 'ransom',
    find: dataAt,
    title: (id: string) => `${id} are held to ransom`,
  },
] as const

/** The crown jewels that a profile is after: data whose confidentiality (or integrity, or availability) is critical, services whose loss is high. */
export function crownJewels(facts: Facts, space: Space, { goals }: Pick<Profile, 'goals'>): Goal[] {
  const { data, services } = facts.estate
  const names = goals.flatMap((goal) => {
    if (goal === 'taken') return data.filter((one) => one.confidentiality === 'critical').map(({ id }) => `data:${id}`)
    if (goal === 'tampered') return data.filter((one) => one.integrity === 'critical').map(({ id }) => `tamper:${id}`)
    if (goal === 'ransom')
      return data
        .filter((one) => one.availability === 'critical' || one.integrity === 'critical')
        .map(({ id }) => `ransom:${id}`)
    return services.filter((one) => jewelService(one) !== undefined).map(({ id }) => `service:${id}`)
  })
  return names.map((name) => goalNamed(facts, space, name))
}
