// Checks of single lines of a selection: field, modifiers, values.
import { nearest } from '#platform'
import { fold } from '../sigma/fold.ts'
import { regexOf } from '../sigma/regex.ts'
import { any, patternOf } from '../sigma/values.ts'
import type { Check, Line, Linted, Remark } from './types.ts'

type Say = (line: Line, linted: Linted) => readonly (readonly [text: string, help: string])[]
const perLine =
  (say: Say) =>
  (linted: Linted): Remark[] =>
    linted.lines.flatMap((line) =>
      say(line, linted).map(([text, help]) => ({ path: line.path, of: 'key' as const, text, help })),
    )
const has = (line: Line, ...names: readonly string[]): boolean => names.some((name) => line.modifiers.includes(name))
const nothing: readonly (readonly [string, string])[] = []

/** Texts that are compared as texts with wildcards. */
const textsOf = (line: Line): string[] =>
  has(line, 're', 'cidr', 'exists', 'fieldref', 'lt', 'lte', 'gt', 'gte')
    ? []
    : line.values.filter((value): value is string => typeof value === 'string')
const expressions = (line: Line): string[] =>
  has(line, 're') ? line.values.filter((value): value is string => typeof value === 'string') : []
const anchored = (line: Line): boolean => has(line, 'contains', 'startswith', 'endswith')

const allSingle: Say = (line) =>
  has(line, 'all') && line.values.length === 1
    ? [[`${line.key} asks for all of one value`, 'take `|all` away, or give it more values']]
    : nothing

const modifierTwice: Say = ({ modifiers }) =>
  [...new Set(modifiers.filter((name, at) => modifiers.indexOf(name) !== at))].map((name) => [
    `the modifier ${name} stands twice`,
    'take one away',
  ])

const anchorsTwice: Say = ({ modifiers }) => {
  const some = modifiers.filter((name) => ['contains', 'startswith', 'endswith', 'exact'].includes(name))
  return new Set(some).size > 1
    ? [[`${some.join(' and ')} exclude each other; only ${String(some.at(-1))} counts`, 'keep the one that is meant']]
    : nothing
}

const starInContains: Say = (line) =>
  has(line, 'contains')
    ? textsOf(line)
        .filter((text) => text.length > 1 && (patternOf(text)[0] === any || patternOf(text).at(-1) === any))
        .map((text) => [`${text}: a wildcard at the edge says nothing with contains`, 'take the edge wildcard away'])
    : nothing

const starEdges: Say = (line) => {
  const simple = textsOf(line).filter((text) => {
    const pattern = patternOf(text)
    const texts = pattern.filter((part) => typeof part === 'string')
    const stars = pattern.filter((part) => part === any)
    return texts.length === 1 && stars.length > 0 && texts.length + stars.length === pattern.length
  })
  return anchored(line) || line.field === '' || simple.length < line.values.length || simple.length === 0
    ? nothing
    : [[`${line.key} uses wildcards only at the edges`, `write |${edgeWord(simple[0] ?? '')} and no wildcards`]]
}
function edgeWord(text: string): string {
  const pattern = patternOf(text)
  if (pattern[0] === any && pattern.at(-1) === any) return 'contains'
  return pattern[0] === any ? 'endswith' : 'startswith'
}

const starOnly: Say = (line) =>
  textsOf(line).includes('*') && !anchored(line)
    ? [
        [
          `${line.field || 'a keyword'}: '*' only asks whether there is a value`,
          'write `field|exists: true`, or `not` with `field: null`',
        ],
      ]
    : nothing

const literalStar: Say = (line) =>
  textsOf(line)
    .filter((text) => /(?<!\\)\\[*?]$/.test(text) && /^[a-z]:\\|%\w+%\\|\\\w+\\/i.test(text))
    .map((text) => [
      `${text} ends with a plain ${text.slice(-1)}, not a wildcard`,
      `write ${text.slice(0, -1)}\\${text.slice(-1)} for a backslash and a wildcard`,
    ])

const networkPath: Say = (line) =>
  textsOf(line)
    .filter((text) => /^\\\\[\w.$-]+\\[\w.$*?-]/.test(text) && !has(line, 'endswith', 'contains'))
    .map((text) => [`${text} begins with one backslash`, `write \\\\${text} for the two of a network path`])

/** Encoded values are compared with case. */
const isCased = (line: Line): boolean =>
  has(line, 'cased', 'base64', 'base64offset', 'wide', 'utf16', 'utf16le', 'utf16be')

const valueTwice: Say = (line) => {
  const folded = textsOf(line).map((text) => (isCased(line) ? text : fold(text)))
  const again = textsOf(line).filter((_, at) => folded.indexOf(folded[at] ?? '') !== at)
  return again.map((text) => [
    `${text} stands in the list twice${isCased(line) ? '' : ' (upper and lower case are one)'}`,
    'take one away',
  ])
}

const mostCompared = 400
const valueCovered: Say = (line) => {
  const texts = textsOf(line).filter((text) => text !== '')
  if (has(line, 'all', 'windash', 'base64', 'base64offset', 'wide', 'expand') || texts.length > mostCompared)
    return nothing
  const holds = (outer: string, inner: string): boolean => {
    if (has(line, 'contains') || line.field === '') return inner.includes(outer)
    if (has(line, 'startswith')) return inner.startsWith(outer)
    return has(line, 'endswith') && inner.endsWith(outer)
  }
  const folded = texts.map((text) => ({ text, same: has(line, 'cased') ? text : fold(text) }))
  const plain = folded.filter(({ text }) => patternOf(text).every((part) => typeof part === 'string'))
  return plain.flatMap(({ text, same }) => {
    const outer = plain.find((one) => one.same !== same && holds(one.same, same))
    return outer
      ? ([[`${text} adds nothing: ${outer.text} finds it already`, 'take the longer one away']] as const)
      : nothing
  })
}

const plainExpression: Say = (line) =>
  expressions(line)
    .filter((text) => /^[\w /:=%&~,;<>@#"'!-]+$/.test(text))
    .map((text) => [
      `${text} has nothing of an expression in it`,
      'write |contains, which is quicker and without difference of case',
    ])

const expressionEdges: Say = (line) =>
  expressions(line)
    .filter((text) => /^\^?\.\*(?!\?)/.test(text) || /(?<!\\)\.\*\$?$/.test(text))
    .map((text) => [`${short(text)}: .* at the edge says nothing; expressions are found anywhere`, 'take it away'])
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

const expressionCost: Say = (line) =>
  expressions(line).flatMap((text) => {
    const flags = ['i', 'm', 's'].filter((flag) => line.modifiers.includes(flag)).join('')
    const regex = regexOf(text, flags)
    return regex.ok && !regex.value.literals && !/^\(?\.\)?\{\d+,\}$/.test(text)
      ? [
          [
            `${short(text)} has no text that must be there: it is run over every value of ${line.field}`,
            'add a line that narrows it down, or a text to the expression',
          ] as const,
        ]
      : []
  })

const inlineFlag: Say = (line) =>
  expressions(line)
    .filter((text) => /^\(\?[ims]+\)/.test(text))
    .map((text) => [`${short(text)} sets its flags within`, 'write |re|i, as Sigma has it'])

const fieldUnknown: Say = (line, { known, head }) => {
  const fields = known(head.source)
  if (!fields || line.field === '' || fields.has(line.field)) return nothing
  const other = [...fields].find((name) => name.toLowerCase() === line.field.toLowerCase())
  const near = other ?? nearest(line.field, [...fields])
  const help = other
    ? `fields are compared letter by letter: write ${other}`
    : near
      ? `did you mean ${near}?`
      : 'look at an event of that source: `castellan event search`'
  return [[`${line.field} was never seen in events of ${sourceText(head.source)}`, help]]
}
const sourceText = ({ product, service, category }: Linted['head']['source']): string =>
  [product, category, service].filter(Boolean).join('/')

const fieldSpace: Say = (line) =>
  /\s/.test(line.field)
    ? [[`the field “${line.field}” has a space in its name`, 'write the name without spaces, as Sigma does']]
    : nothing

const neqAbsent: Say = (line, { lines }) =>
  has(line, 'neq') && !lines.some((one) => one.field === line.field && one.modifiers.includes('exists'))
    ? [
        [
          `${line.key} holds too when there is no ${line.field}`,
          `add \`${line.field}|exists: true\` when it must be there`,
        ],
      ]
    : nothing

const fieldrefSelf: Say = (line) =>
  has(line, 'fieldref') && line.values.includes(line.field)
    ? [[`${line.field} is compared with itself`, 'name the other field']]
    : nothing

const windashNothing: Say = (line) =>
  has(line, 'windash') && !textsOf(line).some((text) => /(?:^|[^\p{L}\p{N}_])[-/–—―][\p{L}\p{N}_]/u.test(text))
    ? [[`${line.key}: no value has a dash that begins an option`, 'take `|windash` away']]
    : nothing

const wideAlone: Say = (line) =>
  has(line, 'wide', 'utf16', 'utf16le', 'utf16be') && !has(line, 'base64', 'base64offset')
    ? [[`${line.key} looks for UTF-16 in a text`, 'logs are texts already; mostly `|wide|base64offset` is meant']]
    : nothing

const base64Aligned: Say = (line) =>
  has(line, 'base64') && has(line, 'contains') && !has(line, 'base64offset')
    ? [[`${line.key} finds the value at one of three offsets only`, 'write |base64offset|contains']]
    : nothing

const shortWord: Say = (line) =>
  line.field === ''
    ? textsOf(line)
        .filter((text) => text.length > 0 && text.length < 3)
        .map((text) => [`the keyword ${text} stands in nearly every record`, 'take a longer one, or name the field'])
    : nothing

const placeholder: Say = (line) =>
  has(line, 'expand')
    ? line.values
        .filter((value) => typeof value !== 'string' || !/%[^%\s\\]+%/.test(value))
        .map((value) => [`${String(value)} has no %name% to expand`, 'take `|expand` away, or write %name%'])
    : nothing

const eventIdText: Say = (line) =>
  /^(EventID|.*Port|LogonType)$/.test(line.field) && line.modifiers.length === 0
    ? textsOf(line)
        .filter((text) => !/^[\d*?]+$/.test(text) && !/^0x[\da-f]+$/i.test(text))
        .map((text) => [`${line.field} is a number, ${text} is none`, 'write the number'])
    : nothing

const existsOther: Say = (line, { lines }) =>
  has(line, 'exists') &&
  line.values[0] === true &&
  lines.some(
    (one) =>
      one !== line &&
      one.selection === line.selection &&
      one.field === line.field &&
      String(one.path.slice(0, -1)) === String(line.path.slice(0, -1)) &&
      !has(one, 'exists', 'neq') &&
      one.values.every((value) => value !== null && value !== ''),
  )
    ? [[`${line.key} says nothing beside another line about ${line.field}`, 'take it away']]
    : nothing

const spaces: Say = (line) =>
  line.field !== '' && !anchored(line)
    ? textsOf(line)
        .filter((text) => text !== text.trim() && text.trim() !== '')
        .map((text) => [`“${text}” has a space at its edge, which must be there`, 'take it away, or write |contains'])
    : nothing

const trap: Say = (line) =>
  has(line, 'endswith')
    ? textsOf(line)
        .filter((text) => /^[\w-]+\.exe$/i.test(text) && line.field.endsWith('Image'))
        .map((text) => [`${text} ends the path of every program whose name ends so`, `write \\${text}`])
    : nothing

const wholePath: Say = (line) =>
  line.modifiers.length === 0 &&
  /^(Image|ParentImage|TargetImage|SourceImage|NewProcessName|ParentProcessName)$/.test(line.field)
    ? textsOf(line)
        .filter((text) => /^[\w-]+\.(exe|dll|com|bat|ps1)$/i.test(text))
        .map((text) => [`${line.field} holds a whole path; ${text} alone never fits`, `write |endswith: \\${text}`])
    : nothing

/** Each star of a value may try every place of a long text. */
const manyStars: Say = (line) =>
  textsOf(line)
    .filter((text) => patternOf(text).filter((part) => part === any).length > 6)
    .map((text) => [`${short(text)} has more than six wildcards`, 'write |contains|all with the pieces'])

/** In the order in which a reader would say them. */
export const lineChecks: readonly Check[] = [
  {
    code: 'field-unknown',
    severity: 'warning',
    does: 'a field that this log source does not have',
    find: perLine(fieldUnknown),
  },
  { code: 'field-space', severity: 'warning', does: 'a field with a space in its name', find: perLine(fieldSpace) },
  { code: 'modifier-twice', severity: 'warning', does: 'the same modifier twice', find: perLine(modifierTwice) },
  {
    code: 'modifier-clash',
    severity: 'warning',
    does: 'contains, startswith, endswith or exact together',
    find: perLine(anchorsTwice),
  },
  {
    code: 'all-single',
    severity: 'warning',
    does: '`all` with one value, which Sigma forbids',
    find: perLine(allSingle),
  },
  {
    code: 'contains-star',
    severity: 'hint',
    does: 'a wildcard at the edge with `contains`',
    find: perLine(starInContains),
  },
  {
    code: 'star-edge',
    severity: 'hint',
    does: 'wildcards where contains, startswith or endswith would say it',
    find: perLine(starEdges),
  },
  { code: 'star-only', severity: 'hint', does: '`*` to ask whether a field is there', find: perLine(starOnly) },
  { code: 'stars-many', severity: 'hint', does: 'more than six wildcards in a value', find: perLine(manyStars) },
  {
    code: 'escape-star',
    severity: 'warning',
    does: 'a path whose last wildcard is escaped by its backslash',
    find: perLine(literalStar),
  },
  {
    code: 'escape-network',
    severity: 'warning',
    does: 'a network path that has only one backslash left',
    find: perLine(networkPath),
  },
  { code: 'value-twice', severity: 'hint', does: 'the same value twice', find: perLine(valueTwice) },
  {
    code: 'value-covered',
    severity: 'hint',
    does: 'a value that a shorter one finds already',
    find: perLine(valueCovered),
  },
  { code: 'value-space', severity: 'warning', does: 'a whole value with a space at its edge', find: perLine(spaces) },
  { code: 'value-number', severity: 'warning', does: 'a text where the field is a number', find: perLine(eventIdText) },
  {
    code: 'value-path',
    severity: 'warning',
    does: 'a bare file name where the field is a whole path',
    find: perLine(wholePath),
  },
  { code: 'value-name', severity: 'hint', does: 'a program name without the backslash before it', find: perLine(trap) },
  { code: 're-plain', severity: 'hint', does: 'an expression that is a plain text', find: perLine(plainExpression) },
  { code: 're-edge', severity: 'hint', does: '`.*` at the edge of an expression', find: perLine(expressionEdges) },
  {
    code: 're-cost',
    severity: 'hint',
    does: 'an expression that must be run over every value',
    find: perLine(expressionCost),
  },
  { code: 're-flag', severity: 'hint', does: 'flags within an expression', find: perLine(inlineFlag) },
  { code: 'neq-absent', severity: 'hint', does: '`neq` that an absent field satisfies', find: perLine(neqAbsent) },
  { code: 'fieldref-self', severity: 'warning', does: 'a field compared with itself', find: perLine(fieldrefSelf) },
  {
    code: 'exists-spare',
    severity: 'hint',
    does: '`exists: true` beside another line of the field',
    find: perLine(existsOther),
  },
  { code: 'windash-none', severity: 'hint', does: '`windash` without a dash', find: perLine(windashNothing) },
  { code: 'wide-alone', severity: 'warning', does: 'UTF-16 that is not encoded further', find: perLine(wideAlone) },
  {
    code: 'base64-offset',
    severity: 'warning',
    does: '`base64` with `contains`, which finds one offset of three',
    find: perLine(base64Aligned),
  },
  { code: 'expand-none', severity: 'warning', does: '`expand` without a placeholder', find: perLine(placeholder) },
  {
    code: 'keyword-short',
    severity: 'hint',
    does: 'a keyword shorter than three characters',
    find: perLine(shortWord),
  },
]
