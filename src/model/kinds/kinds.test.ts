import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { Kind } from '../types.ts'
import { kindLike } from './kind-like.ts'
import { builtInById, builtInKinds, otherNames } from './library.ts'

test('every kind that Castellan brings is whole, and each once', () => {
  assert.equal(builtInById.size, builtInKinds.length)
  assert.ok(builtInKinds.length >= 120)
  for (const kind of builtInKinds) {
    Kind.parse(kind)
    assert.match(kind.id, /^[a-z][a-z0-9-]+$/)
    assert.ok(kind.title.length > 2 && kind.technology !== '' && kind.patchFamily !== '', kind.id)
    for (const { protocol, port } of kind.ports) assert.ok(protocol !== '' && port > 0 && port < 65_536, kind.id)
    for (const weakness of kind.weaknesses) assert.match(weakness, /^CWE-\d+$/, kind.id)
    for (const log of kind.logs) assert.match(log, /^[a-z0-9_]+(\/[a-z0-9_.-]+)?$/, kind.id)
    assert.equal(new Set(kind.traits).size, kind.traits.length, kind.id)
  }
})

test('other names are nobody’s id', () => {
  for (const name of otherNames.keys()) assert.ok(!builtInById.has(name), name)
})

test('what machines call a program finds its kind', () => {
  for (const [name, id] of [
    ['registry:5000/team/postgres:16@sha256:00', 'postgres'],
    ['bitnami/postgresql', 'postgres'],
    ['sshd', 'openssh'],
    ['nginx-unprivileged', 'nginx'],
    ['AWS RDS', 'postgres'],
    ['python3', 'python-service'],
    ['Windows Server', 'windows-server'],
    ['my-redis', 'redis'],
    ['systemd-resolved', undefined],
    ['', undefined],
  ] as const)
    assert.equal(kindLike(name)?.id, id, name)
})

test('whatever the name, a kind is found or none', () =>
  fc.assert(fc.property(fc.string(), (name) => void kindLike(name))))
