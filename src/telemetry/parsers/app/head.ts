// Level, process, thread and component: what programs write between the time and the words.
import type { OpenFields } from '../parser.ts'

const level =
  /^(?:\[ ?)?(?<level>TRACE|DEBUG|DBG|FINEST|FINER|FINE|VERBOSE|CONFIG|INFO|INF|INFORMATION|NOTICE|WARN|WRN|WARNING|ERROR|ERR|SEVERE|CRITICAL|CRIT|FATAL|ALERT|EMERG|EMERGENCY|PANIC|[VDIWEF](?= {1,2}\S{1,64}:))\b ?\]?[:,|]?(?=[\s[(]|$)/i
const bracket = /^[[(](?<word>(?:[^\][()]|\[[^\][]{0,64}\]|\([^()]{0,64}\)){1,255})[\])]:?/
const number = /^\d{1,10}(?=[\s|])/
/** A component or logger before a colon, with or without dots, slashes, and what stands in brackets after it. */
const component =
  /^(?<component>[A-Za-z_$][\w.$/@\\-]{0,127})(?:\[(?<pid>\d{1,10})\])?(?:\((?<more>[^)]{1,64})\))?(?::(?=\s|$)|(?=\|| \[| - ))/
const commaWord = /^(?<level>[A-Z][a-z]{2,11}),? {1,40}(?<component>[A-Z][\w.-]{0,63}) {1,32}(?=\S)/

/** Reads one word of a head; gives its length, or 0 when it is none. */
type Reader = (rest: string, fields: OpenFields) => number

const readLevel: Reader = (rest, fields) => {
  const found = fields['level'] === undefined ? level.exec(rest) : null
  if (!found) return 0
  fields['level'] = found.groups?.['level'] ?? ''
  return found[0].length
}
const readBracket: Reader = (rest, fields) => {
  const found = bracket.exec(rest)
  if (!found) return 0
  const word = found.groups?.['word'] ?? ''
  const name = /^\d{1,10}$/.test(word) ? 'pid' : fields['component'] === undefined ? 'component' : 'context'
  fields[name] ??= word
  return found[0].length
}
const readNumber: Reader = (rest, fields) => {
  const found = number.exec(rest)
  if (!found) return 0
  fields[fields['pid'] === undefined ? 'pid' : 'tid'] ??= found[0]
  return found[0].length
}
const readComponent: Reader = (rest, fields) => {
  const found = component.exec(rest)
  const { component: named = '', pid } = found?.groups ?? {}
  const before = fields['component']
  // What stood in brackets before a logger's dotted name was the thread.
  if (!found || (before !== undefined && (fields['thread'] !== undefined || !named.includes('.')))) return 0
  if (before !== undefined) fields['thread'] = before
  fields['component'] = named
  if (pid !== undefined) fields['pid'] ??= pid
  return found[0].length
}
const readers: readonly Reader[] = [readLevel, readBracket, readNumber, readComponent]
const marks = /^[\])|\s:,-]{1,16}/

/** What stands between the time and the words: level, process, thread, component, in whatever order programs like. */
export function readHead(text: string): { readonly fields: OpenFields; readonly said: string } {
  const fields: OpenFields = {}
  let rest = text.replace(marks, '')
  const comma = commaWord.exec(rest)
  const word = comma?.groups?.['level'] ?? ''
  if (comma && level.test(`${word} `)) {
    Object.assign(fields, comma.groups)
    return { fields, said: rest.slice(comma[0].length) }
  }
  for (let round = 0; round < 6; round++) {
    let length = 0
    for (const read of readers) {
      length = read(rest, fields)
      if (length > 0) break
    }
    if (length === 0) break
    rest = rest.slice(length).replace(/^[\s|:,-]{1,16}/, '')
  }
  return { fields, said: rest }
}
