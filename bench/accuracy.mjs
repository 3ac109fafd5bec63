// How right the parsers are, corpus by corpus: every module of bench/accuracy/ measures one and is a row block of one table.
// Usage: node bench/accuracy.mjs [corpus…] [--json] [--losses [kind]]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, losses: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const folder = new URL('accuracy/', import.meta.url)
const corpora = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && !file.startsWith('_'))
  .map((file) => file.slice(0, -4))
  .sort()
const [asked, kinds] = [
  positionals.filter((word) => corpora.includes(word)),
  positionals.filter((word) => !corpora.includes(word)),
]
const columns = ['lines', 'parsed', 'fields', 'right', 'kept', 'lost', 'crash']
const valueOf = (one, column) => one[column === 'crash' ? 'crashed' : column]
const share = (part, whole) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`)
const row = (name, one) =>
  `${(name.length > 36 ? `${name.slice(0, 16)}…${name.slice(-19)}` : name).padEnd(36)}${columns.map((column) => String(valueOf(one, column)).padStart(7)).join('')}${share(one.right, one.fields).padStart(8)}${share(one.right + one.kept, one.fields).padStart(7)}`

const heads = `${''.padEnd(36)}${columns.map((column) => column.padStart(7)).join('')}   right  +kept`

const results = []
for (const corpus of asked.length > 0 ? asked : corpora) {
  const { measure } = await import(new URL(`${corpus}.mjs`, folder).href)
  const result = await measure()
  results.push(result)
  if (values.json) continue
  if (result.skipped) console.log(`\n${result.corpus}: SKIPPED, ${result.skipped}`)
  else {
    console.log(`\n${result.corpus} (${result.licence})`)
    console.log(heads)
    for (const one of result.rows)
      if (kinds.length === 0 || kinds.includes(one.kind)) console.log(row(`  ${one.kind}`, one))
    console.log(row('  total', result.total))
    if (values.losses)
      for (const { kind, name, value, line, kept } of result.losses ?? [])
        if (kinds.length === 0 || kinds.includes(kind))
          console.log(
            `${kept ? 'kept' : 'LOST'} ${kind} ${name} = ${JSON.stringify(value).slice(0, 160)}${kept ? ` (as ${kept})` : ''}\n       ${line.slice(0, 240)}`,
          )
  }
}
if (!values.json && results.length > 1) {
  console.log(`\nall corpora\n${heads}`)
  for (const { corpus, total, skipped } of results) if (!skipped) console.log(row(`  ${corpus}`, total))
}
if (values.json)
  console.log(
    JSON.stringify(
      results.map(({ corpus, licence, skipped, rows, total }) => ({ corpus, licence, skipped, rows, total })),
      null,
      1,
    ),
  )
