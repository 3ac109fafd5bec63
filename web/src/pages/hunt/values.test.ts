// Values of events by name, and the columns of an address.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { EventView } from '../../client/nouns.ts'
import { columnsOfText, groupsOf, ownName, standardColumns, textOfColumns, valueOf } from './values.ts'

const event: EventView = {
  id: 'evt_1',
  time: 1,
  received: 1,
  source: 'web',
  parser: 'json',
  class_uid: 0,
  activity_id: 0,
  activity: '',
  severity_id: 1,
  outcome: '',
  product: '',
  service: '',
  categories: ['a', 'b'],
  host: 'db01',
  user: '',
  target_user: '',
  src_ip: '',
  src_port: 0,
  src_host: '',
  dst_ip: '',
  dst_port: 443,
  dst_host: '',
  domain: '',
  url: '',
  process: '',
  process_uid: '',
  parent_process: '',
  parent_process_uid: '',
  command_line: '',
  file: '',
  message: 'hello',
  asset: '',
  parse_error: '',
  fields: { host: 'own', Image: 'x' },
  enriched: { 'asset.zone': 'lan' },
  raw: '{}',
}

test('a value is found under its name, wherever it is kept', () => {
  const names = ['host', 'fields.host', 'Image', 'asset.zone', 'dst_port', 'src_port', 'categories', 'constructor']
  assert.deepEqual(
    names.map((name) => valueOf(event, name)),
    ['db01', 'own', 'x', 'lan', '443', '', 'a, b', ''],
  )
  assert.equal(ownName('host'), 'fields.host')
  assert.equal(ownName('Image'), 'Image')
  assert.equal(ownName('src.ip'), 'fields.src.ip')
})
test('groups hold what there is, each under the name it is searched by', () => {
  assert.deepEqual(
    groupsOf(event).map(({ values }) => values.map(({ name }) => name)),
    [['host', 'dst_port', 'source', 'parser'], ['asset.zone'], ['fields.host', 'Image']],
  )
})
test('columns of an address are kept once; the standard ones leave it clean', () => {
  assert.deepEqual(columnsOfText('time,host,host,Image'), ['time', 'host', 'Image'])
  assert.equal(columnsOfText(''), standardColumns)
  assert.equal(textOfColumns(standardColumns), '')
  assert.equal(textOfColumns(['time', 'Image']), 'time,Image')
})
