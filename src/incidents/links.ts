// What ties alerts together: shared process tree, user, address or host, each with its reach in time.
import { levels, type Level } from '#standards'
import { type Alert, sourceRules } from '#detection'

export const linkKinds = ['process', 'user', 'address', 'host', 'source', 'repeat'] as const
export type LinkKind = (typeof linkKinds)[number]

/** A handle by which another alert may be tied to this one. */
export interface Link {
  readonly kind: LinkKind
  readonly value: string
}

const hour = 3_600_000
/** How far apart in time two alerts may lie and still be tied by this kind of link, in milliseconds. */
export const reach: Readonly<Record<LinkKind, number>> = {
  process: 24 * hour,
  user: 12 * hour,
  address: 12 * hour,
  host: 6 * hour,
  source: 7 * 24 * hour,
  repeat: 24 * hour,
}

/** Accounts that exist on every machine: the name alone says nothing about who acted. */
const genericUsers = new Set([
  'root',
  'administrator',
  'admin',
  'system',
  'nobody',
  'www-data',
  'nginx',
  'postgres',
  'ubuntu',
  'debian',
  'ec2-user',
  'guest',
  '-',
])

/** Private, loopback, link-local and unique-local ranges (RFC 1918, RFC 6598, RFC 4193): inside the organisation. */
export const isInside = (address: string): boolean =>
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|127\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:|::1$)/i.test(
    address,
  )

/** Something was done on the host (a process ran, an account acted), not merely sent to it from outside. */
const happenedOnHost = (alert: Alert): boolean =>
  alert.entities.processes.length > 0 ||
  alert.entities.addresses.length === 0 ||
  (alert.user !== '' && !alert.entities.addresses.some((address) => !isInside(address)))

/** About a source of events itself: silent, of unusual rate, as usual again. */
const aboutSource = new Set<string>(Object.values(sourceRules))

/** The handles of an alert. A probe from outside is tied by its address and by repetition, never by the host it happened to hit. */
export function linksOf(alert: Alert): Link[] {
  const { host, user, processes, addresses } = alert.entities
  const links: Link[] = processes.map((value) => ({ kind: 'process', value }))
  if (user !== undefined && !genericUsers.has(user)) links.push({ kind: 'user', value: user })
  links.push(...addresses.map((value) => ({ kind: 'address', value }) as const))
  if (host !== undefined && happenedOnHost(alert)) links.push({ kind: 'host', value: host })
  if (aboutSource.has(alert.rule.id)) links.push({ kind: 'source', value: alert.source })
  links.push({ kind: 'repeat', value: `${alert.rule.id} ${host ?? user ?? addresses[0] ?? alert.source}` })
  return links
}

/** Heavy enough to be worth a person's time by itself, and to be tied by nothing more than happening on the same host. */
export const isHeavy = (level: Level): boolean => levels.indexOf(level) >= levels.indexOf('medium')

/** The link in words, for the timeline. */
export function linkText(link: Link): string {
  switch (link.kind) {
    case 'process':
      return 'same process tree'
    case 'user':
      return `same user ${link.value}`
    case 'address':
      return `same address ${link.value}`
    case 'host':
      return `same host ${link.value}`
    case 'source':
      return `same source of events ${link.value}`
    case 'repeat':
      return 'same rule on the same target'
  }
}
