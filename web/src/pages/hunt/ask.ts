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
  const kind = writing?.kind
  const names = useFields('', range, kind === 'field' || kind === 'pipe-field')
  const values = useValues(writing, range)
  if (!writing) return []
  if (writing.kind === 'pipe') return fitting(pipes, writing.typed)
  if (writing.kind === 'value') return fitting(values, writing.typed)
  if (writing.typed === '' && writing.kind === 'field') return []
  const ending = writing.kind === 'field' ? ':' : ''
  const fields = (names.data?.fields ?? []).map(({ name, kind: of, share }) => ({
    title: name,
    hint: `${of}, in ${Math.max(1, Math.round(share * 100))} %`,
    insert: `${nameTerm(name)}${ending}`,
  }))
  return fitting(fields, writing.typed)
}

const pipes: readonly Completion[] = pipeWords.map(({ name, does, write }) => ({
  title: name,
  hint: `${does}, as in ${write}`,
  insert: `${name} `,
}))

/** The commonest values of the field that is being written, of those that begin with what was typed. */
function useValues(writing: Writing | undefined, range: Range): readonly Completion[] {
  const { field, typed } = writing?.kind === 'value' ? writing : { field: '', typed: '' }
  const q = plainTyped.test(typed) ? `${nameTerm(field)}:${typed}*` : ''
  const asked = { q, ...endsOf(range, thisMinute()), fields: [field] }
  const { data } = useRead('event.facets', asked, { enabled: field !== '', keep: true })
  const counted = data?.facets.find((facet) => facet.field === field)?.values ?? []
  return counted.map(({ value, count }) => ({
    title: value,
    hint: plural(count, 'event'),
    insert: `${termOf(field, value).slice(nameTerm(field).length + 1)} `,
  }))
}
