// How the page asks: events page by page, names and values for completion.
import { call } from '../../client/client.ts'
import { usePages, useRead } from '../../client/queries.ts'
import { plural } from '../../format/number.ts'
import { endsOf, type Range } from '../../format/range.ts'
import { fitting, pipeWords, type Completion, type Writing } from './language.ts'
import { nameTerm, termOf } from './query.ts'

export const pageSize = 200

/** Events found, the newest first, a page at a time. */
export const useEvents = (q: string, range: Range, enabled: boolean) =>
  usePages({
    key: ['event.search', 'pages', q, range],
    load: (cursor, signal) =>
      call(
        'event.search',
        { q, ...endsOf(range, Date.now()), limit: pageSize, ...(cursor === undefined ? {} : { before: cursor }) },
        signal,
      ),
    enabled,
  })

/** The end of this minute: figures over a moving stretch are asked for once a minute. */
export const thisMinute = (): number => Math.floor(Date.now() / 60_000) * 60_000 + 60_000

/** Names with how many events have each. */
export const useFields = (q: string, range: Range, enabled = true) =>
  useRead('event.fields', { q, ...endsOf(range, thisMinute()) }, { keep: true, enabled })

const plainTyped = /^[\w.@$-]{1,60}$/

/** What could stand at the caret. */
export function useCompletions(writing: Writing | undefined, range: Range): readonly Completion[] {
  const names = useFields('', range, writing !== undefined && writing.kind !== 'pipe')
  const field = writing?.kind === 'value' ? writing.field : ''
  const typed = writing?.kind === 'value' && plainTyped.test(writing.typed) ? writing.typed : ''
  const values = useRead(
    'event.facets',
    { q: typed === '' ? '' : `${field}:${typed}*`, ...endsOf(range, thisMinute()), fields: [field] },
    { enabled: field !== '', keep: true },
  )
  if (!writing) return []
  if (writing.kind === 'pipe') {
    const pipes = pipeWords.map(({ name, does, write }) => ({
      title: name,
      hint: `${does}, as in ${write}`,
      insert: `${name} `,
    }))
    return fitting(pipes, writing.typed)
  }
  if (writing.kind === 'value') {
    const counted = values.data?.facets.find((facet) => facet.field === field)?.values ?? []
    const found = counted.map(({ value, count }) => ({
      title: value,
      hint: plural(count, 'event'),
      insert: `${termOf(field, value).slice(nameTerm(field).length + 1)} `,
    }))
    return fitting(found, writing.typed)
  }
  const ending = writing.kind === 'field' ? ':' : ''
  const fields = (names.data?.fields ?? []).map(({ name, kind, share }) => ({
    title: name,
    hint: `${kind}, in ${Math.max(1, Math.round(share * 100))} %`,
    insert: `${nameTerm(name)}${ending}`,
  }))
  return writing.typed === '' && writing.kind === 'field' ? [] : fitting(fields, writing.typed)
}
