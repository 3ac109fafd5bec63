// What a value of a field is: a host, a user, an address, a domain; or nothing that has a page.
import type { IconName } from '../../parts/Icon.tsx'

export const entityKinds = ['host', 'user', 'address', 'domain'] as const
export type EntityKind = (typeof entityKinds)[number]
export const isEntityKind = (text: string | undefined): text is EntityKind => entityKinds.some((kind) => kind === text)

export const entityIcons: Readonly<Record<EntityKind, IconName>> = {
  host: 'server',
  user: 'person',
  address: 'link',
  domain: 'globe',
}

const columns: Readonly<Record<string, EntityKind>> = {
  host: 'host',
  src_host: 'host',
  dst_host: 'host',
  user: 'user',
  target_user: 'user',
  src_ip: 'address',
  dst_ip: 'address',
  domain: 'domain',
}

/** The kind of thing that a column's value names. Only columns: what a source calls `user` need not be what events are found by. */
export const entityKindOf = (column: string): EntityKind | undefined =>
  Object.hasOwn(columns, column) ? columns[column] : undefined
