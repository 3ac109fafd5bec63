// SigmaHQ's rules, its regression data, and the matrices of an independent reading of them (pySigma's parse tree).
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'node:test'
import { type Fields, readEventFiles } from '#telemetry'
import { compileRule, type CompiledRule } from './compile.ts'
import { countStates } from './desk/list.ts'
import { createEngine } from './engine.ts'
import { type LoadedRules, loadRules } from './load.ts'

const data = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection')
const sigma = join(data, 'sigma')
const skip = existsSync(sigma) ? false : `no ground truth at ${sigma}`
const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder']
let loading: Promise<LoadedRules> | undefined
const loaded = () => (loading ??= loadRules(folders.map((folder) => join(sigma, folder))))
const running = async (): Promise<CompiledRule[]> => (await loaded()).rules.flatMap((rule) => rule.compiled ?? [])
/** A rule that does not look at the log source, as the matrices were made. */
const anywhere = (rule: CompiledRule): CompiledRule => ({ ...rule, source: {} })

test('every SigmaHQ rule loads, or says why not', { skip }, async (t) => {
  const { rules, issues } = await loaded()
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  )
  const states = countStates(rules)
  for (const rule of rules) assert.equal(rule.why === '', rule.state === 'running', rule.file)
  assert.equal(states.invalid, 0)
  assert.ok(
    rules.every(
      ({ state, why }) => state === 'running' || (state === 'needs-list' && why.startsWith('needs a list for %')),
    ),
  )
  t.diagnostic(`${rules.length} rules: ${JSON.stringify(states)}; ${issues.length} warnings`)
})

test('rules that SigmaHQ set aside run, or say why not', { skip }, async (t) => {
  const { rules } = await loadRules(['unsupported', 'deprecated'].map((folder) => join(sigma, folder)))
  for (const rule of rules) assert.equal(rule.why === '', rule.state === 'running', rule.file)
  t.diagnostic(`${rules.length} rules: ${JSON.stringify(countStates(rules))}`)
})

interface Case {
  readonly case: string
  readonly rule_id: string
  readonly title: string
  readonly match_count: readonly (number | null)[]
  readonly files: readonly string[]
}

async function regression(kind: '.json' | '.evtx'): Promise<{ right: number; wrong: string[] }> {
  const engine = createEngine(await running())
  const cases = JSON.parse(readFileSync(join(sigma, 'regression_index.json'), 'utf8')) as readonly Case[]
  const wrong: string[] = []
  let right = 0
  for (const { files, match_count, rule_id, title, ...one } of cases) {
    const paths = files.filter((file) => file.endsWith(kind)).map((file) => join(sigma, one.case, file))
    if (paths.length === 0) continue
    let matches = 0
    for await (const { events } of readEventFiles(paths, { recordBytes: 10_000_000, batchEvents: 1000 }))
      for (const event of events) if (engine.match(event).some((match) => match.rule.id === rule_id)) matches++
    const wanted = match_count[0]
    // As SigmaHQ's own runner has it: at least so often.
    if (matches >= (wanted ?? 1)) right++
    else wrong.push(`${title}: ${matches} of ${wanted ?? 1}`)
  }
  return { right, wrong }
}

for (const kind of ['.json', '.evtx'] as const)
  test(`every regression case of SigmaHQ matches its rule as often as stated (${kind})`, { skip }, async (t) => {
    const { right, wrong } = await regression(kind)
    assert.deepEqual(wrong, [])
    assert.ok(right > 0)
    t.diagnostic(`${right} of ${right + wrong.length} cases`)
  })

test('the one regression case that is a line of text', { skip }, async (t) => {
  const folder = join(sigma, 'regression_data/rules/cisco/aaa/cisco_cli_dot1x_disabled')
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  const id = 'ef0ff092-a24a-4fbc-beea-06c08d53e085'
  const engine = createEngine(await running())
  const raw = readFileSync(join(folder, `${id}.raw`), 'utf8')
  const found = engine.match({ logsource: { product: 'cisco', service: 'aaa', categories: [] }, fields: {}, raw })
  assert.ok(
    found.some(
      ({ rule, matched }) => rule.id === id && matched[0]?.field === '' && matched[0].selection === 'keywords',
    ),
  )
})

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A Windows event as the matrix was made from: System and EventData side by side, attributes joined with `_`. */
function flat(event: Json): Fields {
  const all: Record<string, Fields[string]> = {}
  const put = (name: string, value: unknown): void => {
    if (!isJson(value)) all[name.replaceAll(' ', '')] = value as Fields[string]
    else
      for (const [key, inner] of Object.entries(value)) {
        if (key === '#attributes' && isJson(inner))
          for (const [attribute, text] of Object.entries(inner)) put(`${name}_${attribute}`, text)
        else put(key, inner)
      }
  }
  const root = isJson(event['Event']) ? event['Event'] : {}
  for (const part of ['System', 'EventData', 'UserData']) {
    const inner = root[part]
    if (isJson(inner)) for (const [name, value] of Object.entries(inner)) put(name, value)
  }
  return all
}

/** JSON objects written one after the other. */
function objectsIn(text: string): Json[] {
  const pieces = text.split(/(?<=^\})\s*(?=\{)/m)
  return pieces.flatMap((piece) => (piece.trim() === '' ? [] : [JSON.parse(piece) as Json]))
}

test('the matrix of all rules on the regression events', { skip }, async (t) => {
  const file = join(data, 'oracle/A-oracle-matrix.json')
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as {
    rows: readonly { json: string; index: number; hits: readonly string[] }[]
  }
  const engine = createEngine((await running()).map(anywhere))
  let hits = 0
  for (const row of rows) {
    const event = objectsIn(readFileSync(join(sigma, row.json), 'utf8'))[row.index]
    assert.ok(event, row.json)
    const found = engine.match({ logsource: { categories: [] }, fields: flat(event) }).map(({ rule }) => rule.id)
    assert.deepEqual(found.sort(), [...row.hits].sort(), row.json)
    hits += found.length
  }
  t.diagnostic(`${rows.length} events, ${hits} hits, all equal`)
})

test('the matrix of process rules on Sysmon events of real attacks', { skip }, async (t) => {
  const { zips } = JSON.parse(readFileSync(join(data, 'oracle/A-oracle-otrf-proc.json'), 'utf8')) as {
    zips: Readonly<Record<string, { events: number; hits: Readonly<Record<string, number>> }>>
  }
  const otrf = join(data, 'otrf-security-datasets')
  const index = JSON.parse(readFileSync(join(otrf, 'index.json'), 'utf8')) as readonly {
    dataset: string
    files: readonly string[]
  }[]
  const { rules } = await loaded()
  const processes = rules.flatMap(({ file, compiled }) =>
    compiled && /[\\/]windows[\\/]process_creation[\\/]/.test(file) && /[\\/]rules[\\/]/.test(file)
      ? [anywhere(compiled)]
      : [],
  )
  const engine = createEngine(processes)
  let sets = 0
  let hits = 0
  for (const { dataset, files } of index) {
    const wanted = zips[`datasets/${dataset}`]
    if (!wanted || wanted.events === 0) continue
    const found: Record<string, number> = {}
    for (const text of files.flatMap((file) => readFileSync(join(otrf, file), 'utf8').split('\n'))) {
      if (!/"EventID": ?1\b/.test(text)) continue
      const event = JSON.parse(text) as Record<string, Fields[string]>
      if (event['EventID'] !== 1 || event['Channel'] !== 'Microsoft-Windows-Sysmon/Operational') continue
      for (const { rule } of engine.match({ logsource: { categories: [] }, fields: event }))
        found[rule.id] = (found[rule.id] ?? 0) + 1
    }
    assert.deepEqual(found, wanted.hits, basename(dataset))
    sets++
    hits += Object.values(found).reduce((sum, count) => sum + count, 0)
  }
  assert.ok(sets > 0)
  t.diagnostic(`${processes.length} rules, ${sets} data sets, ${hits} hits, all equal`)
})

/** What makes alerts explain themselves: the lines of selections that held. */
test('a match says which fields made it, and nothing from below not', () => {
  const when = {
    op: 'and',
    of: [
      { op: 'item', selection: 's', field: 'A', modifiers: [], tests: [] },
      { op: 'not', of: { op: 'item', selection: 'f', field: 'B', modifiers: [], tests: [] } },
    ],
  } as const
  const head = {
    id: 'r',
    name: undefined,
    title: 'r',
    level: 'low',
    status: 'test',
    tags: [],
    source: {},
    at: { file: 'r' },
  } as const
  assert.deepEqual(
    createEngine([compileRule(head, when)]).match({ logsource: { categories: [] }, fields: { A: 'x' } }),
    [],
  )
})
