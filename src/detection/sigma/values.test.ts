// Values: reference vectors, folding, patterns, and the literals of regular expressions.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import { base64, base64Offsets, utf16, utf16be, utf16le, utf8, withDashes } from './encode.ts'
import { fold, foldTable } from './fold.ts'
import { regexOf } from './regex.ts'
import { dashVariants, matcherOf, type Pattern, patternOf } from './values.ts'

const vectorsFile = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection/oracle/A-sigma-vectors.json')
interface Vectors {
  readonly escape: readonly { in: string; parts: Pattern }[]
  readonly windash: readonly { in: string; out: readonly string[] }[]
  readonly base64offset: readonly { in: string; correct: readonly string[] }[]
  readonly encodings: readonly {
    in: string
    wide_hex: string
    utf16be_hex: string
    utf16_hex: string
    wide_b64: string
    utf16_b64: string
  }[]
}

test('values, dashes and encodings are those of the reference vectors', (t) => {
  if (!existsSync(vectorsFile)) return t.skip(`no ground truth at ${vectorsFile}`)
  const vectors = JSON.parse(readFileSync(vectorsFile, 'utf8')) as Vectors
  const hex = (bytes: string) => Buffer.from(bytes, 'latin1').toString('hex')
  for (const each of vectors.escape) assert.deepEqual(patternOf(each.in), each.parts, each.in)
  for (const each of vectors.windash) {
    const variants = dashVariants(withDashes([each.in])).map((variant) => variant.join(''))
    assert.deepEqual(variants.sort(), [...each.out].sort(), each.in)
  }
  // An offset at which nothing is certain is an empty text in the vectors; it would match everything, and is left out here.
  for (const each of vectors.base64offset)
    assert.deepEqual(
      base64Offsets(utf8(each.in)),
      each.correct.filter((text) => text !== ''),
      each.in,
    )
  for (const each of vectors.encodings) {
    assert.equal(hex(utf16le(each.in)), each.wide_hex)
    assert.equal(hex(utf16be(each.in)), each.utf16be_hex)
    assert.equal(hex(utf16(each.in)), each.utf16_hex)
    assert.equal(base64(utf16le(each.in)), each.wide_b64)
    assert.equal(base64(utf16(each.in)), each.utf16_b64)
  }
  t.diagnostic(
    `${vectors.escape.length} escapes, ${vectors.windash.length} windash, ${vectors.base64offset.length} base64offset, ${vectors.encodings.length} encodings agree`,
  )
})

test('folding is Unicode simple case folding, as regular expressions with i and u have it, and keeps the length', () => {
  for (let code = 0; code <= 0x1ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const point = String.fromCodePoint(code)
    const folded = fold(point)
    if (folded === point) continue
    assert.equal(folded.length, point.length)
    assert.match(folded, new RegExp(`^${point}$`, 'iu'), `U+${code.toString(16)}`)
  }
  for (const [a, b] of [
    ['Σ', 'ς'],
    ['ſ', 'S'],
    ['K', 'k'],
    ['ẞ', 'ß'],
    ['Ꭰ', 'ꭰ'],
    ['𐐀', '𐐨'],
    ['µ', 'Μ'],
  ] as const)
    assert.equal(fold(a), fold(b), `${a} ${b}`)
  for (const [a, b] of [
    ['ı', 'i'],
    ['İ', 'i'],
    ['ß', 'ss'],
  ] as const)
    assert.notEqual(fold(a), fold(b))
  assert.equal(foldTable()[0x212a], 107)
})

test('patterns fit like regular expressions, wildcards standing for whole characters', () => {
  const text = fc.array(fc.constantFrom('a', 'B', '\n', '😀', '-', 'ß'), { maxLength: 8 }).map((all) => all.join(''))
  const written = fc.array(fc.constantFrom('a', 'b', '*', '?', '😀', '-'), { maxLength: 6 }).map((all) => all.join(''))
  fc.assert(
    fc.property(written, text, (value, given) => {
      const source = [...value].map((char) => (char === '*' ? '[^]*' : char === '?' ? '[^]' : char)).join('')
      assert.equal(matcherOf(patternOf(value), false)(given), new RegExp(`^(?:${source})$`, 'iu').test(given))
    }),
    { numRuns: 2000 },
  )
})

test('a pattern of many stars is tried: with backtracking this would not end', () => {
  const fits = matcherOf(patternOf(`${'*a'.repeat(50)}*b`), false)
  assert.equal(fits('a'.repeat(20_000)), false)
})

test('literals taken from a regular expression stand in every text that it finds', () => {
  const piece = fc.constantFrom(
    'a',
    'b+',
    'c?',
    '[ab]',
    '(ab|c)',
    '(?:a|bc){2}',
    '.',
    '\\d',
    'x{0,2}',
    'ab',
    '\\.',
    '(?i)',
    '^',
    '(a|)',
    '\\x41',
    '{',
    'ſ',
    '(?i:k)',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 5 }),
      fc.array(fc.constantFrom('a', 'b', 'c', 'x', '1', '.', 'A', 'ſ', 'K', '{'), { maxLength: 10 }),
      (pieces, chars) => {
        const regex = regexOf(pieces.join(''), 'i')
        const text = chars.join('')
        if (!regex.ok || !regex.value.test(text) || !regex.value.literals) return
        assert.ok(
          regex.value.literals.some((literal) => fold(text).includes(literal.text)),
          `${pieces.join('')} in ${text}`,
        )
      },
    ),
    { numRuns: 3000 },
  )
})
