// The words of the reality page.
import assert from 'node:assert/strict'
import test from 'node:test'
import { kinds, kindWords, serviceText } from './read.ts'

test('every kind has a word and a meaning', () => {
  assert.ok(kinds.length >= 8)
  for (const kind of kinds) assert.ok(kindWords[kind].title.length > 3 && kindWords[kind].means.length > 8, kind)
})
test('a service without a port is its protocol', () => {
  assert.equal(serviceText({ protocol: 'tcp', port: 443 }), 'tcp/443')
  assert.equal(serviceText({ protocol: 'icmp', port: 0 }), 'icmp')
})
