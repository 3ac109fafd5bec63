// Which asset an event is about.
import assert from 'node:assert/strict'
import test from 'node:test'
import { parseRecord } from '#telemetry'
import { assetOf } from './locate.ts'

const known: Readonly<Record<string, string>> = {
  web01: 'proxy',
  '10.0.0.5': 'database',
  ids01: 'sensor',
  documents: 'storage',
  '1111': 'account',
}
const locate = ({ host, addresses = [] }: { host?: string | undefined; addresses?: readonly string[] | undefined }) =>
  [host, ...addresses].map((name) => known[name ?? '']).find((asset) => asset !== undefined)
const eventOf = (text: string) => parseRecord({ source: 's', received: 0, text })
const cloud = (bucketName?: string) =>
  JSON.stringify({
    eventVersion: '1',
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    recipientAccountId: '1111',
    requestParameters: { bucketName },
  })

test('a line is about the machine that wrote it', () =>
  assert.equal(
    assetOf(
      eventOf('<86>1 2026-01-02T03:04:05Z web01 sshd 7 - - Accepted publickey for ada from 10.0.0.5 port 4 ssh2'),
      locate,
    ),
    'proxy',
  ))
test('what a sensor saw is about the machine it saw', () =>
  assert.equal(
    assetOf(
      eventOf(
        '{"timestamp":"2026-01-02T03:04:05Z","event_type":"flow","host":"ids01","src_ip":"198.51.100.7","dest_ip":"10.0.0.5"}',
      ),
      locate,
    ),
    'database',
  ))
test('a sensor that saw only strangers speaks for itself', () =>
  assert.equal(
    assetOf(
      eventOf(
        '{"timestamp":"2026-01-02T03:04:05Z","event_type":"flow","host":"ids01","src_ip":"198.51.100.7","dest_ip":"198.51.100.8"}',
      ),
      locate,
    ),
    'sensor',
  ))
test('a cloud call is about its bucket, else its account', () => {
  assert.equal(assetOf(eventOf(cloud('documents')), locate), 'storage')
  assert.equal(assetOf(eventOf(cloud('a-stranger')), locate), 'account')
})
test('what nothing is known of has no asset', () => assert.equal(assetOf(eventOf('hello'), locate), undefined))
