// Letter case: Unicode simple case folding, code point by code point, the same wherever texts are compared.

const ascii = /^[\0-\x7f]*$/
const folds = new Map<string, string>()

/**
 * Unicode simple case folding (CaseFolding.txt, statuses C and S) of one code point: `ς` and `Σ` are `σ`, `ẞ` is `ß`, `K` (Kelvin) is `k`.
 * `İ` and `ı` stay themselves, as the standard has it outside Turkish.
 */
function foldOne(point: string): string {
  const known = folds.get(point)
  if (known !== undefined) return known
  const upper = point.toUpperCase()
  const through = upper.length === point.length ? upper.toLowerCase() : point.toLowerCase()
  const folded = point === 'ı' || through.length !== point.length ? point : (exceptions.get(point) ?? through)
  if (folds.size < 10_000) folds.set(point, folded)
  return folded
}
/** Where upper then lower case is not the standard's folding: the Cherokee letters fold to capitals. */
const exceptions = new Map<string, string>()
for (let code = 0x13a0; code <= 0x13f5; code++) exceptions.set(String.fromCodePoint(code), String.fromCodePoint(code))
for (let code = 0x13f8; code <= 0x13fd; code++)
  exceptions.set(String.fromCodePoint(code), String.fromCodePoint(code - 8))
for (let code = 0xab70; code <= 0xabbf; code++)
  exceptions.set(String.fromCodePoint(code), String.fromCodePoint(code - 0xab70 + 0x13a0))

let lastText = ''
let lastFolded = ''
/** A text without difference of case; as long as before. Many tests ask for the same text in a row. */
export function fold(text: string): string {
  if (text === lastText) return lastFolded
  let folded = ''
  if (ascii.test(text)) folded = text.toLowerCase()
  else for (const point of text) folded += foldOne(point)
  lastText = text
  lastFolded = folded
  return folded
}

export const isAscii = (text: string): boolean => ascii.test(text)

let table: Uint16Array | undefined
/** Folding of single UTF-16 units; halves of surrogate pairs stay themselves. */
export function foldTable(): Uint16Array {
  table ??= Uint16Array.from({ length: 65_536 }, (_, code) => fold(String.fromCharCode(code)).charCodeAt(0))
  return table
}
