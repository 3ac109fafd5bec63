// What a careful reader would say about a rule that runs all the same: warnings only.
import type { Issue } from '#kernel'
import type { YamlDocument } from '#platform'
import { type Detection, isPlain, type Plain } from './detection.ts'
import type { Expression, Item, RuleHead } from './rule.ts'

interface Checked {
  readonly value: Plain
  readonly head: RuleHead
  readonly place: YamlDocument['place']
  readonly detection: Detection
}
interface Remark {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly text: string
  readonly help: string
}

const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported']
const isDate = /^\d{4}[-/]\d\d[-/]\d\d$/

/** Each check says what it finds; the list is the linter. */
const checks: readonly ((checked: Checked) => Remark[])[] = [
  ({ value }) =>
    value['title'] === undefined
      ? [
          {
            code: 'title',
            path: [],
            text: 'the rule has no title',
            help: 'add `title:`, a line that says what it detects',
          },
        ]
      : [],
  ({ value, head }) =>
    value['id'] === undefined
      ? [
          {
            code: 'id',
            path: [],
            text: `the rule has no id and is known as ${head.id}`,
            help: 'add `id:` with a UUID, so that its alerts stay its own when the file is renamed',
          },
        ]
      : [],
  ({ value }) =>
    value['level'] === undefined
      ? [{ code: 'level', path: [], text: 'the rule has no level and counts as medium', help: 'add `level:`' }]
      : [],
  ({ value }) =>
    value['status'] !== undefined && !statuses.some((status) => status === value['status'])
      ? [
          {
            code: 'status',
            path: ['status'],
            text: `the status ${JSON.stringify(value['status'])} is not Sigma`,
            help: `write one of ${statuses.join(', ')}`,
          },
        ]
      : [],
  ({ value }) =>
    ['date', 'modified'].flatMap((name) =>
      typeof value[name] === 'string' && isDate.test(value[name])
        ? []
        : value[name] === undefined
          ? []
          : [{ code: 'date', path: [name], text: `${name} is no date`, help: 'write 2026-01-31' }],
    ),
  ({ value }) =>
    isPlain(value['logsource'])
      ? ['product', 'service', 'category'].flatMap((name) => {
          const text = isPlain(value['logsource']) ? value['logsource'][name] : undefined
          return typeof text === 'string' && /[A-Z ]/.test(text)
            ? [
                {
                  code: 'logsource-case',
                  path: ['logsource', name],
                  text: `${text} is compared as ${text.toLowerCase()}`,
                  help: 'write log sources in lower case with _ for spaces',
                },
              ]
            : []
        })
      : [],
  ({ detection }) =>
    [...detection.selections.keys()]
      .filter((name) => !detection.used.has(name) && !name.startsWith('_'))
      .map((name) => ({
        code: 'unused',
        path: ['detection', name],
        text: `the condition does not use ${name}`,
        help: 'name it in the condition, or take it out',
      })),
  ({ detection }) =>
    [...detection.selections].flatMap(([name, selection]) =>
      itemsOf(selection).flatMap((item) => itemRemarks(name, item)),
    ),
]

const itemsOf = (expression: Expression): Item[] =>
  expression.op === 'item'
    ? [expression]
    : expression.op === 'not'
      ? itemsOf(expression.of)
      : expression.of.flatMap(itemsOf)

function itemRemarks(name: string, { field, modifiers, tests }: Item): Remark[] {
  const path = ['detection', name]
  const said: Remark[] = []
  if (tests.some((test) => test.key === 'null') && tests.length > 1)
    said.push({
      code: 'null-in-list',
      path,
      text: `${field}: null stands in a list`,
      help: 'make null a selection of its own and join the two with `or`',
    })
  const open = ['contains', 'startswith', 'endswith'].find((modifier) => modifiers.includes(modifier))
  if (open !== undefined && !modifiers.includes('re') && tests.some((test) => test.shown === ''))
    said.push({
      code: 'empty-text',
      path,
      text: `${field}|${open} with an empty text holds for every value`,
      help: 'take it out, or write `exists: true`',
    })
  return said
}

/** Warnings about a rule, each with its place. */
export const checkRule = (checked: Checked): Issue[] =>
  checks.flatMap((check) =>
    check(checked).map(({ code, path, text, help }) => ({
      code: `sigma-${code}`,
      severity: 'warning',
      at: checked.place(path, 'key'),
      text,
      help,
    })),
  )
