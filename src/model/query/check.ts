// Whether a query can be read, and whether what it names exists.
import { didYouMean } from '#platform'
import { isGlob } from '../glob.ts'
import { builtInById } from '../kinds/library.ts'
import { categories, controls, traits } from '../words.ts'
import { criticalities, type Estate } from '../types.ts'
import { type Field, parseQuery, type Query, type QueryFault } from './parse.ts'

/** What is wrong with a query over this estate; undefined when nothing is, or when it is empty. */
export function queryFault(text: string, estate: Estate): QueryFault | undefined {
  if (text.trim() === '') return undefined
  const query = parseQuery(text)
  return query.ok ? unknownIn(query.value, estate) : query.fail
}

/** What may stand after the colon; free text where it is left out. */
const known: Readonly<Partial<Record<Field, (estate: Estate) => readonly string[]>>> = {
  id: ({ assets }) => assets.map(({ id }) => id),
  kind: ({ kinds }) => [...kinds.map(({ id }) => id), ...builtInById.keys()],
  category: () => categories,
  zone: ({ zones }) => zones.map(({ id }) => id),
  owner: ({ assets }) => assets.flatMap(({ owner, instances }) => [owner, ...instances.map((one) => one.owner)]),
  criticality: () => criticalities,
  data: ({ data }) => data.map(({ id }) => id),
  tag: ({ assets }) => assets.flatMap(({ tags }) => tags),
  trait: () => traits,
  control: () => controls,
  internet: () => ['yes', 'no'],
}

function unknownIn(query: Query, estate: Estate): QueryFault | undefined {
  if (query.is === 'not') return unknownIn(query.of, estate)
  if (query.is !== 'term') return unknownIn(query.left, estate) ?? unknownIn(query.right, estate)
  const all = known[query.field]?.(estate)
  if (!all) return undefined
  const lower = new Set(all.map((one) => one.toLowerCase()))
  const wrong = query.values.find(({ text }) => !isGlob(text) && !lower.has(text.toLowerCase()))
  if (!wrong) return undefined
  const help = didYouMean(
    wrong.text,
    [...new Set(all)].filter((one) => one !== ''),
  )
  return { at: wrong.at, text: `there is no ${query.field} ${wrong.text}`, help }
}
