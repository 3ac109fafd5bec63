// loghub: the header fields of each line as `*_structured.csv` has them: time, host, program, process id, level, text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, dataOf, noRow, parsed, totalOf, valuesOf } from './_measure.mjs'

const received = Date.UTC(2026, 7, 22)

/** Rows of a CSV with quoted cells. */
function csv(text) {
  const rows = []
  let row = []
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end !== ',') {
      if (row.length > 1) rows.push(row)
      row = []
    }
  }
  return rows
}

/** Name in their table → names of ours, by kind; `time` is compared by its clock. */
const kinds = {
  Linux: { Level: ['host'], Component: ['program'], PID: ['pid'], Content: ['message'], Time: 'time' },
  OpenSSH: { Component: ['host'], Pid: ['pid'], Content: ['message'], Time: 'time' },
  Apache: { Level: ['level'], Content: ['message'], Time: 'time' },
  Windows: {
    Level: ['level', 'Level'],
    Component: ['component', 'Component', 'program'],
    Content: ['message'],
    Time: 'time',
  },
}

function measureLine(row, losses, line, { head, cells, names }) {
  const event = parsed(row, line, received)
  const all = valuesOf(event)
  for (const [name, ours] of Object.entries(names)) {
    const value = cells[head.indexOf(name)]
    if (value === undefined || value === '') continue
    if (ours === 'time') {
      row.fields++
      const clock = /\d\d:\d\d:\d\d/.exec(value)?.[0]
      if (!event.timeGuessed && new Date(event.time).toISOString().slice(11, 19) === clock) row.right++
      else {
        row.lost++
        losses.push({ kind: row.kind, name, value, line })
      }
    } else count(row, losses, { all, names: ours, name, value, line })
  }
}

export function measure() {
  const folder = dataOf('logs', 'loghub')
  const about = { corpus: 'loghub', licence: 'free for research with citation; not shipped' }
  if (!existsSync(folder))
    return { ...about, skipped: `no data at ${folder}; set CASTELLAN_DATA`, rows: [], total: noRow('total') }
  const losses = []
  const rows = readdirSync(folder)
    .filter((kind) => kinds[kind])
    .sort()
    .map((kind) => {
      const row = noRow(kind)
      const lines = readFileSync(join(folder, kind, `${kind}_2k.log`), 'utf8').split(/\r?\n/)
      const [head, ...table] = csv(readFileSync(join(folder, kind, `${kind}_2k.log_structured.csv`), 'utf8'))
      for (const [at, cells] of table.entries())
        if (lines[at]) measureLine(row, losses, lines[at], { head, cells, names: kinds[kind] })
      return row
    })
  return { ...about, rows, total: totalOf(rows), losses }
}
