// The draft while it grows: entries by kind, with ids given once and addresses and names claimed once.
import { parseNetwork, networkKey } from '../network.ts'
import { idGiver } from './names.ts'
import type { EntryValues } from './yaml-text.ts'

/** A draft under work. */
export interface Draft {
  readonly zones: Map<string, EntryValues>
  readonly assets: Map<string, EntryValues>
  readonly flows: Map<string, EntryValues>
  readonly services: Map<string, EntryValues>
  readonly notes: string[]
  /** A new id for a zone or an asset. */
  zoneId(text: string, otherwise: string): string
  assetId(text: string, otherwise: string): string
  serviceId(text: string, otherwise: string): string
  /** Those of the names that no asset has yet and that can be host names. */
  freeNames(names: readonly string[]): string[]
  /** Those of the addresses that no asset has yet. */
  freeAddresses(addresses: readonly string[]): string[]
  /** Adds a flow; further ones between the same two are told apart by their port. */
  flow(from: string, to: string, values: EntryValues & { readonly port: number; readonly transport: string }): void
}

export function newDraft(): Draft {
  const [names, addresses] = [new Set<string>(), new Set<string>()]
  const flows = new Map<string, EntryValues>()
  const fresh = (taken: Set<string>, keys: readonly (readonly [string, string | undefined])[]): string[] =>
    keys.flatMap(([text, key]) => {
      if (key === undefined || taken.has(key)) return []
      taken.add(key)
      return [text]
    })
  return {
    zones: new Map(),
    assets: new Map(),
    flows,
    services: new Map(),
    notes: [],
    zoneId: idGiver(),
    assetId: idGiver(),
    serviceId: idGiver(),
    freeNames: (given) =>
      fresh(
        names,
        given.map(
          (name) => [name, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,251}$/.test(name) ? name.toLowerCase() : undefined] as const,
        ),
      ),
    freeAddresses: (given) =>
      fresh(
        addresses,
        given.map((text) => {
          const network = parseNetwork(text)
          return [text, network && networkKey(network)] as const
        }),
      ),
    flow(from, to, { transport, ...values }) {
      if (from === to) return
      const plain = `${from} -> ${to}`
      const key = flows.has(plain) ? `${plain} (${transport} ${values.port})` : plain
      if (!flows.has(key)) flows.set(key, values)
    },
  }
}
