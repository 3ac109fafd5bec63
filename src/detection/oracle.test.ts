// The engine against a plain reading of the same rules: every rule on every event, every value as a regular expression, no index.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { parse, stringify } from 'yaml'
import { createBrotliDecompress } from 'node:zlib'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Fields, type LogSource, parseRecord, readEventFiles } from '#telemetry'
import { compileRule } from './compile.ts'
import { createEngine, type EngineEvent } from './engine.ts'
import { parseSigma } from './sigma/parse.ts'

const data = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection')

// --- the plain reading -------------------------------------------------------------------------------------------------
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value]

/** A value as the source of a regular expression of JavaScript, whose flags i and u together compare by simple case folding. */
function sourceOf(text: string): string {
  let source = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '\\' && '\\*?'.includes(text.charAt(at + 1)) && at + 1 < text.length)
      source += RegExp_escape(text.charAt(++at))
    else source += char === '*' ? '[^]*' : char === '?' ? '[^]' : RegExp_escape(char)
  }
  return source
}
const RegExp_escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
const windash = (source: string): string =>
  source.replaceAll(/(?<=^|[^\p{L}\p{N}_])(?:-|\\\/)(?=[\p{L}\p{N}_])/gu, '[-/–—―]')

type Plain = (text: string) => boolean
const plainTests = new Map<string, Plain>()
function plainTest(value: Json, names: readonly string[]): Plain {
  const key = JSON.stringify([value, names])
  const made = plainTests.get(key) ?? makePlain(String(value), names, value)
  plainTests.set(key, made)
  return made
}
function makePlain(text: string, names: readonly string[], value: Json): Plain {
  if (names.includes('re')) {
    const regex = RE2JS.compile(text, names.includes('i') ? RE2JS.CASE_INSENSITIVE : 0)
    return (given) => regex.test(given)
  }
  if (names.includes('cidr')) {
    const [network = '', bits = '32'] = text.split('/')
    const number = (address: string) => {
      const parts = /^\d{1,3}(\.\d{1,3}){3}$/.test(address) ? address.split('.').map(Number) : []
      return parts.length === 4 && parts.every((part) => part < 256)
        ? parts.reduce((sum, part) => sum * 256 + part, 0)
        : NaN
    }
    const size = 2 ** (32 - Number(bits))
    return (given) => Math.floor(number(given) / size) === Math.floor(number(network) / size)
  }
  const compare = ['lt', 'lte', 'gt', 'gte'].find((name) => names.includes(name))
  if (compare !== undefined)
    return (given) => {
      const number = /^[+-]?\d+(\.\d+)?$/.test(given) ? Number(given) : NaN
      const wanted = Number(text)
      return compare === 'lt'
        ? number < wanted
        : compare === 'lte'
          ? number <= wanted
          : compare === 'gt'
            ? number > wanted
            : number >= wanted
    }
  const open = names.includes('contains')
  let source = typeof value === 'string' ? sourceOf(text) : RegExp_escape(text)
  if (names.includes('windash')) source = windash(source)
  const whole = `${open || names.includes('endswith') ? '' : '^'}(?:${source})${open || names.includes('startswith') ? '' : '$'}`
  const regex = new RegExp(whole, names.includes('cased') ? 'u' : 'iu')
  return (given) => regex.test(given)
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? [...(value as unknown[])] : [value])
    .filter((one) => one !== null && one !== undefined)
    .map(String)

const isNull = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && (value.length === 0 || value.includes(null)))

function plainLine(key: string, value: Json, event: { fields: Fields; raw?: string | undefined }): boolean {
  const [field = '', ...names] = key.split('|')
  const has = Object.hasOwn(event.fields, field)
  const texts =
    field === ''
      ? [...textsIn(event.raw), ...Object.values(event.fields).flatMap(textsIn)]
      : has
        ? textsIn(event.fields[field])
        : []
  const one = (wanted: Json): boolean => {
    if (names.includes('exists')) return has === (wanted === true)
    if (names.includes('fieldref'))
      return texts.some((text) =>
        textsIn(event.fields[String(wanted)]).some((other) => new RegExp(`^${RegExp_escape(other)}$`, 'iu').test(text)),
      )
    if (wanted === null) return !has || isNull(event.fields[field])
    return texts.some(plainTest(wanted, field === '' && !names.includes('re') ? [...names, 'contains'] : names))
  }
  const held = names.includes('all') ? listOf(value).every(one) : listOf(value).some(one)
  return names.includes('neq') ? !held : held
}

function plainSelection(value: Json, event: EngineEvent): boolean {
  if (isMap(value)) return Object.entries(value).every(([key, wanted]) => plainLine(key, wanted, event))
  return listOf(value).some((one) => (isMap(one) ? plainSelection(one, event) : plainLine('', one, event)))
}

/** Conditions by substitution: names become true and false, and what is left is folded from the innermost brackets outwards. */
function plainCondition(condition: string, detection: { readonly [key: string]: Json }, event: EngineEvent): boolean {
  const names = Object.keys(detection).filter((name) => name !== 'condition')
  const worth = new Map(names.map((name) => [name, plainSelection(detection[name] ?? null, event)]))
  const fitting = (pattern: string) =>
    names.filter((name) =>
      pattern === 'them'
        ? !name.startsWith('_')
        : new RegExp(`^${pattern.split('*').map(RegExp_escape).join('.*')}$`).test(name) &&
          (!name.startsWith('_') || pattern.startsWith('_')),
    )
  const word = (yes: boolean | undefined) => (yes ? 'T' : 'F')
  let text = ` ${condition.replaceAll(/[()]/g, ' $& ')} `
    .replaceAll(/\s(1|any|all) of (\S+)/gi, (_, many: string, pattern: string) => {
      const all = fitting(pattern).map((name) => worth.get(name))
      return ` ${word(many.toLowerCase() === 'all' ? all.every(Boolean) : all.some(Boolean))}`
    })
    .replaceAll(/[^\s()]+/g, (name) =>
      /^(and|or|not|T|F)$/i.test(name) && !worth.has(name) ? name : word(worth.get(name)),
    )
  for (let before = ''; before !== text;) {
    before = text
    text = text
      .replaceAll(/\(\s*([TF])\s*\)/g, '$1')
      .replaceAll(/\bnot\s+([TF])\b/gi, (_, one: string) => word(one === 'F'))
    if (text === before)
      text = text.replace(/(?<!not\s+)\b([TF])\s+and\s+([TF])\b/i, (_, a: string, b: string) =>
        word(a === 'T' && b === 'T'),
      )
    if (text === before)
      text = text.replace(/(?<!and\s+|not\s+)\b([TF])\s+or\s+([TF])\b(?!\s+and)/i, (_, a: string, b: string) =>
        word(a === 'T' || b === 'T'),
      )
  }
  return text.trim() === 'T'
}

function plainRule(rule: { readonly [key: string]: Json }, event: EngineEvent): boolean {
  const detection = rule['detection']
  if (!isMap(detection)) return false
  return listOf(detection['condition']).some((condition) => plainCondition(String(condition), detection, event))
}

// --- generated rules and events ----------------------------------------------------------------------------------------
const words = [
  'cmd',
  'CMD.exe',
  '\\cmd.exe',
  ' -f ',
  '/c',
  '–enc',
  'ſtraße',
  'STRASSE',
  'Kelvin',
  'ΣΊΣΥΦΟΣ',
  'σίσυφος',
  'a*b',
  'a?b',
  '\\*',
  '\\\\x',
  '😀',
  '𐐀b',
  '𐐨b',
  '',
  '4624',
  '-1',
  '10.1.2.3',
  ' ',
]
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
)
const value = fc.oneof(
  { weight: 8, arbitrary: fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join('')) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 5000 }) },
)
const values = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 4 }))
const field = fc.constantFrom('A', 'B', 'C.d', 'constructor')
const line = fc.oneof(
  fc.tuple(
    field,
    fc.constantFrom(
      '',
      '|contains',
      '|startswith',
      '|endswith',
      '|contains|all',
      '|cased',
      '|contains|cased',
      '|contains|windash',
      '|neq',
      '|contains|neq',
    ),
    values,
  ),
  fc.tuple(field, fc.constantFrom('|gt', '|lte'), fc.integer({ min: -2, max: 5000 })),
  fc.tuple(field, fc.constant('|exists'), fc.boolean()),
  fc.tuple(field, fc.constant('|fieldref'), field),
  fc.tuple(
    field,
    fc.constant('|re'),
    fc.constantFrom(
      'cmd',
      '(?i)CMD\\.exe|/c',
      '^-?\\d+$',
      '[a-z]+\\s-f',
      '(a|b)*c?x+',
      '\\\\(cmd|sh)[.]',
      'k{2,}',
      '(foo|cmd){1,2}',
      '.',
    ),
  ),
  fc.tuple(field, fc.constant('|cidr'), fc.constantFrom('10.0.0.0/8', '10.1.2.3')),
  fc.tuple(field, fc.constant(''), fc.constant(null)),
)
const lines = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((all): { readonly [key: string]: Json } =>
    Object.fromEntries(all.map(([name, modifiers, given]) => [name + modifiers, given])),
  )
const keywords = fc.array(value, { minLength: 1, maxLength: 3 })
const selection = fc.oneof(
  { weight: 5, arbitrary: lines },
  { weight: 1, arbitrary: fc.array(lines, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: keywords },
)
const condition = fc.constantFrom(
  'a',
  'a and not b',
  'not a',
  'a or b and not _c',
  '1 of them',
  'all of them',
  'not 1 of a*',
  '(a or b) and 1 of _*',
  'all of * or not (a and (b or not _c))',
  'not not a',
)
const rule = fc
  .record({ a: selection, b: selection, _c: selection, condition })
  .map((detection) => ({ title: 'generated', logsource: { category: 'test' }, detection }))
const scalar = fc.oneof(
  { weight: 8, arbitrary: fc.array(word, { maxLength: 4 }).map((all) => all.join('')) },
  fc.integer({ min: -2, max: 5000 }),
  fc.boolean(),
  fc.constant(null),
)
const fields = fc
  .array(
    fc.tuple(
      field,
      fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) }),
    ),
    { maxLength: 4 },
  )
  .map((all): Fields => Object.fromEntries(all))
const event = fc.record({
  logsource: fc.constantFrom<LogSource>({ categories: ['test'] }),
  fields,
  raw: fc.option(scalar.map(String), { nil: undefined }),
})

test('the engine and the plain reading agree on generated rules and events', () => {
  const runs = process.env['CASTELLAN_FULL'] === '1' ? 5000 : 200
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 6 }),
      fc.array(event, { minLength: 1, maxLength: 8 }),
      (rules, events) => {
        const readable = rules.flatMap((one, index) => {
          const parsed = parseSigma(stringify({ id: `r${index}`, ...one }), 'generated.yml').documents[0]
          return parsed?.kind === 'rule' && !parsed.trouble
            ? [{ one, compiled: compileRule(parsed.head, parsed.when) }]
            : []
        })
        const engine = createEngine(readable.map(({ compiled }) => compiled))
        for (const each of events) {
          const found = engine.match(each).map((match) => match.rule.id)
          const plain = readable
            .filter(({ one }) => plainRule(one as { readonly [key: string]: Json }, each))
            .map(({ compiled }) => compiled.id)
          assert.deepEqual(found, plain)
        }
      },
    ),
    { numRuns: runs },
  )
})

/** Events of SigmaHQ's regression data: each matches some rule. */
async function regressionEvents(): Promise<EngineEvent[]> {
  const folder = join(data, 'sigma', 'regression_data')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  const events: EngineEvent[] = []
  const paths = files.map((file) => join(folder, file))
  for await (const batch of readEventFiles(paths, { recordBytes: 1e7, batchEvents: 1000 })) events.push(...batch.events)
  return events
}

/** Some events of the OTRF data sets, spread over all of them. */
async function sample(every: number): Promise<EngineEvent[]> {
  const events: EngineEvent[] = []
  const input = createReadStream(join(data, 'otrf-throughput', 'events.jsonl.br')).pipe(createBrotliDecompress())
  let count = 0
  for await (const text of createInterface({ input }))
    if (count++ % every === 0) events.push({ ...parseRecord({ source: 'otrf', received: 0, text }), raw: text })
  return events
}

const isIn = (rule: Json | undefined, { logsource }: EngineEvent): boolean => {
  const source = isMap(rule) ? rule : {}
  return (
    (source['product'] ?? logsource.product) === logsource.product &&
    (source['service'] ?? logsource.service) === logsource.service &&
    (source['category'] === undefined || logsource.categories.includes(String(source['category'])))
  )
}

test('the engine and the plain reading agree on SigmaHQ rules and real events', { timeout: 600_000 }, async (t) => {
  const folder = join(data, 'sigma', 'rules', 'windows')
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  const full = process.env['CASTELLAN_FULL'] === '1'
  const events = [...(await regressionEvents()), ...(full ? await sample(200) : [])]
  const rules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file, index) => file.endsWith('.yml') && (full || index % 4 === 0))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const parsed = parseSigma(text, file).documents[0]
      // What the plain reading has not: encodings, numbers as written, ranges of IPv6.
      if (parsed?.kind !== 'rule' || parsed.trouble || /base64|: 0x|::1\/128/.test(text)) return []
      return [
        {
          plain: parse(text) as { readonly [key: string]: Json },
          compiled: compileRule(parsed.head, parsed.when),
        },
      ]
    })
  const engine = createEngine(rules.map(({ compiled }) => compiled))
  let matches = 0
  for (const each of events) {
    const found = engine.match(each).map((match) => match.rule.id)
    const plain = rules.filter(({ plain }) => isIn(plain['logsource'], each) && plainRule(plain, each))
    assert.deepEqual(
      found,
      plain.map(({ compiled }) => compiled.id),
      JSON.stringify(each.fields),
    )
    matches += found.length
  }
  assert.ok(matches > 0)
  t.diagnostic(`${rules.length} rules, ${events.length} events, ${matches} matches: the same`)
})
