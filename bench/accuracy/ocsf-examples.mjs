// ocsf-examples: raw events and their OCSF form as the makers of the schema wrote it; ours is compared attribute by attribute.
// Usage: node bench/accuracy/ocsf-examples.mjs [--losses]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(import.meta.dirname, '../..')
const data = process.env['CASTELLAN_DATA'] ?? join(root, '../shared/data')
const received = Date.UTC(2026, 7, 22)
const emptyRow = (kind) => ({
  kind,
  lines: 0,
  parsed: 0,
  fields: 0,
  right: 0,
  kept: 0,
  lost: 0,
  crashed: 0,
  classRight: 0,
  activityRight: 0,
})

/** Not a fact of the record: what the normalising program says of itself, or copies of what stands elsewhere. */
const aside =
  /^(?:unmapped|raw_data|observables|enrichments|metadata\.(?:version|uid|profiles|processed_time|logged_time|extension|extensions|product)|type_name|type_uid|category_name|class_name)(?:\.|$)/

/** Leaves by path without the places in lists. */
function leaves(value, path = '', found = new Map()) {
  if (Array.isArray(value)) for (const one of value) leaves(one, path, found)
  else if (value !== null && typeof value === 'object')
    for (const [name, one] of Object.entries(value)) leaves(one, path === '' ? name : `${path}.${name}`, found)
  else if (value !== null && value !== '') {
    const values = found.get(path) ?? new Set()
    values.add(String(value).toLowerCase())
    found.set(path, values)
  }
  return found
}

/** Pairs of a raw file and its OCSF form in one folder. */
function pairs(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => /\.(?:raw|event|raw\.csv)$|\/eks\.json$/.test(path))
    .flatMap((raw) => {
      const beside = readdirSync(dirname(raw)).filter((name) => name !== basename(raw))
      const stem = basename(raw).replace(/\..*$/, '')
      const forms = beside.filter((name) => /\.(?:ocsf|json)$/.test(name))
      const form =
        forms.find((name) => name.replace(/\..*$/, '') === stem) ?? (beside.length === 1 ? forms[0] : undefined)
      return form === undefined ? [] : [{ raw, form: join(dirname(raw), form) }]
    })
    .sort((a, b) => (a.raw < b.raw ? -1 : 1))
}

/** Documents of a file: one, a list, or several one after the other; some have a comma after the last element. */
function documents(text) {
  const tidy = text.replace(/,(\s*[}\]])/g, '$1')
  for (const attempt of [tidy, `[${tidy.replace(/\}\s*\n\s*\{/g, '},{')}]`])
    try {
      return [JSON.parse(attempt)].flat()
    } catch {
      continue
    }
  return []
}

/** The events of a raw file: JSON and single lines by the road of files, a block of lines as one record. */
async function eventsOf(telemetry, raw) {
  const text = readFileSync(raw, 'utf8').trim()
  const parsed = (record) => ({ ...telemetry.parseRecord({ source: 'examples', received, text: record }), raw: record })
  if (!/^[[{]/.test(text) && text.split('\n').length > 2) return [parsed(text)]
  if (/^[[{]/.test(text)) return documents(text).map((one) => parsed(JSON.stringify(one)))
  const all = []
  for await (const { events } of telemetry.readEventFiles([raw], { recordBytes: 1 << 20, batchEvents: 100 }))
    all.push(...events)
  return all.slice(-1)
}

function compare(row, losses, { wanted, ours, raw }) {
  const [expected, found] = [leaves(wanted), leaves(ours)]
  const everywhere = new Set([...found].filter(([path]) => path !== 'raw_data').flatMap(([, values]) => [...values]))
  if (wanted.class_uid === ours.class_uid) row.classRight++
  if (wanted.class_uid === ours.class_uid && wanted.activity_id === ours.activity_id) row.activityRight++
  for (const [path, values] of expected) {
    if (aside.test(path)) continue
    for (const value of values) {
      row.fields++
      if (found.get(path)?.has(value)) row.right++
      else if (value.length > 2 && everywhere.has(value)) row.kept++
      else row.lost++
      if (!found.get(path)?.has(value)) {
        const kept =
          value.length > 2 ? [...found].find(([name, all]) => name !== 'raw_data' && all.has(value))?.[0] : undefined
        losses.push({ kind: row.kind, name: path, value, line: basename(raw), kept })
      }
    }
  }
}

/** Lines, attributes right (same path, same value), kept (the value stands elsewhere in our form; values of one or two characters would by chance, so they do not count), lost; by kind and in all. */
export async function measure() {
  const folder = join(data, 'logs/ocsf-examples')
  const about = { corpus: 'ocsf-examples', licence: 'Apache-2.0' }
  if (!existsSync(folder))
    return { ...about, skipped: `no data at ${folder}; set CASTELLAN_DATA`, rows: [], total: emptyRow('total') }
  const telemetry = await import(`${root}/dist/telemetry/index.js`)
  const rows = new Map()
  const losses = []
  for (const { raw, form } of pairs(folder)) {
    const kind = relative(folder, dirname(raw))
      .split('/')
      .filter((part) => !/^(?:markdown|[Ss]amples|v\d.*)$/.test(part))
      .slice(0, 3)
      .join('/')
    const row = rows.get(kind) ?? emptyRow(kind)
    rows.set(kind, row)
    const wanted = documents(readFileSync(form, 'utf8'))
    try {
      const events = await eventsOf(telemetry, raw)
      for (const [at, one] of wanted.slice(0, Math.max(events.length, 1)).entries()) {
        const event = events[at]
        row.lines++
        if (event && event.parse_error === undefined && event.parser !== 'plain') row.parsed++
        compare(row, losses, { wanted: one, ours: event ? telemetry.normalise(event) : {}, raw })
      }
    } catch (thrown) {
      row.crashed++
      losses.push({ kind, name: 'crashed', value: String(thrown), line: basename(raw), kept: undefined })
    }
  }
  const total = emptyRow('total')
  for (const row of rows.values()) for (const name of Object.keys(total)) if (name !== 'kind') total[name] += row[name]
  return { ...about, rows: [...rows.values()], total, losses }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rows, total, losses, skipped } = await measure()
  if (skipped) console.log(`SKIPPED: ${skipped}`)
  else console.table([...rows, total].map(({ kind, ...counts }) => ({ kind: kind.slice(0, 44), ...counts })))
  if (process.argv.includes('--losses')) for (const loss of losses) console.log(JSON.stringify(loss))
}
