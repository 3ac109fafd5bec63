// Tables that fit the terminal: columns shrink, the widest first; nothing wraps.

/** Column names in words: `lastSeen` → `LAST SEEN`. */
const heading = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toUpperCase()

/** Control characters never reach the terminal: a log line could otherwise move the cursor or change its title. */
export const printable = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? ' ' : '·'))

const fit = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(width - 1, 0))}…` : text.padEnd(width)

/** Widths that fill at most `most` characters, gaps of two included: the widest columns give way first, none below 6. */
export function columnWidths(natural: readonly number[], most: number): number[] {
  const widths = [...natural]
  const room = most - 2 * (widths.length - 1)
  const sum = () => widths.reduce((total, width) => total + width, 0)
  while (sum() > room) {
    const widest = widths.indexOf(Math.max(...widths))
    if ((widths[widest] ?? 0) <= 6) break
    widths[widest] = Math.max(6, (widths[widest] ?? 0) - Math.max(1, Math.min(sum() - room, 8)))
  }
  return widths
}

/** Rows as an aligned table with headings, no line longer than `most` characters. */
export function tableText(columns: readonly string[], rows: readonly (readonly string[])[], most = 100): string {
  const clean = rows.map((row) => row.map(printable))
  const natural = columns.map((name, at) => Math.max(heading(name).length, ...clean.map((row) => row[at]?.length ?? 0)))
  const widths = columnWidths(natural, most)
  const line = (cells: readonly string[]) =>
    widths
      .map((width, at) => fit(cells[at] ?? '', width))
      .join('  ')
      .trimEnd()
  return [line(columns.map(heading)), ...clean.map(line)].join('\n')
}
