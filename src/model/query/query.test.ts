import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { modelOf } from '../model.ts'
import { queryFault } from './check.ts'
import { assetsFor, assetsOfView } from './match.ts'
import { fieldDocs, parseQuery, type Query } from './parse.ts'

const { estate } = modelOf('x', [
  {
    file: 'model.yaml',
    text: `
zones: { hosting: , data: { parent: hosting }, office: }
assets:
  db: { zone: data, kind: postgres, tags: [pci], owner: platform, stores: [orders], criticality: high }
  app: { zone: hosting, kind: node-service, internetFacing: true, controls: [waf], fixed: [CWE-79] }
  ws: { zone: office, kind: windows-laptop, instances: { cork: { site: Cork }, away: { zone: hosting, environment: test } } }
data: { orders: }`,
  },
])
const found = (text: string): string => {
  const query = parseQuery(text)
  return query.ok
    ? assetsFor(query.value, estate)
        .map(({ id }) => id)
        .join(' ')
    : `${query.fail.at}`
}

test('fields, lists, patterns, and, or, not, brackets', () => {
  for (const [text, ids] of [
    ['kind:postgres', 'db'],
    ['zone:hosting', 'db app ws'],
    ['zone:data,office', 'db ws'],
    ['kind:postgres and zone:office or tag:PCI', 'db'],
    ['kind:postgres and (zone:office or tag:pci)', 'db'],
    ['not internet:yes and not kind:windows-*', 'db'],
    ['not (internet:yes or db)', 'ws'],
    ['w* or criticality:high', 'db ws'],
    ['control:waf or site:cork or data:orders', 'db app ws'],
    ['environment:test and category:endpoint', 'ws'],
    ['weakness:CWE-79', ''],
    ['trait:reads-mail and technology:windows and owner:', '50'],
    ['and', '0'],
    ['(db', '0'],
    ['db and', '6'],
    ['db app', '3'],
    ['db)', '2'],
    ['', '0'],
  ] as const)
    assert.equal(found(text), ids, text)
})

test('every field can be asked', () => {
  for (const field of Object.keys(fieldDocs)) assert.ok(parseQuery(`${field}:x`).ok, field)
})

test('a view is what is included without what is excluded', () => {
  const ids = (include: string, exclude: string) => assetsOfView({ include, exclude }, estate).map(({ id }) => id)
  assert.deepEqual(ids('', ''), ['db', 'app', 'ws'])
  assert.deepEqual(ids('zone:hosting', 'kind:postgres'), ['app', 'ws'])
})

test('a value that nothing has is said at its character', () => {
  assert.deepEqual(queryFault('zone:hosting,ofice', estate), {
    at: 13,
    text: 'there is no zone ofice',
    help: 'did you mean office?',
  })
  assert.equal(queryFault('zone:hosting,of*', estate), undefined)
})

const word = fc.constantFrom('and', 'or', 'not', '(', ')', 'db', 'kind:postgres', 'zone:', 'x:y', ':', 'tag:a,,b', '  ')
test('whatever the query, it is read or its fault lies inside it', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word).map((words) => words.join(' ')),
        fc.string(),
      ),
      (text) => {
        const query = parseQuery(text)
        if (query.ok) assetsFor(query.value, estate)
        else assert.ok(query.fail.at >= 0 && query.fail.at <= text.length)
        queryFault(text, estate)
      },
    ),
    { numRuns: 1_000 },
  ))

const term = fc.constantFrom('db', 'app', 'ws')
type Tree = string | readonly ['not', Tree] | readonly ['and' | 'or', Tree, Tree]
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    term,
    fc.tuple(fc.constant('not' as const), tie('tree')),
    fc.tuple(fc.constantFrom('and' as const, 'or' as const), tie('tree'), tie('tree')),
  ),
}))
const written = (one: Tree): string =>
  typeof one === 'string'
    ? one
    : one[0] === 'not'
      ? `not (${written(one[1])})`
      : `(${written(one[1])}) ${one[0]} (${written(one[2])})`
const holds = (one: Tree, id: string): boolean =>
  typeof one === 'string'
    ? one === id
    : one[0] === 'not'
      ? !holds(one[1], id)
      : one[0] === 'and'
        ? holds(one[1], id) && holds(one[2], id)
        : holds(one[1], id) || holds(one[2], id)

test('a query means what logic says', () =>
  fc.assert(
    fc.property(tree, (one) => {
      const query = parseQuery(written(one))
      assert.ok(query.ok)
      const ids = assetsFor(query.value satisfies Query, estate).map(({ id }) => id)
      assert.deepEqual(
        ids,
        ['db', 'app', 'ws'].filter((id) => holds(one, id)),
      )
    }),
  ))
