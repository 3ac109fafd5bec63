// Terms of searches.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { placeOfError, prettyText, tailOfPath, termOf, withTerm } from './query.ts'

test('values with spaces, wildcards or words of the language are quoted', () => {
  assert.equal(termOf('host', 'db01.fernhill.example'), 'host:db01.fernhill.example')
  assert.equal(termOf('user', 'FERNHILL\\ada'), 'user:"FERNHILL\\\\ada"')
  assert.equal(termOf('Image', 'C:\\a "b".exe'), 'Image:"C:\\\\a \\"b\\".exe"')
  assert.equal(termOf('user', 'not'), 'user:"not"')
  assert.equal(termOf('user', '*'), 'user:"*"')
})
test('a term narrows; an or is put in parentheses first', () => {
  assert.equal(withTerm('', 'host:a', 'include'), 'host:a')
  assert.equal(withTerm('dump', 'host:a', 'exclude'), 'dump not host:a')
  assert.equal(withTerm('a or b', 'host:a', 'include'), '(a or b) and host:a')
  assert.equal(withTerm('"this or that"', 'host:a', 'include'), '"this or that" host:a')
})
test('a name with spaces is quoted; pipes stay behind what is added', () => {
  assert.equal(termOf('odd name', 'x'), '"odd name":x')
  assert.equal(withTerm('dump | top user', 'host:a', 'include'), 'dump host:a | top user')
  assert.equal(withTerm('| top user', 'host:a', 'exclude'), 'not host:a | top user')
})
test('saying it twice changes nothing, saying the opposite turns it round', () => {
  assert.equal(withTerm('x host:a', 'host:a', 'include'), 'x host:a')
  assert.equal(withTerm('host:a', 'host:a', 'exclude'), 'not host:a')
})
test('of a long path the end is shown', () => {
  assert.equal(tailOfPath('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'), '…\\v1.0\\powershell.exe')
  assert.equal(tailOfPath('/usr/bin/curl'), '/usr/bin/curl')
  assert.equal(tailOfPath('a long text that is no path at all'), 'a long text that is no path at all')
})
test('an error is shown under the character it names', () => {
  assert.equal(placeOfError('invalid input: ) without ( at character 7', 'a or b )'), 6)
  assert.equal(placeOfError('at character 99', 'short'), 5)
  assert.equal(placeOfError('something else', 'a'), undefined)
})
test('JSON is set out in lines, other text is left alone, nothing throws', () => {
  assert.equal(prettyText('{"a":1}'), '{\n  "a": 1\n}')
  assert.equal(prettyText('{broken'), '{broken')
  fc.assert(fc.property(fc.string(), (raw) => assert.equal(typeof prettyText(raw), 'string')))
})
