// Zeek's logs in three sets: rita's files with headers, the expected logs of Zeek's own tests, ocsf-examples' JSON. What a file's own header says a
// line holds is what must be found in the event; a second row reads the same lines without their header.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { headed } from '../../dist/telemetry/parsing.js'
import { dataOf, noRow, parsed, totalOf } from './_measure.mjs'

const received = Date.UTC(2026, 7, 22)
const most = 20_000
const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((name) => {
        const path = join(folder, name)
        return statSync(path).isDirectory() ? filesIn(path) : /\.log(?:\.gz)?$/.test(name) ? [path] : []
      })
    : []
const textOf = (file) => {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
const plain = (value) =>
  Array.isArray(value) ? value.map(plain).join(',') : value === true ? 'T' : value === false ? 'F' : String(value)
const unescaped = (text) =>
  text.replace(/\\x([0-9a-fA-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
const same = (ours, theirs) =>
  ours === theirs ||
  ours === unescaped(theirs) ||
  Buffer.from(ours, 'utf8').toString('latin1') === unescaped(theirs) ||
  (theirs !== '' && Number(ours) === Number(theirs)) ||
  (theirs.includes(',') && theirs.split(',').map(Number).join(',') === ours)

function check({ row, losses, event }, name, theirs, line) {
  row.fields++
  const ours = event.fields[name]
  if (ours !== undefined && same(plain(ours), theirs)) return void row.right++
  const where = Object.entries(event.fields).find(([, value]) => same(plain(value), theirs))
  if (where) row.kept++
  else row.lost++
  losses.push({ kind: row.kind, name, value: theirs, line, ...(where ? { kept: where[0] } : {}) })
}

function measureTsv(row, losses, text, withHeader) {
  const header = headed()
  let names = []
  for (const line of text.split('\n').slice(0, most)) {
    if (line === '') continue
    const record = header.push(line)
    if (line.startsWith('#fields')) names = line.split('\t').slice(1)
    if (record === undefined || line.startsWith('#')) continue
    const event = parsed(row, withHeader ? record : line, received)
    for (const [at, cell] of line.split('\t').entries())
      if (cell !== '-' && cell !== '' && cell !== '(empty)')
        check({ row, losses, event }, names[at] ?? `column_${at + 1}`, cell, line)
  }
}

function measureJson(row, losses, text) {
  for (const line of text.split('\n').slice(0, most)) {
    if (line.trim() === '') continue
    const event = parsed(row, line, received)
    if (event.parser !== 'zeek') row.parsed -= event.parse_error === undefined ? 1 : 0
    let object
    try {
      object = JSON.parse(line)
    } catch {
      continue
    }
    for (const [name, value] of Object.entries(object))
      if (typeof value !== 'object') check({ row, losses, event }, name, plain(value), line)
  }
}

const sets = [
  ['rita', 'network/rita-zeek', 'BSD-3-Clause data'],
  ['btest', 'network/zeek-btest/expected', 'BSD-3-Clause'],
  ['ocsf-examples', 'logs/ocsf-examples/raw_zeek', 'Apache-2.0'],
]

export function measure() {
  const about = { corpus: 'zeek', licence: 'as each set states' }
  const losses = []
  const rows = []
  for (const [kind, path] of sets) {
    const files = filesIn(dataOf(path))
    const [json, tsv, bare] = ['JSON', 'with header', 'without header'].map((how) => noRow(`${kind} ${how}`))
    for (const file of files) {
      const text = textOf(file)
      if (text.trimStart().startsWith('{')) measureJson(json, losses, text)
      else {
        measureTsv(tsv, losses, text, true)
        // The expected logs of the tests have their times blotted out: without a header nothing would tell them.
        if (kind !== 'btest') measureTsv(bare, losses, text, false)
      }
    }
    rows.push(...[json, tsv, bare].filter(({ lines }) => lines > 0))
  }
  if (rows.length === 0)
    return { ...about, skipped: `no data below ${dataOf()}; set CASTELLAN_DATA`, rows, total: noRow('total') }
  return { ...about, rows, total: totalOf(rows), losses }
}
