// Rules of `nft -j list ruleset` (libnftables-json(5)) as far as a draft needs them: what a rule asks of a packet, and what it decides.
import { networkOf } from '../networks.ts'
import { at, entryOf, type Fields, isMap, listOf, mapOf, mapsOf, once, textOf, wholeOf } from '../values.ts'

export interface NftRule {
  readonly table: string
  readonly chain: string
  readonly handle: string
  readonly comment: string
  readonly verdict: 'accept' | 'drop' | 'jump' | 'other'
  /** Names of interfaces; empty means any. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Networks; empty means any. */
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  readonly transport: string
  readonly ports: readonly { readonly port: number; readonly text: string }[]
  /** Whether it only lets pass what belongs to a connection that is there already. */
  readonly established: boolean
  /** Whether it asks something that is not read here, or asks it the other way round. */
  readonly unread: boolean
}

/** Elements of named sets, by family, table and name. */
export type Sets = ReadonlyMap<string, readonly unknown[]>

export const setsOf = (objects: readonly Fields[]): Sets =>
  new Map(
    objects.flatMap((object) => {
      const set = mapOf(object['set'] ?? object['map'])
      return 'name' in set
        ? [[`${textOf(set['family'])} ${textOf(set['table'])} @${textOf(set['name'])}`, listOf(set['elem'])] as const]
        : []
    }),
  )

interface Asked {
  inputs: string[]
  outputs: string[]
  sources: string[]
  targets: string[]
  transport: string
  ports: { port: number; text: string }[]
  established: boolean
  unread: boolean
}

/** Reads one rule. */
export function nftRule(rule: Fields, sets: Sets): NftRule {
  const statements = mapsOf(rule['expr'])
  const asked: Asked = {
    inputs: [],
    outputs: [],
    sources: [],
    targets: [],
    transport: '',
    ports: [],
    established: false,
    unread: false,
  }
  const scope = `${textOf(rule['family'])} ${textOf(rule['table'])}`
  for (const statement of statements)
    if (isMap(statement['match'])) ask(statement['match'], asked, (right) => elementsOf(right, scope, sets))
  return {
    ...asked,
    table: textOf(rule['table']),
    chain: textOf(rule['chain']),
    handle: textOf(rule['handle']),
    comment: textOf(rule['comment']),
    verdict: verdictOf(statements),
  }
}

function verdictOf(statements: readonly Fields[]): NftRule['verdict'] {
  if (statements.some((one) => 'accept' in one)) return 'accept'
  if (statements.some((one) => 'drop' in one || 'reject' in one)) return 'drop'
  return statements.some((one) => 'jump' in one || 'goto' in one) ? 'jump' : 'other'
}

/** The right side of a match as texts: a value, a set, a range, a prefix, the elements of a named set. */
function elementsOf(right: unknown, scope: string, sets: Sets): string[] {
  if (Array.isArray(right)) return right.flatMap((one: unknown) => elementsOf(one, scope, sets))
  if (typeof right === 'string' && right.startsWith('@'))
    return elementsOf(sets.get(`${scope} ${right}`) ?? [], scope, new Map())
  if (!isMap(right)) return textOf(right) === '' ? [] : [textOf(right)]
  if ('set' in right) return elementsOf(right['set'], scope, sets)
  if ('elem' in right) return elementsOf(at(right, 'elem', 'val'), scope, sets)
  if ('prefix' in right) return [`${textOf(at(right, 'prefix', 'addr'))}/${textOf(at(right, 'prefix', 'len'))}`]
  if ('range' in right) return [listOf(right['range']).map(textOf).join('-')]
  return []
}

/** What each field of a match says of a rule. A field that is not here is not read. */
const fields: Readonly<Record<string, (asked: Asked, values: readonly string[], protocol: string) => void>> = {
  iifname: (asked, values) => void asked.inputs.push(...values),
  iif: (asked, values) => void asked.inputs.push(...values),
  oifname: (asked, values) => void asked.outputs.push(...values),
  oif: (asked, values) => void asked.outputs.push(...values),
  saddr: (asked, values) => void asked.sources.push(...networks(values)),
  daddr: (asked, values) => void asked.targets.push(...networks(values)),
  dport: (asked, values, protocol) => askPort(protocol, values, asked),
  state: (asked, values) => void (asked.established = !values.includes('new')),
  l4proto: (asked, [first = '']) => void (asked.transport ||= first),
  protocol: (asked, [first = '']) => void (asked.transport ||= first),
  nexthdr: (asked, [first = '']) => void (asked.transport ||= first),
}

function ask(match: Fields, asked: Asked, elements: (right: unknown) => string[]): void {
  const left = mapOf(match['left'])
  const named = [at(left, 'payload', 'field'), at(left, 'meta', 'key'), at(left, 'ct', 'key')].map(textOf)
  const field = entryOf(fields, named.find((name) => name !== '') ?? '')
  const straight = ['', '==', 'in'].includes(textOf(match['op']))
  if (field && straight) field(asked, elements(match['right']), textOf(at(left, 'payload', 'protocol')))
  else asked.unread = true
}

/** Addresses and networks; of a range its ends, which is more than nothing and less than all. */
const networks = (values: readonly string[]): string[] =>
  values.flatMap((value) =>
    networkOf(value) ? [value] : value.split('-').filter((one) => networkOf(one) !== undefined),
  )

function askPort(transport: string, values: readonly string[], asked: Asked): void {
  asked.transport = transport === 'th' ? asked.transport : transport
  for (const text of values) {
    const port = wholeOf(text, 0, 65_535)
    asked.ports.push({ port: port ?? 0, text })
  }
}

/** Hook of each base chain (`filter forward` → forward), and what it does with packets that no rule decides. */
export const chainsOf = (
  objects: readonly Fields[],
): ReadonlyMap<string, { readonly hook: string; readonly type: string; readonly policy: string }> =>
  new Map(
    objects.flatMap((object) => {
      const chain = mapOf(object['chain'])
      return 'name' in chain
        ? [
            [
              `${textOf(chain['table'])} ${textOf(chain['name'])}`,
              { hook: textOf(chain['hook']), type: textOf(chain['type']), policy: textOf(chain['policy']) },
            ] as const,
          ]
        : []
    }),
  )

/** The hooks from which each chain is reached, by its own hook or by jumps. */
export function hooksOf(objects: readonly Fields[]): ReadonlyMap<string, readonly string[]> {
  const chains = chainsOf(objects)
  const hooks = new Map([...chains].map(([key, { hook, type }]) => [key, hook === '' || type === 'nat' ? [] : [hook]]))
  const jumps = objects.flatMap((object) => {
    const rule = mapOf(object['rule'])
    const from = `${textOf(rule['table'])} ${textOf(rule['chain'])}`
    return mapsOf(rule['expr']).flatMap((one) => {
      const to = textOf(at(one, 'jump', 'target')) || textOf(at(one, 'goto', 'target'))
      return to === '' ? [] : [{ from, to: `${textOf(rule['table'])} ${to}` }]
    })
  })
  for (let round = 0; round < 16; round += 1)
    for (const { from, to } of jumps) hooks.set(to, once([...(hooks.get(to) ?? []), ...(hooks.get(from) ?? [])]))
  return hooks
}
