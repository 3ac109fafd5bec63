// What the accuracy modules of parsers share: a value expected of an event, found right, kept somewhere, or lost.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const data = process.env.CASTELLAN_DATA ?? '../shared/data'
/** Path of a corpus; undefined without it. */
export const corpusAt = (...parts) => (existsSync(join(data, ...parts)) ? join(data, ...parts) : undefined)

/** An account as the columns have it: without domain, lower case. */
export const account = (value) => {
  const bare = String(value).slice(String(value).lastIndexOf('\\') + 1)
  const at = bare.indexOf('@')
  return (at > 0 ? bare.slice(0, at) : bare).toLowerCase()
}

/** All texts that stand in an event, lower case. */
function textsOf(event) {
  const texts = new Set()
  const add = (value) => {
    if (Array.isArray(value)) for (const one of value) add(one)
    else if (value !== undefined && value !== null) texts.add(String(value).toLowerCase())
  }
  for (const [name, value] of Object.entries(event))
    if (name !== 'fields' && name !== 'raw' && name !== 'message') add(value)
  for (const value of Object.values(event.fields)) add(value)
  return texts
}

/** Whether a value stands anywhere in an event: by itself, or within a longer one. */
export function stands(event, value, texts = textsOf(event)) {
  const wanted = String(value).toLowerCase()
  if (texts.has(wanted)) return true
  if (wanted.length < 4) return false
  for (const text of texts) if (text.includes(wanted)) return true
  return false
}

/** What a measure gives without its corpus. */
export const skipped = (corpus, licence, ...path) => ({
  corpus,
  licence,
  rows: [],
  total: { kind: 'all', lines: 0, parsed: 0, fields: 0, right: 0, kept: 0, lost: 0, crashed: 0 },
  skipped: `no corpus at ${join(data, ...path)}`,
})

/** Counts by kind of record. */
export function tally() {
  const rows = new Map()
  const losses = []
  const rowOf = (kind) => {
    const row = rows.get(kind) ?? { kind, lines: 0, parsed: 0, fields: 0, right: 0, kept: 0, lost: 0, crashed: 0 }
    rows.set(kind, row)
    return row
  }
  return {
    losses,
    /** One record: whether the right parser took it, and for each expected value [meaning, expected, ours]. */
    record(kind, event, { taken, expected, what = '' }) {
      const row = rowOf(kind)
      row.lines++
      if (event.parse_error?.startsWith('parser failed')) row.crashed++
      if (taken) row.parsed++
      else
        losses.push({ kind, name: 'parser', value: `${event.parser} ${JSON.stringify(event.logsource)}`, line: what })
      const texts = textsOf(event)
      for (const [name, wanted, ours] of expected) {
        row.fields++
        const all = Array.isArray(wanted) ? wanted.map(String) : [String(wanted)]
        if (all.includes(String(ours))) {
          row.right++
          continue
        }
        const kept = stands(event, all[0], texts)
        if (kept) row.kept++
        else row.lost++
        losses.push({
          kind,
          name,
          value: all.join(' or '),
          line: `${what}: ours ${ours}`,
          ...(kept ? { kept: 'elsewhere' } : {}),
        })
      }
    },
    result(corpus, licence) {
      const list = [...rows.values()]
      const sum = (name) => list.reduce((all, row) => all + row[name], 0)
      const total = Object.fromEntries(
        ['lines', 'parsed', 'fields', 'right', 'kept', 'lost', 'crashed'].map((name) => [name, sum(name)]),
      )
      return { corpus, licence, rows: list, total: { kind: 'all', ...total }, losses }
    },
  }
}

/** JSON in a text is read too; undefined when the text is none. */
function insideOf(text) {
  try {
    return /^\s*\{/.test(text) ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Every leaf of a JSON value that says something: [dotted path, value]. */
export function* leaves(value, path = '') {
  if (Array.isArray(value)) for (const one of value) yield* leaves(one, path)
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) yield* leaves(one, path === '' ? name : `${path}.${name}`)
  else if (value !== null && value !== undefined && value !== '') yield [path, value]
}

/** Every value of a record as an expectation: right is the field of the same name. JSON in a text may stand whole or in its parts. */
export function values(record, event) {
  const texts = textsOf(event)
  const wanted = []
  for (const [path, value] of leaves(record)) {
    const ours = event.fields[path]
    const inside = typeof value === 'string' && !stands(event, value, texts) ? insideOf(value) : undefined
    const there =
      inside === undefined
        ? ours === value || (Array.isArray(ours) && ours.includes(value))
        : [...leaves(inside)].every(([, one]) => stands(event, one, texts))
    wanted.push([path, String(value), there ? String(value) : ours])
  }
  return wanted
}

export const parseWith = async () => {
  const { parseRecord } = await import('../../dist/telemetry/parsing.js')
  return (text) => parseRecord({ source: 'accuracy', received: Date.UTC(2030, 0, 1), text })
}

/** A module run by itself prints its rows, and its losses with --losses. */
export async function printed(measure) {
  const { rows, total, losses, corpus, skipped: why } = await measure()
  if (why !== undefined) {
    console.log(`${corpus}: SKIPPED, ${why}`)
    return
  }
  console.log(corpus)
  console.table([...rows, total])
  if (process.argv.includes('--losses'))
    for (const one of losses.slice(0, 400))
      console.log(`${one.kept ? 'kept' : 'LOST'} ${one.kind} ${one.name} = ${one.value} | ${one.line}`)
}
