// An expert's SQL as the engine itself reads it (EXPLAIN AST), held against what may stand in it.
import { didYouMean } from '#platform'
import { Fault } from '#kernel'
import { allowedFunctions, isAllowed } from './functions.ts'

interface Node {
  readonly kind: string
  readonly name: string
  readonly children: Node[]
}
export const tableNames = ['events'] as const

const kinds = new Set([
  'SelectWithUnionQuery',
  'SelectIntersectExceptQuery',
  'SelectQuery',
  'ExpressionList',
  'WithElement',
  'Subquery',
  'Identifier',
  'TablesInSelectQuery',
  'TablesInSelectQueryElement',
  'TableExpression',
  'TableIdentifier',
  'TableJoin',
  'ArrayJoin',
  'Function',
  'Literal',
  'Asterisk',
  'QualifiedAsterisk',
  'OrderByElement',
  'WindowDefinition',
  'WindowListElement',
])
const refuse = (text: string): Fault => new Fault('INPUT_INVALID', text)

/** Lines of EXPLAIN AST, a space of indent for each level, as a tree. */
function treeOf(lines: readonly string[]): Node {
  const root: Node = { kind: '', name: '', children: [] }
  const open: Node[] = [root]
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const depth = line.length - line.trimStart().length
    const [, kind = '', name = ''] = /^ *(\w+) ?(\S*)/.exec(line) ?? []
    const node: Node = { kind, name, children: [] }
    open.length = Math.min(open.length, depth + 1)
    open.at(-1)?.children.push(node)
    open.push(node)
  }
  return root
}

/** Refuses every table but ours and those that WITH names, table functions, settings, and functions that are not on the list. Throws Fault INPUT_INVALID. */
export function checkTree(lines: readonly string[], named: ReadonlySet<string>): void {
  const root = treeOf(lines)
  const [query, second] = root.children
  if (query?.kind !== 'SelectWithUnionQuery' || second) throw refuse('this is no single select')
  if (query.children.some(({ kind }) => kind !== 'ExpressionList'))
    throw refuse('a select ends without format, settings or into')
  checkNode(query, named)
}

function checkNode(node: Node, named: ReadonlySet<string>): void {
  const { kind, name, children } = node
  if (!kinds.has(kind)) throw refuse(kind === 'Set' ? 'settings are not taken' : `${kind} is not taken`)
  if (kind === 'TableIdentifier' && !tableNames.some((one) => one === name) && !named.has(name))
    throw refuse(`there is no table ${name}; there is ${tableNames.join(', ')}`)
  if (kind === 'TableExpression' && children.some((one) => one.kind !== 'TableIdentifier' && one.kind !== 'Subquery'))
    throw refuse('functions in place of a table are not taken; select from events')
  if (kind === 'Function') checkFunction(node)
  for (const child of children) checkNode(child, named)
}

const membership = /^(?:global)?(?:not)?(?:null)?in(?:ignoreset)?$/i
function checkFunction({ name, children }: Node): void {
  if (!isAllowed(name))
    throw refuse(
      `the function ${name} is not on the list; ${didYouMean(name, allowedFunctions) ?? 'see docs/reference/search.md'}`,
    )
  // `x in name` reads a table of that name.
  const right = children[0]?.children[1]
  if (membership.test(name) && right?.kind === 'Identifier')
    throw refuse(`in takes a list or a select, not ${right.name}`)
}
