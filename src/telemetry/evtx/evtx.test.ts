// The EVTX reader: files made here byte by byte, damaged in every way, and the ground truth of others.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import type { Issue } from '#kernel'
import { temporaryFolder } from '#testkit'
import { evtxRecords, readEventFiles } from '../files.io.ts'
import type { Json } from './bytes.ts'
import { crc32 } from './crc32.ts'
import { isRecord, readEvtx } from './file.ts'
import type { EvtxRecord } from './chunk.ts'

const data = process.env['CASTELLAN_DATA'] ?? '../shared/data'
const sampleFolder = join(data, 'detection/evtx-parser')
const regression = join(data, 'detection/sigma/regression_data')

// --- a writer of the smallest files that are EVTX ---------------------------------------------------------------

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >>> 8])
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** Binary XML of one element with text, its name written in place at `at` (offset in the chunk). */
function element(at: number, name: string, inside: (at: number) => Buffer): Buffer {
  const nameAt = at + 9
  const start = Buffer.concat([
    Buffer.from([0x01]),
    u32(0),
    u32(nameAt),
    u32(0),
    u16(0),
    u16(name.length),
    wide(name),
    u16(0),
    Buffer.from([0x02]),
  ])
  return Buffer.concat([start, inside(at + start.length), Buffer.from([0x04])])
}
const textOf = (text: string) => (): Buffer => Buffer.concat([Buffer.from([0x05, 0x01]), u16(text.length), wide(text)])
function all(...parts: ((at: number) => Buffer)[]): (at: number) => Buffer {
  return (at) => {
    const done: Buffer[] = []
    let here = at
    for (const part of parts) {
      const bytes = part(here)
      done.push(bytes)
      here += bytes.length
    }
    return Buffer.concat(done)
  }
}
const named = (name: string, inside: (at: number) => Buffer) => (at: number) => element(at, name, inside)

function record(at: number, id: number, command: string): Buffer {
  const body = all(
    () => Buffer.from([0x0f, 1, 1, 0]),
    named(
      'Event',
      all(
        named(
          'System',
          all(
            named('EventID', textOf('4688')),
            named('Channel', textOf('Security')),
            named('Computer', textOf('PC01.')),
          ),
        ),
        named('EventData', named('CommandLine', textOf(command))),
      ),
    ),
    () => Buffer.from([0]),
  )(at + 24)
  const size = 24 + body.length + 4
  const head = Buffer.concat([u32(0x2a2a), u32(size), u32(id), u32(0), u32(0xd53e8000), u32(0x01da0000)])
  return Buffer.concat([head, body, u32(size)])
}

function chunk(firstId: number, commands: readonly string[]): Buffer {
  const bytes = Buffer.alloc(65_536)
  bytes.write('ElfChnk\0', 'latin1')
  let at = 512
  for (const [n, command] of commands.entries()) at += record(at, firstId + n, command).copy(bytes, at)
  bytes.writeUInt32LE(firstId, 8)
  bytes.writeUInt32LE(firstId + commands.length - 1, 16)
  bytes.writeUInt32LE(firstId, 24)
  bytes.writeUInt32LE(firstId + commands.length - 1, 32)
  bytes.writeUInt32LE(128, 40)
  bytes.writeUInt32LE(at, 48)
  bytes.writeUInt32LE(crc32(bytes, 512, at), 52)
  bytes.writeUInt32LE(crc32(bytes, 128, 512, crc32(bytes, 0, 120)), 124)
  return bytes
}
function evtxFile(chunks: readonly (readonly string[])[]): Buffer {
  const header = Buffer.alloc(4096)
  header.write('ElfFile\0', 'latin1')
  let id = 1
  const parts = chunks.map((commands) => {
    const made = chunk(id, commands)
    id += commands.length
    return made
  })
  return Buffer.concat([header, ...parts])
}

const madeFile = evtxFile([
  ['cmd.exe /c dir', 'whoami /all'],
  ['net user ada /add', 'ipconfig', 'tasklist'],
])
const read = (bytes: Buffer): { records: EvtxRecord[]; issues: Issue[] } => {
  const items = [...readEvtx(bytes, 'made.evtx')]
  return { records: items.filter(isRecord), issues: items.filter((item): item is Issue => !isRecord(item)) }
}
const commandsOf = (records: readonly EvtxRecord[]): unknown[] =>
  records.map(({ event }) => {
    const inner = event['Event']
    const eventData = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner['EventData'] : null
    return typeof eventData === 'object' && eventData !== null && !Array.isArray(eventData)
      ? eventData['CommandLine']
      : null
  })

test('CRC-32 of the check text is cbf43926, in one go and in two', () => {
  const bytes = Buffer.from('123456789')
  assert.equal(crc32(bytes, 0, 9), 0xcbf43926)
  assert.equal(crc32(bytes, 4, 9, crc32(bytes, 0, 4)), 0xcbf43926)
})

test('a whole file gives its records in order, without an Issue', () => {
  const { records, issues } = read(madeFile)
  assert.deepEqual(issues, [])
  assert.deepEqual(commandsOf(records), ['cmd.exe /c dir', 'whoami /all', 'net user ada /add', 'ipconfig', 'tasklist'])
  assert.deepEqual(
    records.map(({ recordId }) => recordId),
    [1, 2, 3, 4, 5],
  )
})

test('a file cut short gives what is whole and says where it ends', () => {
  const cut = madeFile.subarray(0, 4096 + 65_536 + 700)
  const { records, issues } = read(cut)
  assert.equal(commandsOf(records)[1], 'whoami /all')
  assert.ok(issues.some(({ code, text }) => code === 'evtx-truncated' && /at byte \d+/.test(text)))
})

test('a chunk with a wrong beginning costs that chunk only', () => {
  const bytes = Buffer.from(madeFile)
  bytes.write('Elf?', 4096, 'latin1')
  const { records, issues } = read(bytes)
  assert.deepEqual(commandsOf(records), ['net user ada /add', 'ipconfig', 'tasklist'])
  assert.deepEqual(
    issues.map(({ code, text }) => [code, text.includes('at byte 4096')]),
    [['evtx-chunk', true]],
  )
})

test('a changed record is read and its chunk reported as changed', () => {
  const bytes = Buffer.from(madeFile)
  const at = bytes.indexOf(wide('whoami'))
  bytes.write('W', at, 'latin1')
  const { records, issues } = read(bytes)
  assert.equal(commandsOf(records)[1], 'Whoami /all')
  assert.deepEqual(
    issues.map(({ code }) => code),
    ['evtx-checksum'],
  )
})

test('what is no EVTX is one Issue', () => {
  assert.deepEqual(
    read(Buffer.from('hello')).issues.map(({ code }) => code),
    ['evtx-header'],
  )
})

test('bytes turned at random never throw, and the reader ends', () => {
  const turn = fc.tuple(fc.integer({ min: 8, max: madeFile.length - 1 }), fc.integer({ min: 0, max: 255 }))
  const near = fc.tuple(fc.integer({ min: 4096, max: 4096 + 1400 }), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.array(fc.oneof(turn, near, near), { minLength: 1, maxLength: 40 }), (turns) => {
      const bytes = Buffer.from(madeFile)
      for (const [at, value] of turns) bytes[at] = value
      const { records } = read(bytes)
      for (const { event } of records) JSON.stringify(event)
    }),
    { numRuns: 300 },
  )
})

test('files: records stream as JSON texts and as events', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'made.evtx')
  writeFileSync(file, madeFile)
  const texts: string[] = []
  for await (const item of evtxRecords(file)) if ('text' in item && !('code' in item)) texts.push(item.text)
  assert.equal(texts.length, 5)
  assert.match(texts[0] ?? '', /"CommandLine":"cmd\.exe \/c dir"/)
  const events = []
  for await (const batch of readEventFiles([folder], { recordBytes: 1e6, batchEvents: 2 })) events.push(...batch.events)
  assert.deepEqual(events.map(({ host, command_line }) => [host, command_line])[2], ['PC01', 'net user ada /add'])
  assert.deepEqual(events[0]?.logsource, { product: 'windows', service: 'security', categories: ['process_creation'] })
})

// --- ground truth -----------------------------------------------------------------------------------------------

/** Times to the microsecond, as evtx_dump of that day wrote them, without spaces at the end of texts, names sorted. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((name) => [name, plain(value[name] ?? null)]),
    )
  if (typeof value !== 'string') return value
  return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})\d+Z$/, '$1Z').trimEnd()
}

test("Sigma's regression data: each EVTX gives the JSON beside it", (t) => {
  if (!existsSync(regression)) return t.skip(`no ground truth at ${regression}`)
  const files = readdirSync(regression, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.evtx'))
  let total = 0
  let equal = 0
  const different: string[] = []
  for (const file of files) {
    const found = new Set(
      read(readFileSync(join(regression, file))).records.map(({ event }) => JSON.stringify(plain(event))),
    )
    const text = readFileSync(join(regression, file.replace(/evtx$/, 'json')), 'utf8').trim()
    for (const wanted of text.split(/\n(?=\{)/).map((part): Json => JSON.parse(part))) {
      total++
      if (found.has(JSON.stringify(plain(wanted)))) equal++
      else different.push(file)
    }
  }
  t.diagnostic(`${equal} of ${total} records equal in ${files.length} files`)
  assert.deepEqual(different, [])
})

test('samples of the evtx project: as many records as its tests count', (t) => {
  const expected = join(sampleFolder, 'expected_counts.json')
  if (!existsSync(expected)) return t.skip(`no ground truth at ${expected}`)
  const counts: Record<string, { records_ok: number | null; records_by_chunk_walk: number }> = JSON.parse(
    readFileSync(expected, 'utf8'),
  )
  for (const [file, { records_ok, records_by_chunk_walk }] of Object.entries(counts)) {
    const { records, issues } = read(readFileSync(join(sampleFolder, file)))
    t.diagnostic(`${file}: ${records.length} records, ${issues.length} issues`)
    assert.ok(records.length >= (records_ok ?? records_by_chunk_walk), `${file}: ${records.length}`)
  }
})

test('samples of the evtx project: records as its JSON snapshots show them', (t) => {
  const folder = join(sampleFolder, 'snapshots')
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  const known = new Set<string>()
  for (const file of readdirSync(sampleFolder).filter((name) => name.endsWith('.evtx')))
    for (const { event } of read(readFileSync(join(sampleFolder, file))).records)
      known.add(JSON.stringify(plain(event)))
  const bodyOf = (name: string): string => readFileSync(join(folder, name), 'utf8').split('\n---\n')[1]?.trim() ?? ''
  const snapshots = readdirSync(folder).filter((name) => /^\{\s*"Event": \{\s*"#attributes"/.test(bodyOf(name)))
  const missing = snapshots.filter((name) => {
    const wanted: Json = JSON.parse(bodyOf(name))
    return !known.has(JSON.stringify(plain(wanted)))
  })
  t.diagnostic(
    `${snapshots.length - missing.length} of ${snapshots.length} JSON snapshots found; not: ${missing.join(', ')}`,
  )
})

test('samples damaged at random never throw', (t) => {
  const file = join(sampleFolder, 'Security_short_selected.evtx')
  if (!existsSync(file)) return t.skip(`no ground truth at ${file}`)
  const whole = readFileSync(file)
  const turn = fc.tuple(
    fc.integer({ min: 4096, max: Math.min(whole.length, 20_000) - 1 }),
    fc.integer({ min: 0, max: 255 }),
  )
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 60 }), (turns) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of turns) bytes[at] = value
      for (const item of readEvtx(bytes, file)) JSON.stringify(item)
    }),
    { numRuns: 200 },
  )
})
