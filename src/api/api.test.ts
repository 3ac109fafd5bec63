// Pure parts of the HTTP door: names, headers, live messages.
import assert from 'node:assert/strict'
import test from 'node:test'
import { catalogue } from '#app'
import { eventText } from './live.ts'
import { methodOf, openapi, pathOf } from './openapi.ts'
import { contentSecurityPolicy, isOwnHost, securityHeaders } from './security.ts'

test('a read is a GET, a change a POST, under the operation’s name', () => {
  assert.equal(pathOf({ name: 'incident.set-state' }), '/api/v1/incident/set-state')
  assert.equal(methodOf({ kind: 'read' }), 'get')
  assert.equal(methodOf({ kind: 'act' }), 'post')
})
test('no two operations share a path', () => assert.equal(new Set(catalogue.map(pathOf)).size, catalogue.length))
test('every operation is described with its roles', () => {
  const { paths } = openapi(catalogue, '1') as { paths: Record<string, Record<string, { description: string }>> }
  for (const one of catalogue) assert.match(paths[pathOf(one)]?.[methodOf(one)]?.description ?? '', /Roles: /)
})
test('a loopback server answers to loopback names only', () => {
  for (const name of ['localhost:7600', '127.0.0.1:7600', '[::1]:7600']) assert.ok(isOwnHost(name, '127.0.0.1'), name)
  for (const name of ['evil.example', 'localhost.evil.example:7600', undefined, ''])
    assert.ok(!isOwnHost(name, '127.0.0.1'), String(name))
  assert.ok(isOwnHost('castellan.example', '0.0.0.0'))
})
test('no script, style or frame of others, and HSTS only when encrypted', () => {
  assert.ok(!contentSecurityPolicy.includes('unsafe-inline'))
  assert.match(contentSecurityPolicy, /default-src 'none'/)
  assert.equal(securityHeaders(false)['strict-transport-security'], undefined)
  assert.ok(securityHeaders(true)['strict-transport-security'])
})
test('a live message is one event of the stream', () =>
  assert.equal(eventText({ kind: 'alert', ids: ['a\nb'] }), 'event: alert\ndata: {"ids":["a\\nb"]}\n\n'))
