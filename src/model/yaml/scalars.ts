// Scalars of YAML 1.2 (core schema, section 10.3.2) as far as models use them.

/** The answer for what is left to the whole parser. */
export const unusual: unique symbol = Symbol('unusual')

const words: ReadonlyMap<string, null | boolean> = new Map([
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])
const whole = /^[-+]?\d{1,15}$/
const fraction = /^[-+]?\d{1,15}\.\d{1,15}$/
const otherNumber =
  /^(?:0o[0-7]+|0x[\dA-Fa-f]+|[-+]?\d+|[-+]?(?:\.\d+|\d+\.\d*)|[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const mayBeOther = /^[-+.\d~nNtTfF]/

/** A plain scalar that is not empty as its value. */
export function plainValue(text: string): string | number | boolean | null | typeof unusual {
  if (!mayBeOther.test(text)) return text
  const word = words.get(text)
  if (word !== undefined) return word
  if (whole.test(text) || fraction.test(text)) return Number(text)
  return otherNumber.test(text) ? unusual : text
}
