// What of the estate a page's address asks to be drawn.
import type { Input } from '../../client/nouns.ts'
import type { Params } from '../../frame/places.ts'

type Group = NonNullable<Input<'model.view'>['group']>
/** Ways to group, with what they do. */
export const groupings: readonly { readonly value: Group | ''; readonly title: string; readonly hint: string }[] = [
  { value: '', title: 'As needed', hint: 'as the view says, and no more boxes than can be taken in' },
  { value: 'zone', title: 'By zone', hint: 'a box for each zone' },
  { value: 'kind', title: 'By kind', hint: 'a box for each kind in a zone' },
  { value: 'owner', title: 'By owner', hint: 'a box for each owner in a zone' },
  { value: 'none', title: 'Every asset', hint: 'however many there are' },
]
const isGroup = (text: string | undefined): text is Group =>
  groupings.some(({ value }) => value !== '' && value === text)

export type ViewAsk = Input<'model.view'>

/** What the address asks for. */
export function askOf(params: Params): ViewAsk {
  const [of, group] = [params['of'], params['group']]
  return { ...(of ? { view: of } : {}), ...(isGroup(group) ? { group } : {}) }
}
