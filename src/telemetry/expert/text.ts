// The text of an expert's SQL, before the engine sees it: one statement, no comments, nothing but plain words, signs and quoted texts.
import { Fault } from '#kernel'

/** What a statement is made of. */
export interface Piece {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'sign'
  readonly text: string
  readonly at: number
}

export const longestSql = 20_000

const kinds = [
  ['word', /[A-Za-z_]\w*/y],
  ['number', /\d[\w.]*/y],
  ['text', /'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['quoted', /"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`\\]|\\[\s\S]|``)*`/y],
  ['sign', /[()[\],.+\-*/%=<>!|:?]/y],
] as const

const refused = (text: string, at: number): Fault => new Fault('INPUT_INVALID', `${text} at character ${at + 1}`)

/** The pieces of a statement. Throws Fault INPUT_INVALID with the place for anything that is not plain: `;`, comments, `{`, `$`, letters outside quotes that are not ASCII. */
export function piecesOf(sql: string): Piece[] {
  if (sql.length > longestSql) throw refused(`the statement is longer than ${longestSql} characters`, longestSql)
  const pieces: Piece[] = []
  let at = 0
  while (at < sql.length) {
    if (/[ \t\r\n]/.test(sql.charAt(at))) {
      at += 1
      continue
    }
    const piece = pieceAt(sql, at)
    const comment = sql.startsWith('--', at) || sql.startsWith('/*', at)
    if (comment || !piece)
      throw refused(comment ? 'comments are not taken' : `${sql.charAt(at)} is not taken outside quotes`, at)
    pieces.push(piece)
    at += piece.text.length
  }
  return pieces
}

function pieceAt(sql: string, at: number): Piece | undefined {
  for (const [kind, pattern] of kinds) {
    pattern.lastIndex = at
    const text = pattern.exec(sql)?.[0]
    if (text !== undefined) return { kind, text, at }
  }
  return undefined
}

/** Words that change what a statement is or where its answer goes. */
const refusedWords = new Set([
  'settings',
  'into',
  'outfile',
  'insert',
  'explain',
  'describe',
  'show',
  'system',
  'information_schema',
  'final',
  'sample',
  'prewhere',
  'parallel',
])

/** Checks the words and answers the names that WITH gives. Throws Fault INPUT_INVALID with the place. */
export function namesOfWith(pieces: readonly Piece[]): string[] {
  const [first] = pieces
  const opening = first?.text.toLowerCase() ?? ''
  if (opening !== 'select' && opening !== 'with')
    throw refused('a statement begins with select or with', first?.at ?? 0)
  pieces.forEach(({ kind, text, at }, index) => {
    const word = text.toLowerCase()
    if (kind !== 'word') return
    if (refusedWords.has(word)) throw refused(`${text} is not taken`, at)
    if (word === 'with' && index > 0) throw refused('with may stand at the beginning only', at)
    if (word === 'format' && pieces[index + 1]?.text !== '(') throw refused('format is not taken', at)
  })
  if (opening === 'select') return []
  return pieces.flatMap(({ kind, text }, index) =>
    kind === 'word' && pieces[index + 1]?.text.toLowerCase() === 'as' && pieces[index + 2]?.text === '(' ? [text] : [],
  )
}
