// Titles of what the model names, so that pages can say `Portal database` where an answer says `portal-db`.
import { useMemo } from 'react'
import type { Estate } from './nouns.ts'
import { useRead } from './queries.ts'

export type NameOf = (id: string) => string

/** The title of an id of the model; the id itself while the model is not here, or does not know it. `asset@place` keeps its place. */
export function namesOf(estate: Pick<Estate, 'zones' | 'people' | 'data' | 'services' | 'assets'> | undefined): NameOf {
  if (!estate) return (id) => id
  const all = [...estate.zones, ...estate.people, ...estate.data, ...estate.services, ...estate.assets]
  const titles = new Map(all.map(({ id, title }) => [id, title]))
  return (id) => {
    const known = titles.get(id)
    if (known !== undefined) return known
    const at = id.indexOf('@')
    const asset = at > 0 ? titles.get(id.slice(0, at)) : undefined
    return asset === undefined ? id : `${asset} (${id.slice(at + 1)})`
  }
}

/** The model and the names in it. */
export function useNames(): { readonly estate: Estate | undefined; readonly nameOf: NameOf } {
  const { data: estate } = useRead('model.show', {})
  const nameOf = useMemo(() => namesOf(estate), [estate])
  return { estate, nameOf }
}
