// Checks of what a rule says about itself: title, id, dates, tags, references, log source.
import { didYouMean, nearest } from '#platform'
import { isTacticTag, tacticNames, techniqueState } from '#standards'
import type { Check, Linted, Remark } from './types.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const textsIn = (value: unknown): { text: string; at: number }[] =>
  Array.isArray(value) ? value.flatMap((one, at) => (typeof one === 'string' ? [{ text: one, at }] : [])) : []
const say = (path: readonly PropertyKey[], text: string, help: string): Remark => ({ path, text, help })
const missing =
  (name: string, help: string) =>
  ({ value, kind }: Linted): Remark[] =>
    kind === 'rule' && value[name] === undefined ? [say([], `there is no ${name}`, help)] : []
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const isPlainMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const known = (
  'title id related name taxonomy status description license author references date modified logsource detection fields falsepositives ' +
  'level tags scope filter correlation enabled action generate tests regression_tests_path simulation sigma-version'
).split(' ')
const namespaces = ['attack', 'car', 'cve', 'd3fend', 'detection', 'stp', 'tlp', 'mitre', 'threat-group', 'software']
const relations = ['derived', 'obsolete', 'merged', 'renamed', 'similar']

/** Whether a day of the calendar; 2026-02-30 is none. */
function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split(/[-/]/).map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
const dateShape = /^\d{4}[-/]\d\d[-/]\d\d$/
const datesOf = ({ value }: Linted) =>
  ['date', 'modified'].flatMap((name) => {
    const text = value[name]
    return typeof text === 'string' && dateShape.test(text) ? [{ name, text }] : []
  })

const twice =
  (path: string) =>
  ({ value }: Linted): Remark[] =>
    textsIn(value[path]).flatMap(({ text, at }, _, all) =>
      all.some((one) => one.text === text && one.at < at)
        ? [say([path, at], `${text} stands in ${path} twice`, 'take one out')]
        : [],
    )
const listForm =
  (name: string) =>
  ({ value }: Linted): Remark[] =>
    value[name] !== undefined && !(Array.isArray(value[name]) && value[name].every((one) => typeof one === 'string'))
      ? [say([name], `${name} is not a list of texts`, `write ${name}: and each on a line of its own behind a dash`)]
      : []

/** The ATT&CK tags that look like techniques. */
const techniquesOf = ({ value }: Linted) =>
  textsIn(value['tags']).flatMap(({ text, at }) => {
    const id = /^attack\.(t\d[\d.]*)$/i.exec(text)?.[1]
    return id === undefined ? [] : [{ id: id.toUpperCase(), at }]
  })

function attackWord({ value }: Linted): Remark[] {
  return textsIn(value['tags']).flatMap(({ text, at }) => {
    const word = /^attack\.(.+)$/.exec(text)?.[1]
    if (word === undefined || /^(t\d|[gsma]\d{4}|ds\d{4})/i.test(word)) return []
    const name = word.replaceAll('_', '-')
    return isTacticTag(name) ? [] : [say(['tags', at], `${text} is no tactic of ATT&CK`, didYouMean(name, tacticNames))]
  })
}

const title = ({ value }: Linted): string => (typeof value['title'] === 'string' ? value['title'] : '')

function unknownKey({ value }: Linted): Remark[] {
  return Object.keys(value).flatMap((key) => {
    const near = known.includes(key) ? undefined : nearest(key, known)
    return near === undefined ? [] : [say([key], `${key} is no key of Sigma`, `did you mean ${near}?`)].map(ofKey)
  })
}
const ofKey = (remark: Remark): Remark => ({ ...remark, of: 'key' })

function sourceKey({ value }: Linted): Remark[] {
  const source = isPlainMap(value['logsource']) ? Object.keys(value['logsource']) : []
  return source
    .filter((key) => !['product', 'service', 'category', 'definition'].includes(key))
    .map((key) =>
      ofKey(say(['logsource', key], `${key} says nothing about the log source`, 'write product, service or category')),
    )
}

function related({ value, head }: Linted): Remark[] {
  const list = value['related']
  if (list === undefined) return []
  if (!Array.isArray(list)) return [say(['related'], 'related is not a list', 'write `- id: …` and `type: …`')]
  return list.flatMap((one: unknown, at) => {
    if (!isPlainMap(one) || typeof one['id'] !== 'string' || typeof one['type'] !== 'string')
      return [say(['related', at], 'a related rule needs id and type', `types: ${relations.join(', ')}`)]
    if (one['id'].toLowerCase() === head.id)
      return [say(['related', at], 'the rule is related to itself', 'take it out')]
    return relations.includes(one['type'])
      ? []
      : [say(['related', at, 'type'], `${one['type']} is no kind of relation`, didYouMean(one['type'], relations))]
  })
}

/** In the order of the document. */
export const headChecks: readonly Check[] = [
  { code: 'key-unknown', severity: 'warning', does: 'a key that is nearly one of Sigma', find: unknownKey },
  {
    code: 'title-long',
    severity: 'warning',
    does: 'a title longer than 256 characters',
    find: (one) =>
      title(one).length > 256
        ? [
            say(
              ['title'],
              `the title has ${title(one).length} characters`,
              'Sigma allows 256; put the rest into `description`',
            ),
          ]
        : [],
  },
  {
    code: 'title-dot',
    severity: 'hint',
    does: 'a title that ends like a sentence',
    find: (one) =>
      title(one).endsWith('.')
        ? [say(['title'], 'the title ends with a full stop', 'take it away: alerts show it as a heading')]
        : [],
  },
  {
    code: 'id-form',
    severity: 'warning',
    does: 'an id that is no UUID',
    find: ({ value }) =>
      value['id'] !== undefined && !uuid.test(shown(value['id']))
        ? [
            say(
              ['id'],
              `${shown(value['id'])} is no UUID`,
              'write a UUID of version 4: Sigma asks for one, and others will not clash with it',
            ),
          ]
        : [],
  },
  {
    code: 'status-missing',
    severity: 'hint',
    does: 'a rule that does not say how ripe it is',
    find: missing('status', 'add `status: experimental`, until it has proven itself'),
  },
  {
    code: 'description-missing',
    severity: 'hint',
    does: 'a rule without a description',
    find: missing('description', 'say what it finds and why that matters, for whoever reads the alert'),
  },
  {
    code: 'author-missing',
    severity: 'hint',
    does: 'a rule without an author',
    find: missing('author', 'name whom to ask'),
  },
  {
    code: 'author-form',
    severity: 'warning',
    does: 'authors that are no text',
    find: ({ value }) =>
      value['author'] !== undefined && typeof value['author'] !== 'string'
        ? [say(['author'], 'author is no text', 'write the names in one line with commas between')]
        : [],
  },
  {
    code: 'date-missing',
    severity: 'hint',
    does: 'a rule without a date',
    find: missing('date', 'add `date:` as 2026-01-31'),
  },
  {
    code: 'date-real',
    severity: 'warning',
    does: 'a day that is not in the calendar',
    find: (one) =>
      datesOf(one).flatMap(({ name, text }) =>
        isDay(text) ? [] : [say([name], `${text} is no day of the calendar`, 'write a day that there is')],
      ),
  },
  {
    code: 'date-slash',
    severity: 'hint',
    does: 'a date with slashes, as before Sigma 2',
    find: (one) =>
      datesOf(one).flatMap(({ name, text }) =>
        text.includes('/')
          ? [say([name], `${text} is written as before Sigma 2`, `write ${text.replaceAll('/', '-')}`)]
          : [],
      ),
  },
  {
    code: 'date-order',
    severity: 'warning',
    does: 'modified before it was made',
    find: (one) => {
      const [made, changed] = datesOf(one).map(({ text }) => text.replaceAll('/', '-'))
      return made !== undefined && changed !== undefined && changed < made
        ? [say(['modified'], `modified on ${changed}, before its date ${made}`, 'mend one of the two')]
        : []
    },
  },
  {
    code: 'references-form',
    severity: 'warning',
    does: 'references that are no list of texts',
    find: listForm('references'),
  },
  { code: 'references-twice', severity: 'hint', does: 'the same reference twice', find: twice('references') },
  {
    code: 'falsepositives-form',
    severity: 'warning',
    does: 'false positives that are no list of texts',
    find: listForm('falsepositives'),
  },
  { code: 'fields-form', severity: 'warning', does: 'fields that are no list of texts', find: listForm('fields') },
  { code: 'tags-form', severity: 'warning', does: 'tags that are no list of texts', find: listForm('tags') },
  {
    code: 'related-form',
    severity: 'warning',
    does: 'a related rule without id, or of a kind that Sigma does not know',
    find: related,
  },
  {
    code: 'tag-form',
    severity: 'warning',
    does: 'a tag that is not `namespace.name` in lower case',
    find: ({ value }) =>
      textsIn(value['tags']).flatMap(({ text, at }) =>
        /^[a-z0-9_-]+\.[a-z0-9._-]+$/.test(text) || text.startsWith('d3fend.')
          ? []
          : [
              say(
                ['tags', at],
                `the tag ${text} is not of the form namespace.name`,
                'lower case letters, digits, - and _, with one dot between',
              ),
            ],
      ),
  },
  {
    code: 'tag-namespace',
    severity: 'hint',
    does: 'a tag of a namespace that Sigma does not list',
    find: ({ value }) =>
      textsIn(value['tags']).flatMap(({ text, at }) => {
        const [space = ''] = text.split('.')
        return text.includes('.') && !namespaces.includes(space.toLowerCase())
          ? [
              say(
                ['tags', at],
                `${space} is no namespace of Sigma's tags`,
                `there are ${namespaces.slice(0, 7).join(', ')}`,
              ),
            ]
          : []
      }),
  },
  { code: 'tag-twice', severity: 'hint', does: 'the same tag twice', find: twice('tags') },
  {
    code: 'tag-tactic',
    severity: 'warning',
    does: 'an ATT&CK tag that is neither tactic nor technique',
    find: attackWord,
  },
  {
    code: 'tag-unknown',
    severity: 'warning',
    does: 'a technique that ATT&CK never had',
    find: (one) =>
      techniquesOf(one).flatMap(({ id, at }) =>
        techniqueState(id).is === 'unknown'
          ? [say(['tags', at], `ATT&CK has no technique ${id}`, 'look it up on attack.mitre.org')]
          : [],
      ),
  },
  {
    code: 'tag-replaced',
    severity: 'warning',
    does: 'a technique that ATT&CK replaced by another',
    find: (one) =>
      techniquesOf(one).flatMap(({ id, at }) => {
        const found = techniqueState(id)
        return found.is === 'replaced'
          ? [say(['tags', at], `ATT&CK took ${id} back`, `write attack.${found.by.toLowerCase()}`)]
          : []
      }),
  },
  {
    code: 'tag-retired',
    severity: 'hint',
    does: 'a technique that ATT&CK gave up',
    find: (one) =>
      techniquesOf(one).flatMap(({ id, at }) =>
        techniqueState(id).is === 'retired'
          ? [say(['tags', at], `ATT&CK gave ${id} up without a successor`, 'choose the technique that fits today')]
          : [],
      ),
  },
  {
    code: 'tag-none',
    severity: 'hint',
    does: 'a rule without an ATT&CK technique',
    find: (one) =>
      one.kind === 'rule' && techniquesOf(one).length === 0
        ? [
            say(
              [],
              'the rule names no technique of ATT&CK',
              'add a tag such as attack.t1059.001, so that it counts in the coverage',
            ),
          ]
        : [],
  },
  {
    code: 'logsource-key',
    severity: 'warning',
    does: 'a key of the log source that is not looked at',
    find: sourceKey,
  },
]
