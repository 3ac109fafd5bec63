// Alerts and events made for tests of hygiene and risk.
import assert from 'node:assert/strict'
import test from 'node:test'
import { EventView } from '#telemetry'
import { alertId } from '../store.ts'
import { Alert } from '../types.ts'

/** An alert about an event at a time: of rule one, on pc1, by ada. */
export const alertAt = (
  time: number,
  event: string,
  more: Omit<Partial<Alert>, 'rule'> & { rule?: object } = {},
): Alert => {
  const rule = { id: 'r1', title: 'Rule one', level: 'high', techniques: [], tactics: [], ...more.rule }
  return Alert.parse({
    time,
    raised: time,
    source: 'test',
    activity: 'process started',
    message: 'cmd.exe started',
    host: 'PC1',
    user: 'ada',
    asset: '',
    entities: { host: 'pc1', user: 'ada', processes: [], addresses: ['203.0.113.7'] },
    matched: [{ selection: 's', field: 'Image', modifiers: [], pattern: 'x', value: 'C:\\cmd.exe' }],
    incident: '',
    ...more,
    event: `evt_${event}`,
    id: alertId(rule.id, `evt_${event}`),
    rule,
  })
}

/** An event as the doors show it, of Sysmon's process creation. */
export function eventView(id: string, fields: Readonly<Record<string, string>>): EventView {
  const texts = Object.keys(EventView.shape).map((name): [string, unknown] => [name, ''])
  const numbers = ['time', 'received', 'class_uid', 'activity_id', 'severity_id', 'src_port', 'dst_port']
  return EventView.parse({
    ...Object.fromEntries(texts),
    ...Object.fromEntries(numbers.map((name) => [name, 0])),
    id,
    product: 'windows',
    service: 'sysmon',
    categories: ['process_creation'],
    raw: JSON.stringify(fields),
    fields,
    enriched: {},
  })
}

test('what is made here has ids that depend on rule and event alone', () => {
  assert.equal(alertAt(1, 'a').id, alertAt(2, 'a').id)
  assert.equal(eventView('evt_1', { Image: 'x' }).fields['Image'], 'x')
})
