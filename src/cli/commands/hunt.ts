// castellan hunt: search, compute over what is found, draw it, follow it, write it into a file.
import { createWriteStream } from 'node:fs'
import { extname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { asFault, type BoundOperation, exitCodes, Fault, isoTime, systemActor } from '#kernel'
import { catalogue, Hunted, openCastellan } from '#app'
import { flag } from '../arguments.ts'
import { chartText } from '../chart.ts'
import type { Command, Given, Terminal } from '../command.ts'
import { follow } from '../follow.ts'
import { momentOf } from '../moment.ts'
import { answer, settingsOf } from '../operation-command.ts'
import { callRemote, fetchRemote, findServer } from '../remote.ts'
import { tableText } from '../table.ts'

const operationOf = (name: string): BoundOperation => {
  const found = catalogue.find((one) => one.name === name)
  if (!found) throw new Fault('BUG', `${name} is gone`)
  return found
}

type Cell = string | number | null
function cell(value: Cell, type: string): string {
  if (value === null || value === '') return '-'
  if (typeof value === 'string') return value
  if (type === 'time') return isoTime(value).replace('T', ' ').slice(0, 19)
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

/** What a hunt found as text of at most `width` characters a line. */
export function huntedText(found: Hunted, width: number): string {
  if (found.kind === 'timechart') return chartText({ ...found, columns: found.columns.map(({ name }) => name) }, width)
  const events = found.items.map(({ time, host, user, source, activity, message }) => [
    cell(time, 'time'),
    host || '-',
    user || '-',
    source,
    activity,
    message,
  ])
  if (found.kind === 'events')
    return events.length === 0
      ? 'nothing found'
      : tableText(['time', 'host', 'user', 'source', 'activity', 'message'], events, width)
  if (found.rows.length === 0) return 'nothing found'
  const rows = found.rows.map((row) => row.map((value, at) => cell(value, found.columns[at]?.type ?? 'text')))
  return tableText(
    found.columns.map(({ name }) => name),
    rows,
    width,
  )
}

function flagMoment(given: Given, name: string, usual?: string): number | undefined {
  const text = flag(given, name) ?? usual
  return text === undefined ? undefined : momentOf(text, name)
}

/** Tells where in the search something is wrong, with a mark below it. */
async function marked<T>(q: string, terminal: Terminal, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const at = Number(/ at character (\d+)$/.exec(asFault(thrown).message)?.[1])
    if (at > 0 && !q.includes('\n')) terminal.note(`  ${q}\n  ${' '.repeat(at - 1)}^`)
    throw thrown
  }
}

async function run(given: Given, terminal: Terminal): Promise<number> {
  const q = given.words.join(' ')
  if (q === '' && Object.keys(given.flags).length === 0)
    throw new Fault('INPUT_INVALID', "write what to find, as in castellan hunt 'user:svc-* | top 10 host'")
  const known = new Set([
    'since',
    'until',
    'limit',
    'json',
    'export',
    'follow',
    'workspace',
    'quiet',
    'verbose',
    'offline',
  ])
  const strange = Object.keys(given.flags).find((name) => !known.has(name) && !name.includes('.'))
  if (strange)
    throw new Fault(
      'INPUT_INVALID',
      `no flag --${strange}; there are ${[...known].map((name) => `--${name}`).join(', ')}`,
    )
  const since = flagMoment(given, 'since', '24h')
  const until = flagMoment(given, 'until')
  const bounds = { q, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
  const path = flag(given, 'export')
  return marked(q, terminal, async () => {
    if (path !== undefined) return exported(bounds, resolve(terminal.folder, path), { given, terminal })
    if (flag(given, 'follow') !== undefined) return follow(q, operationOf('event.hunt'), { given, terminal })
    const limit = Number(flag(given, 'limit') ?? 500)
    const found = Hunted.parse(await answer(operationOf('event.hunt'), { ...bounds, limit }, given, terminal))
    terminal.print(given.json ? JSON.stringify(found) : huntedText(found, terminal.width))
    const shown = found.kind === 'events' ? found.items.length : found.rows.length
    if (!given.json)
      terminal.note(
        `${shown}${found.cut ? ' of more' : ''} ${found.kind === 'events' ? 'events' : 'rows'}; ${found.scanned} events looked at in ${found.took} ms`,
      )
    return exitCodes.clean
  })
}

const Exported = z.object({ id: z.string(), bytes: z.number() })
interface Around {
  readonly given: Given
  readonly terminal: Terminal
}

async function exported(bounds: Record<string, unknown>, path: string, { given, terminal }: Around): Promise<number> {
  const format = extname(path).slice(1)
  if (!['csv', 'ndjson', 'parquet'].includes(format))
    throw new Fault('INPUT_INVALID', '--export takes a file that ends in .csv, .ndjson or .parquet')
  const operation = operationOf('event.export')
  const input = { ...bounds, format }
  const remote = given.flags['offline'] ? undefined : findServer(given.workspace)
  const save = async (body: NodeJS.ReadableStream, bytes: number): Promise<number> => {
    await pipeline(body, createWriteStream(path, { mode: 0o600 }))
    terminal.note(`${bytes} bytes in ${path}`)
    return exitCodes.clean
  }
  if (remote) {
    const { id, bytes } = Exported.parse(await callRemote(remote, operation, input))
    return save(await fetchRemote(remote, id), bytes)
  }
  const castellan = await openCastellan({
    workspace: given.workspace,
    env: terminal.env,
    flags: settingsOf(given.flags),
    quiet: true,
  })
  try {
    const bound = castellan.operations.find(({ name }) => name === operation.name) ?? operation
    const actor = { ...systemActor, name: terminal.env['USER'] ?? 'terminal', via: 'terminal' as const }
    const { id, bytes } = Exported.parse(await castellan.run(bound, input, { actor, signal: terminal.signal }))
    return await save(castellan.telemetry.exports.fetch(id).body, bytes)
  } finally {
    await castellan.stop()
  }
}

export const hunt: Command = {
  name: 'hunt',
  does: 'search events and compute over them; draws timecharts, follows what comes in, writes files',
  usage: "hunt 'QUERY' [--since 24h] [--until TIME] [--limit N] [--json] [--follow] [--export FILE]",
  flags: {
    '--since 24h': 'a length of time back from now, or a time; 24h when left out',
    '--until TIME': 'before this time',
    '--limit N': 'most rows shown, 500 when left out',
    '--follow': 'go on showing what comes in, until interrupted; needs a running server',
    '--export FILE':
      'write all that is found into FILE.csv, FILE.ndjson or FILE.parquet; the ledger keeps that it was done',
  },
  examples: [
    "castellan hunt 'outcome:failure | top 10 user' --since 7d",
    "castellan hunt 'activity:*login* | timechart span 1h count by outcome'",
    "castellan hunt 'host:db01 powershell' --follow",
    "castellan hunt 'src.country:RU' --export found.parquet",
  ],
  notes: [
    'Words, fields and pipes: docs/guide/search.md. A hunt is a question: the exit code is 0 whether something is found or not.',
  ],
  run,
}
