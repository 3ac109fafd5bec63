// A file of `parsers/` read: its parser, or every problem with its place and remedy; and its inline tests tried.
import { type Issue, no, ok, type Place, type Result } from '#kernel'
import { issuesOfZod, parseYaml, type YamlDocument } from '#platform'
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import type { Parser } from '../parser.ts'
import { isObject } from '../values.ts'
import { declaredParser } from './build.ts'
import { type Pattern, patternOf } from './pattern.ts'
import { DeclaredFile } from './schema.ts'

/** A parser of the user's own, and what its file says about its tests. */
export interface Declared {
  readonly file: string
  readonly parser: Parser
  readonly definition: DeclaredFile
  readonly place: YamlDocument['place']
}

const problem = (code: string, at: Place, text: string, help: string): Issue => ({
  code,
  severity: 'error',
  at,
  text,
  help,
})

/** Where in a one-line YAML text a character of its value stands; quotes shift it by one. */
function within(at: Place, offset: number): Place {
  return at.column === undefined ? at : { ...at, column: at.column + offset + 1 }
}

function patternsOf(definition: DeclaredFile, document: YamlDocument, issues: Issue[]): Pattern[] {
  return (definition.read.patterns ?? []).flatMap((source, index) => {
    const pattern = patternOf(source)
    if (pattern.ok) return [pattern.value]
    const { at, text, help } = pattern.fail
    issues.push(problem('parser-pattern', within(document.place(['read', 'patterns', index]), at), text, help))
    return []
  })
}

/** Conditions that cannot meet: a JSON parser that looks for text, one that recognises everything. */
function contradictions({ read, recognise, syslog }: DeclaredFile, document: YamlDocument): Issue[] {
  const at = document.place(['recognise'])
  const forText = recognise.starts ?? recognise.contains ?? recognise.program
  const forJson = recognise.has ?? recognise.equals
  const found: Issue[] = []
  if (read.json && forText !== undefined)
    found.push(
      problem(
        'parser-recognise',
        at,
        'a JSON parser is recognised by `has` and `equals`',
        'take out starts, contains and program',
      ),
    )
  if (!read.json && forJson !== undefined)
    found.push(
      problem(
        'parser-recognise',
        at,
        '`has` and `equals` are for JSON',
        'write read: { json: true }, or use starts or contains',
      ),
    )
  if (recognise.program !== undefined && !syslog)
    found.push(problem('parser-recognise', at, 'programs stand in a syslog envelope', 'write syslog: true'))
  if (forText === undefined && forJson === undefined)
    found.push(
      problem(
        'parser-recognise',
        at,
        'nothing says which records are its own',
        'add starts, contains, program, has or equals',
      ),
    )
  return found
}

/** Reads one file. All its problems come together. */
export function readDeclared(text: string, file: string): Result<Declared, Issue[]> {
  const document = parseYaml(text, file)
  if (!document.ok) return document
  const parsed = DeclaredFile.safeParse(document.value.value)
  if (!parsed.success) return no(issuesOfZod(parsed.error, document.value, file, DeclaredFile))
  const issues: Issue[] = []
  const patterns = patternsOf(parsed.data, document.value, issues)
  issues.push(...contradictions(parsed.data, document.value))
  if (issues.length > 0) return no(issues)
  return ok({
    file,
    definition: parsed.data,
    parser: declaredParser(parsed.data, patterns),
    place: document.value.place,
  })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a parser makes of a line, as if it were asked for it by recognition. */
function madeOf(parser: Parser, line: string, received: number): ParsedEvent | undefined {
  if (parser.reads === 'text') return parser.recognise(line) ? parser.parse(line, received) : undefined
  const object = parsedJson(line)
  return isObject(object) && parser.recognise(object) ? parser.parse(object, received) : undefined
}

function seen(event: ParsedEvent, name: string): unknown {
  if (name === 'time') return new Date(event.time).toISOString()
  if (name === 'class') return Object.entries(ocsfClass).find(([, uid]) => uid === event.class_uid)?.[0]
  if (name.startsWith('fields.')) return event.fields[name.slice(7)]
  return new Map<string, unknown>(Object.entries(event)).get(name)
}
const wantedTime = (value: unknown): unknown => {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? value : new Date(time).toISOString()
}
const plain = (value: unknown): string | undefined => (typeof value === 'string' ? value : JSON.stringify(value))
const shown = (value: unknown): string => (value === undefined || value === null ? 'nothing' : JSON.stringify(value))

/** Tries the lines that stand in the file; each that comes out otherwise is an Issue at its place. */
export function tryDeclared({ definition, parser, place }: Declared, received: number): Issue[] {
  return definition.tests.flatMap((test, index) => {
    const at = place(['tests', index, 'line'])
    const event = madeOf(parser, test.line, received)
    if (test.other)
      return event
        ? [problem('parser-test', at, 'this line is recognised, and must not be', 'narrow recognise or the patterns')]
        : []
    if (!event)
      return [
        problem(
          'parser-test',
          at,
          'this line is not read',
          'compare it with recognise and with the patterns, part by part',
        ),
      ]
    return Object.entries(test.expect ?? {}).flatMap(([name, want]) => {
      const have = seen(event, name)
      const wanted = name === 'time' ? wantedTime(want) : want
      if (wanted === null ? have === undefined : plain(have) === plain(wanted)) return []
      const where = place(['tests', index, 'expect', name])
      return [
        problem(
          'parser-test',
          where,
          `${name} is ${shown(have)}, not ${shown(wanted)}`,
          'mend the parser, or what is expected',
        ),
      ]
    })
  })
}
