// Checks that look at several rules at once: what stands twice, what refers to nothing.
import type { LintFinding, LintSeverity, Linted, Remark } from './types.ts'

interface TogetherCheck {
  readonly code: string
  readonly severity: LintSeverity
  readonly does: string
  readonly find: (all: readonly Linted[]) => readonly { readonly linted: Linted; readonly remark: Remark }[]
}

/** Documents whose key another one had before; a document without a key has no twin. */
const twins =
  (keyOf: (linted: Linted) => string | undefined, say: (before: Linted) => Remark): TogetherCheck['find'] =>
  (all) => {
    const first = new Map<string, Linted>()
    return all.flatMap((linted) => {
      const key = keyOf(linted)
      if (key === undefined) return []
      const before = first.get(key)
      if (!before) first.set(key, linted)
      return before ? [{ linted, remark: say(before) }] : []
    })
  }
const fileOf = ({ place }: Linted): string => place([]).file
const sourceKey = ({ head: { source } }: Linted): string =>
  [source.product, source.service, source.category].map((part) => part ?? '').join('/')

const sameDetection = (linted: Linted): string | undefined =>
  linted.kind === 'rule' && linted.detection && linted.trouble?.state !== 'invalid'
    ? `${sourceKey(linted)} ${JSON.stringify(linted.detection.when, (part, value: unknown) => (part === 'selection' || part === 'shown' ? undefined : value))}`
    : undefined

const obsolete: TogetherCheck['find'] = (all) => {
  const ids = new Map(all.map((linted) => [linted.head.id, linted]))
  return all.flatMap((linted) => {
    const related: unknown = linted.value['related']
    return (Array.isArray(related) ? [...related] : []).flatMap((one: unknown, at) => {
      const id: unknown = typeof one === 'object' && one !== null && 'id' in one ? one.id : undefined
      const type: unknown = typeof one === 'object' && one !== null && 'type' in one ? one.type : undefined
      const other = typeof id === 'string' && type === 'obsolete' ? ids.get(id.toLowerCase()) : undefined
      if (!other || other === linted || other.trouble?.state === 'disabled') return []
      const remark = {
        path: ['related', at],
        text: `“${other.head.title}” is obsolete by this rule and still in use (${fileOf(other)})`,
        help: 'take the old one away, or mark it deprecated',
      }
      return [{ linted, remark }]
    })
  })
}

export const togetherChecks: readonly TogetherCheck[] = [
  {
    code: 'id-twice',
    severity: 'error',
    does: 'two rules with one id: the second does not run',
    find: twins(
      ({ head, value }) => (value['id'] === undefined ? undefined : head.id),
      (before) => ({
        path: ['id'],
        text: `the id is taken by ${fileOf(before)}`,
        help: 'give the rule an id of its own',
      }),
    ),
  },
  {
    code: 'title-twice',
    severity: 'hint',
    does: 'two rules with one title: their alerts cannot be told apart',
    find: twins(
      ({ head, value }) => (value['title'] === undefined ? undefined : head.title.toLowerCase()),
      (before) => ({ path: ['title'], text: `${fileOf(before)} has the same title`, help: 'say what is different' }),
    ),
  },
  {
    code: 'name-twice',
    severity: 'warning',
    does: 'two rules with one name: correlations and filters take both',
    find: twins(
      ({ head }) => head.name?.toLowerCase(),
      (before) => ({ path: ['name'], text: `${fileOf(before)} has the same name`, help: 'give it a name of its own' }),
    ),
  },
  {
    code: 'rule-twice',
    severity: 'warning',
    does: 'two rules that ask the same of the same log source',
    find: twins(sameDetection, (before) => ({
      path: ['detection'],
      of: 'key',
      text: `“${before.head.title}” asks the same of the same log source (${fileOf(before)})`,
      help: 'keep one of them',
    })),
  },
  {
    code: 'related-old',
    severity: 'hint',
    does: 'a rule that another one made obsolete, still in use',
    find: obsolete,
  },
]

/** What the rules together show. */
export const lintTogether = (all: readonly Linted[]): LintFinding[] =>
  togetherChecks.flatMap(({ code, severity, find }) =>
    find(all).map(({ linted, remark: { path, of, text, help } }) => ({
      code: `sigma-${code}`,
      severity,
      rule: linted.head.id,
      at: linted.place(path, of),
      text,
      help,
    })),
  )
