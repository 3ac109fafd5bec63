// Pairs of SigmaHQ's regression data: the same event as EVTX and as JSON must give the same columns and fields.
// Usage: node bench/accuracy/sigma-evtx-json.mjs [--losses]   (after npm run build)
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusAt, printed, skipped, tally } from './_tally.mjs'

const columns = ['time', 'class_uid', 'activity_id', 'activity', 'severity_id', 'outcome', 'host', 'user', 'target_user', 'src_ip', 'src_port', 'src_host', 'dst_ip', 'dst_port', 'dst_host', 'domain', 'process', 'process_uid', 'parent_process', 'parent_process_uid', 'command_line', 'file'] // prettier-ignore

async function eventsOf(path) {
  const { readEventFiles } = await import('../../dist/telemetry/index.js')
  const all = []
  for await (const { events } of readEventFiles([path], { recordBytes: 10_000_000, batchEvents: 1000 }))
    all.push(...events)
  return all
}
const key = ({ fields }) => `${fields.EventRecordID} ${fields.EventID} ${fields.Channel}`
const source = ({ logsource }) => JSON.stringify(logsource)
/** Of a time evtx_dump writes microseconds, EVTX holds tenths of them; of texts evtx_dump leaves out spaces at the end. */
const plain = (value) =>
  textOf(value)
    .replace(/^(\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6})\d?Z$/, '$1Z')
    .trim()
const textOf = (value) =>
  value === null || value === undefined
    ? ''
    : String(Array.isArray(value) ? value.filter((one) => one !== null) : value)

export async function measure() {
  const root = corpusAt('detection', 'sigma')
  if (root === undefined) return skipped('sigma-evtx-json', 'DRL 1.1', 'detection', 'sigma')
  const counts = tally()
  for (const one of JSON.parse(readFileSync(join(root, 'regression_index.json'), 'utf8'))) {
    const [json, evtx] = ['.json', '.evtx'].map((kind) => one.files.find((file) => file.endsWith(kind)))
    if (json === undefined || evtx === undefined) continue
    const twins = new Map((await eventsOf(join(root, one.case, evtx))).map((event) => [key(event), event]))
    for (const event of await eventsOf(join(root, one.case, json))) {
      const twin = twins.get(key(event))
      const kind = `${event.logsource.service ?? event.fields.Channel}`
      const wanted = [['logsource', source(event), twin && source(twin)]]
      for (const name of columns)
        if (event[name] !== undefined) wanted.push([name, plain(event[name]), plain(twin?.[name])])
      for (const [name, value] of Object.entries(event.fields))
        if (plain(value) !== '') wanted.push([name, plain(value), plain(twin?.fields[name])])
      counts.record(kind, twin ?? event, { taken: twin !== undefined, expected: wanted, what: one.case })
    }
  }
  return counts.result('sigma-evtx-json', 'DRL 1.1')
}

if (process.argv[1] === import.meta.filename) await printed(measure)
