// What the measures share: where the data is, parsing without a hint, and telling right, kept and lost apart.
import { join } from 'node:path'
import { parseRecord } from '../../dist/telemetry/parsing.js'

export const dataOf = (...path) => join(process.env.CASTELLAN_DATA ?? '../shared/data', ...path)

const columns = ['lines', 'parsed', 'fields', 'right', 'kept', 'lost', 'crashed']
export const noRow = (kind) => ({ kind, ...Object.fromEntries(columns.map((column) => [column, 0])) })
export const totalOf = (rows) =>
  Object.fromEntries(columns.map((column) => [column, rows.reduce((sum, row) => sum + row[column], 0)]))

/** Parses a record as an unknown source's would be, and counts it. A parser that threw is a crash: `parseRecord` says so in `parse_error`. */
export function parsed(row, text, received, parser) {
  row.lines++
  const event = parseRecord({ source: 'accuracy', received, text, ...(parser ? { parser } : {}) })
  if (event.parse_error?.startsWith('parser failed')) row.crashed++
  else if (event.parse_error === undefined && event.parser !== 'plain') row.parsed++
  return event
}

/** Compared without case and outer blanks, and without the angle brackets that mail puts around addresses. */
const plain = (value) =>
  String(value)
    .trim()
    .toLowerCase()
    .replace(/^<(.*)>$/, '$1')
/** All values of an event under their names, columns and fields alike; a list is each of its values. */
export function valuesOf(event) {
  const all = new Map()
  const add = (name, value) => {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && typeof one !== 'object')
        all.set(name, [...(all.get(name) ?? []), plain(one)])
  }
  for (const [name, value] of Object.entries(event)) if (name !== 'fields' && name !== 'message') add(name, value)
  for (const [name, value] of Object.entries(event.fields)) add(name, value)
  return all
}

const same = (ours, theirs) => {
  if (ours === theirs) return true
  const number = Number(theirs)
  return theirs !== '' && ours !== '' && Number.isFinite(number) && Number(ours) === number
}
/** `right`, or the name under which the value stands elsewhere, or undefined. */
export function found(all, names, value) {
  const theirs = plain(value)
  if (names.some((name) => all.get(name)?.some((ours) => same(ours, theirs)))) return 'right'
  for (const [name, list] of all) if (list.some((ours) => same(ours, theirs))) return name
  return undefined
}
/** Counts one wanted value; losses are noted with their line. */
export function count(row, losses, { all, names, name, value, line }) {
  row.fields++
  const where = found(all, names, value)
  if (where === 'right') return void row.right++
  if (where === undefined) row.lost++
  else row.kept++
  losses.push({ kind: row.kind, name, value, line, ...(where === undefined ? {} : { kept: where }) })
}
