// Raw records of OCSF's examples against their OCSF form: do our columns say what the normal form says? (How whole our own OCSF form is, is another measure.)
// Usage: node bench/accuracy/ocsf-columns.mjs [--losses]   (after npm run build)
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { account, corpusAt, parseWith, printed, skipped, tally } from './_tally.mjs'

const get = (object, path) => path.split('.').reduce((held, name) => held?.[name], object)
let parsers = []
const outcomes = { Success: 'success', Failure: 'failure' }

/** Pairs of raw and normal form: of one name with other endings, or `x.json` and `OCSF_x.json`. */
function* pairs(root) {
  for (const file of readdirSync(root, { recursive: true }).sort()) {
    const raw = join(root, file)
    const twins = [
      raw.replace(/\.raw$/, '.ocsf'),
      raw.replace(/\.event$/, '.json'),
      raw.replace(/([^/]+)\.raw$/, 'OCSF_$1.json'),
      raw.replace(/([^/]+)\.json$/, 'ocsf_$1.json'),
    ]
    if (!/\.(?:raw|event)$|\/eks\.json$/.test(raw)) continue
    const twin = twins.find((one) => one !== raw && existsSync(one))
    if (twin) yield { raw, twin }
  }
}

/** Who acts, and who something is done to. */
function people(ocsf, event, add) {
  const login = ocsf.class_uid === 3002
  const who = (login ? get(ocsf, 'user.name') : undefined) ?? get(ocsf, 'actor.user.name')
  add('user', who && account(who), event.user)
  if (!login && get(ocsf, 'user.name') && ocsf.class_uid < 4000)
    add('target_user', account(get(ocsf, 'user.name')), event.target_user ?? event.user)
}

function expectedOf(ocsf, event) {
  const wanted = []
  const add = (name, value, ours) =>
    value !== undefined && value !== null && value !== '' && value !== '-' && wanted.push([name, value, ours])
  add('class_uid', ocsf.class_uid, event.class_uid)
  add('activity_id', ocsf.activity_id, event.activity_id)
  const time = typeof ocsf.time === 'number' ? (ocsf.time < 1e11 ? ocsf.time * 1000 : ocsf.time) : undefined
  add('time', time, event.time)
  add('severity_id', ocsf.severity_id > 0 ? ocsf.severity_id : undefined, event.severity_id)
  add('outcome', outcomes[ocsf.status], event.outcome)
  people(ocsf, event, add)
  for (const [name, column] of [
    ['src_endpoint', 'src'],
    ['dst_endpoint', 'dst'],
  ]) {
    add(`${column}_ip`, get(ocsf, `${name}.ip`), event[`${column}_ip`])
    add(`${column}_port`, get(ocsf, `${name}.port`) || undefined, event[`${column}_port`])
  }
  const name = get(ocsf, 'query.hostname')
  add('domain', name?.replace(/\.$/, '').toLowerCase(), event.domain)
  add('process', get(ocsf, 'process.file.path'), event.process)
  add('command_line', get(ocsf, 'process.cmd_line')?.trim(), event.command_line?.trim())
  for (const name of [
    'api.operation',
    'cloud.region',
    'cloud.account.uid',
    'http_request.user_agent',

    'finding_info.uid',
    'finding_info.title',
    'http_request.http_method',
    'query.type',
  ])
    add(name, get(ocsf, name), mapped(event, name))
  return wanted
}

const parsedJson = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a parser's mapping has for an attribute of OCSF. */
function mapped(event, attribute) {
  const names = parsers.find(({ name }) => name === event.parser)?.ocsf?.(event)[attribute] ?? []
  const found = (Array.isArray(names) ? names : [names])
    .map((name) => event.fields[name])
    .find((one) => one !== undefined && one !== null)
  return Array.isArray(found) ? found[0] : found
}

export async function measure() {
  ;({ parsers } = await import('../../dist/telemetry/parsers/table.js'))
  const root = corpusAt('logs', 'ocsf-examples')
  if (root === undefined) return skipped('ocsf-columns', 'Apache-2.0', 'logs', 'ocsf-examples')
  const counts = tally()
  const parse = await parseWith()
  const ours = /AWS|Okta|GitHub|Microsoft/
  for (const { raw, twin } of pairs(root)) {
    const file = relative(root, raw)
    const [text, ocsf] = [readFileSync(raw, 'utf8'), parsedJson(readFileSync(twin, 'utf8'))]
    if (!ours.test(file) || ocsf === undefined || Array.isArray(ocsf)) continue
    const event = parse(text)
    const known = event.parser !== 'json' && event.parser !== 'plain'
    counts.record(
      file
        .split('/')
        .slice(1, 4)
        .filter((one) => !/^v\d|samples/.test(one))
        .join(' '),
      event,
      { taken: known, expected: expectedOf(ocsf, event), what: file },
    )
  }
  return counts.result('ocsf-columns', 'Apache-2.0')
}

if (process.argv[1] === import.meta.filename) await printed(measure)
