// One line of comma-separated cells; quotes double inside quotes, and cells in quotes may hold line ends.

/** Up to `most` cells; what follows is left out. Linear in the text. */
export function csvCells(text: string, most: number, mark = ','): string[] {
  const cells: string[] = []
  for (let at = 0; at <= text.length && cells.length < most;) {
    if (text[at] === '"') {
      const { cell, end } = quotedCell(text, at + 1)
      cells.push(cell)
      const next = text.indexOf(mark, end)
      if (next < 0) break
      at = next + 1
    } else {
      const next = text.indexOf(mark, at)
      cells.push(next < 0 ? text.slice(at) : text.slice(at, next))
      if (next < 0) break
      at = next + 1
    }
  }
  return cells
}

function quotedCell(text: string, from: number): { cell: string; end: number } {
  let cell = ''
  for (let at = from; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}
