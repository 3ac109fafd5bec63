// Regular expressions with RE2's meaning and promise: time grows with the text only, whatever the expression.
import { RE2JS } from 're2js'
import { no, ok, type Result } from '#kernel'
import { fold, isAscii } from './fold.ts'
import type { Literal } from './values.ts'

export interface Regex {
  readonly test: (text: string) => boolean
  /** Literals of which at least one stands in every text that fits; none when that cannot be told. */
  readonly literals: readonly Literal[] | undefined
}

const longest = 200_000
const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
}

/** Compiles an expression; `flags` are letters of i, m, s. Fails with a sentence for what RE2 has not (look-around, references back) or finds too large. */
export function regexOf(source: string, flags: string): Result<Regex, string> {
  if (source.length > longest) return no(`the regular expression is longer than ${longest} characters`)
  try {
    const bits = flags.split('').reduce((sum, flag) => sum | (flagBits[flag] ?? 0), 0)
    const compiled = RE2JS.compile(source, bits)
    const run = longRun(source, flags)
    if (run) return ok({ test: run, literals: undefined })
    const needed = neededTexts(source)
    return ok({
      // Looking for texts that must be there is a hundred times quicker than the expression.
      test: (text) => needed.every((texts) => hasOne(fold(text), texts)) && compiled.test(text),
      literals: literalsIn(needed),
    })
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/^error parsing regexp: /, '') : String(thrown)
    return no(`RE2 does not take the regular expression: ${why}`)
  }
}

/** `.{1000,}` asks for a length only, and is the one common form that is dear to run as an expression. */
function longRun(source: string, flags: string): Regex['test'] | undefined {
  const least = Number(/^\(?\.\)?\{(\d+),\}$/.exec(source)?.[1])
  if (Number.isNaN(least)) return undefined
  const isLong = (line: string) => line.length >= least && (isAscii(line) || Array.from(line).length >= least)
  return (text) => text.length >= least && (flags.includes('s') ? [text] : text.split('\n')).some(isLong)
}

const mostLiterals = 20_000
const hasOne = (folded: string, texts: readonly string[]): boolean => texts.some((text) => folded.includes(text))

/** Sets of folded texts; one of each stands in every text that fits. The set that tells most comes first. */
function neededTexts(source: string): (readonly string[])[] {
  if (source.includes(String.raw`\Q`)) return []
  const needed = new LiteralReader(source).whole() ?? []
  return [...needed].sort((a, b) => worth(b) - worth(a))
}

function literalsIn([best]: readonly (readonly string[])[]): Literal[] | undefined {
  if (best === undefined || best.length > mostLiterals) return undefined
  return [...new Set(best)].map((text) => ({ text, start: false, end: false, sure: false }))
}

type Texts = readonly string[]
/** Sets of texts, one of each set being needed; nothing when that cannot be told. */
type Needs = readonly Texts[] | undefined

/** The shortest text decides how much a choice of texts tells. */
const worth = (texts: Texts | undefined): number =>
  texts === undefined ? 0 : texts.reduce((least, text) => Math.min(least, text.length), Infinity) - texts.length / 1000

/** Reads an expression as far as needed to know texts that must stand in what fits it. What it is not sure of counts as "anything". */
class LiteralReader {
  private readonly source: string
  private at = 0
  private depth = 0
  constructor(source: string) {
    this.source = source
  }

  whole(): Needs {
    const needs = this.choice()
    return this.at < this.source.length ? undefined : needs
  }

  /** Of several branches one text of each best set is needed; a single branch keeps all its sets. */
  private choice(): Needs {
    const branches: Needs[] = []
    do branches.push(this.sequence())
    while (this.skip('|'))
    if (branches.length === 1) return branches[0]
    const best = branches.map((needs) => needs?.reduce((one, other) => (worth(other) > worth(one) ? other : one)))
    return best.every((texts) => texts !== undefined) ? [best.flat()] : undefined
  }

  private sequence(): Needs {
    const needs: Texts[] = []
    let run = ''
    const endRun = () => {
      if (run !== '') needs.push([run])
      run = ''
    }
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const piece = this.piece()
      const repeat = this.repeat()
      if (piece.zero) continue
      if (piece.char !== undefined && repeat !== 'maybe') {
        run += piece.char
        if (repeat === 'some') endRun()
      } else {
        endRun()
        if (repeat !== 'maybe' && piece.needs) needs.push(...piece.needs)
      }
    }
    endRun()
    return needs.length === 0 ? undefined : needs
  }

  /** One character, group, class or anchor. */
  private piece(): { char?: string; needs?: Needs; zero?: boolean } {
    const char = this.source.charAt(this.at)
    if (char === '(') return this.group()
    if (char === '[') return this.klass()
    if (char === '\\') return this.escape()
    this.at++
    if (char === '^' || char === '$') return { zero: true }
    if ('.*+?{}'.includes(char)) return {}
    const folded = fold(char)
    return folded < '\x80' ? { char: folded } : {}
  }

  private group(): { needs?: Needs; zero?: boolean } {
    const opening = /\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*[:)]))?/y
    opening.lastIndex = this.at
    const found = opening.exec(this.source)?.[0] ?? '('
    this.at += found.length
    if (found.length > 1 && found.endsWith(')')) return { zero: true }
    this.depth++
    const needs = this.depth > 100 ? undefined : this.choice()
    this.depth--
    if (!this.skip(')')) this.at = Infinity
    return { needs }
  }

  private klass(): object {
    const shape = /\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/y
    shape.lastIndex = this.at
    this.at += shape.exec(this.source)?.[0].length ?? Infinity
    return {}
  }

  private escape(): { char?: string; zero?: boolean } {
    const next = this.source.charAt(this.at + 1)
    const longer = /\\(?:x\{[^}]*\}|x[^]{2}|[pP]\{[^}]*\}|[pP][^]|[0-7]{1,3}|[^])/y
    longer.lastIndex = this.at
    this.at += longer.exec(this.source)?.[0].length ?? Infinity
    if ('bBAz'.includes(next)) return { zero: true }
    return /[!-/:-@[-`{-~]/.test(next) ? { char: next } : {}
  }

  private repeat(): 'once' | 'some' | 'maybe' {
    const shape = /(?:([*?])|\+|\{(\d+)(?:,\d*)?\})\??/y
    shape.lastIndex = this.at
    const found = shape.exec(this.source)
    if (!found) return 'once'
    this.at += found[0].length
    return found[1] !== undefined || (found[2] !== undefined && Number(found[2]) === 0) ? 'maybe' : 'some'
  }

  private skip(char: string): boolean {
    const found = this.source.charAt(this.at) === char
    if (found) this.at++
    return found
  }
}
