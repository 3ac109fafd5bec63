// What an importer is. Adding one: its file, and its line in table.ts.
import type { Issue, Result } from '#kernel'
import { type Drafting, newDraft } from '../draft.ts'
import { isAnywhere, isPrivate, networkOf } from '../networks.ts'
import type { Source } from '../sources.ts'
import type { Draft } from '../types.ts'

export interface Importer {
  /** Kebab-case, as `--format` takes it. */
  readonly name: string
  readonly title: string
  /** What it reads, and how that is made. */
  readonly reads: string
  /** Where things of the source go in the model. */
  readonly becomes: string
  /** By what stands in the file; its name does not count. */
  recognises(source: Source): boolean
  /** Files of one source as one draft; fails with everything that is wrong with them. */
  read(sources: readonly Source[]): Result<Draft, Issue[]>
}

/** A new draft that names its files. */
export const draftOf = (title: string, sources: readonly Pick<Source, 'file'>[]): Drafting => {
  const names = sources.map(({ file }) => file)
  const more = names.length > 5 ? ` and ${names.length - 5} more files` : ''
  return newDraft(`${title}: ${names.slice(0, 5).join(', ')}${more}`)
}

/** The id of a zone that is made the first time it is asked for. */
export function onDemand(make: () => string): () => string {
  let id: string | undefined
  return () => (id ??= make())
}

/** The internet as a zone, and those who come from it as an asset in it. Made when asked for. */
export function internetOf(draft: Drafting): { readonly zone: () => string; readonly clients: () => string } {
  const zone = onDemand(() => draft.put('zones', { id: 'internet', values: { title: 'Internet', trust: 0 } }))
  const clients = onDemand(() =>
    draft.put('assets', {
      id: 'internet-clients',
      values: { title: 'Anyone on the internet', kind: 'internet-users', zone: zone(), criticality: 'low' },
    }),
  )
  return { zone, clients }
}

/** A zone for assets of which the source does not say where they stand. */
export const elsewhereOf = (draft: Drafting): (() => string) =>
  onDemand(() => draft.put('zones', { id: 'elsewhere', values: { title: 'Not in any zone of the source', trust: 50 } }))

/** Assets that stand for whoever has an address of a network: the internet for everybody, else one asset a network. */
export function machinesOf(
  draft: Drafting,
  internet: ReturnType<typeof internetOf>,
  zone: () => string,
): (network: string) => string {
  const known = new Map<string, string>()
  return (network) => {
    const read = networkOf(network)
    if (read === undefined || isAnywhere(network)) return internet.clients()
    const id =
      known.get(network) ??
      draft.put('assets', {
        id: `machines-${network}`,
        values: {
          title: `Machines of ${network}`,
          kind: 'machines',
          zone: isPrivate(read) ? zone() : internet.zone(),
          addresses: [network],
          criticality: 'low',
        },
      })
    known.set(network, id)
    return id
  }
}
