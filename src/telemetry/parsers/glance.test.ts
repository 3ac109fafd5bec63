// A glance at a record says of its log source and fields what reading the whole record says, and the whole record is the same.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { parseRecord, recordGlancer } from './parse-record.ts'

const glanceRecord = recordGlancer([])
const same = (text: string): void => {
  const record = { source: 'test', received: 1_700_000_000_000, text }
  const whole = parseRecord(record)
  const glance = glanceRecord(record)
  for (const part of ['parser', 'logsource', 'fields', 'parse_error'] as const)
    assert.deepEqual(glance[part], whole[part])
  assert.deepEqual(glance.whole(), whole)
}

const names = ['EventID', 'Channel', 'SourceName', 'System', 'EventData', 'Event', 'Image', 'Hashes', 'UtcTime', 'winlog', 'Computer', 'SubjectUserName', 'LogName', 'EventCode'] // prettier-ignore
const values = fc.oneof(
  fc.constantFrom<unknown>(
    1,
    4624,
    '4688',
    'Security',
    'Microsoft-Windows-Sysmon/Operational',
    'MD5=a,IMPHASH=b',
    null,
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
)
const objects = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 10 })

test('records that are like those of Windows', () => {
  fc.assert(fc.property(objects, (object) => same(JSON.stringify(object))))
  fc.assert(
    fc.property(objects, objects, (System, EventData) => same(JSON.stringify({ Event: { System, EventData } }))),
  )
})

test('any text', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), same))
})
