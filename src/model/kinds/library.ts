// The kinds that Castellan brings, read from tables by category.
import { Fault } from '#kernel'
import { Category, type Kind, type Port, Trait } from '../types.ts'
import { applications } from './applications.ts'
import { cloud } from './cloud.ts'
import { data } from './data.ts'
import { devices } from './devices.ts'
import { endpoints } from './endpoints.ts'
import { infrastructure } from './infrastructure.ts'
import { servers } from './servers.ts'

// id | title | technology | ports | logs | patch family | data | traits | CWE numbers | other names of it
// A dash is nothing. A port is protocol:number, with + when it is encrypted as it comes.
const tables: Readonly<Record<string, string>> = {
  ...endpoints,
  ...servers,
  ...applications,
  ...data,
  ...infrastructure,
  ...cloud,
  ...devices,
}

interface Row {
  readonly kind: Kind
  readonly also: readonly string[]
}

const words = (cell = '-'): string[] => (cell === '-' ? [] : cell.split(/\s+/))

function portOf(text: string): Port {
  const [protocol = '', number = ''] = text.split(':')
  return { protocol, port: Number.parseInt(number, 10), encrypted: number.endsWith('+') }
}

const roles = ['stores', 'processes', 'forwards', 'none'] as const
function roleOf(text: string): Kind['data'] {
  const role = roles.find((one) => one === text)
  if (role === undefined) throw new Fault('BUG', `kinds: no role of data called ${text}`)
  return role
}

function rowOf(category: string, line: string): Row {
  const [id = '', title = '', technology = '', ports, logs, patchFamily = '', data = '', traits, weaknesses, also] =
    line.split('|').map((cell) => cell.trim())
  const kind = {
    id,
    title,
    category: Category.parse(category),
    technology,
    ports: words(ports).map(portOf),
    logs: words(logs),
    patchFamily,
    data: roleOf(data),
    traits: words(traits).map((one) => Trait.parse(one)),
    weaknesses: words(weaknesses).map((number) => `CWE-${number}`),
    builtIn: true,
  }
  return { kind, also: words(also) }
}

const rows: readonly Row[] = Object.entries(tables).flatMap(([category, table]) =>
  table
    .trim()
    .split('\n')
    .map((line) => rowOf(category, line)),
)

/** Every kind that Castellan brings, by category. */
export const builtInKinds: readonly Kind[] = rows.map(({ kind }) => kind)

/** The same by id. */
export const builtInById: ReadonlyMap<string, Kind> = new Map(builtInKinds.map((kind) => [kind.id, kind]))

const kindCalled = (id: string): Kind => {
  const kind = builtInById.get(id)
  if (!kind) throw new Fault('BUG', `kinds: there is no ${id}`)
  return kind
}

/** What something is of which nothing else is said. */
export const plainestKind = kindCalled('server')

/** Other names for kinds (images, programs, products) → the kind. Where two kinds share one, the first has it. */
export const otherNames: ReadonlyMap<string, Kind> = new Map(
  rows.flatMap(({ kind, also }) => also.map((name) => [name, kind] as const)).toReversed(),
)
