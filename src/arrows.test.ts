import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { ambientFaults, arrowsOf, drawing, faultsOf, readSources, ringsOf } from './arrows.ts'
import { rooms } from './rooms.ts'

const sources = readSources('src').filter(({ file }) => file.includes('/'))
const arrows = sources.flatMap(({ file, text }) => arrowsOf(file, text))
const faultsFrom = (file: string, text: string) => faultsOf(arrowsOf(file, text)).join('\n')

test('every import is an arrow in rooms.ts, and every need is used', () => assert.deepEqual(faultsOf(arrows), []))
test('no file of the pure core reads the clock, chance, the network or the process', () =>
  assert.deepEqual(
    sources.flatMap(({ file, text }) => ambientFaults(file, text)),
    [],
  ))
test('no files import each other in a ring', () => assert.deepEqual(ringsOf(arrows), []))
test('the drawing in ARCHITECTURE.md is the table', () =>
  assert.ok(readFileSync('ARCHITECTURE.md', 'utf8').includes(drawing()), 'stale drawing: run npm run docs'))
test('every room is described in ARCHITECTURE.md', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8')
  assert.deepEqual(
    rooms.filter((room) => !text.includes(`\`${room.name}\``)).map((room) => room.name),
    [],
  )
})

test('an upward arrow is caught', () =>
  assert.match(faultsFrom('model/x.ts', "import { find } from '#incidents'"), /model → incidents is not in rooms/))
test('a side door is caught', () =>
  assert.match(faultsFrom('detection/x.ts', "import { r } from '#telemetry/parsers'"), /by its door/))
test('an effect in the core is caught', () =>
  assert.match(faultsFrom('model/x.ts', "import { readFileSync } from 'node:fs'"), /effect node:fs inside/))
test('a relative way out is caught', () =>
  assert.match(faultsFrom('model/x.ts', "import { find } from '../detection/index.ts'"), /leave a room/))
test('a package that is not on the list is caught', () =>
  assert.match(faultsFrom('model/x.ts', "import x from 'fastify'"), /package fastify is not on the list/))
test('the testkit outside a test is caught', () =>
  assert.match(faultsFrom('model/x.ts', "import { cases } from '#testkit'"), /#testkit is for tests/))
test('a need listed below its room is caught', () => {
  const upside = [
    { ...rooms[1]!, name: 'a', needs: ['b'] },
    { ...rooms[1]!, name: 'b', needs: [] },
  ]
  assert.match(faultsOf([], upside).join('\n'), /a needs b, which is not listed above it/)
})
test('the clock in the core is caught', () =>
  assert.match(ambientFaults('model/x.ts', 'const t = Date.now()').join(), /effect Date.now/))
test('a store may touch the world', () =>
  assert.doesNotMatch(faultsFrom('model/store.ts', "import { x } from 'node:fs'"), /effect/))
test('a ring is caught', () =>
  assert.deepEqual(
    ringsOf([...arrowsOf('m/a.ts', "import './b.ts'"), ...arrowsOf('m/b.ts', "export * from './a.ts'")]),
    [['m/a.ts', 'm/b.ts', 'm/a.ts']],
  ))
test('an exported string is not an import', () =>
  assert.deepEqual(arrowsOf('m/a.ts', "export const here = './b.ts'"), []))
test('an import over many lines is', () =>
  assert.equal(arrowsOf('m/a.ts', "import {\n  type A,\n  b,\n} from './b.ts'")[0]?.target, './b.ts'))
