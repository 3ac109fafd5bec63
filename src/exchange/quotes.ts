// Quoted YAML texts over several lines that are not indented far enough: forbidden by YAML 1.2 (section 7.3), accepted by libyaml, so found in the wild.

/** Where a quoted text begins at the end of a line's structure: `key: '`, `- "`, or alone. */
const opening = /^(\s*(?:- +)*(?:[\w.$/-]+: +)?)(['"])/
const deeper = ' '.repeat(60)

/** The same YAML with lines inside quoted texts indented far: line folding drops that indentation, so no value changes. */
export function withQuotesIndented(text: string): string {
  let quote = ''
  return text
    .split('\n')
    .map((line) => {
      if (quote !== '') {
        const whole = deeper + line
        if (closes(line, quote)) quote = ''
        return whole
      }
      const [start = '', , mark = ''] = opening.exec(line) ?? []
      if (mark !== '' && !closes(line.slice(start.length), mark)) quote = mark
      return line
    })
    .join('\n')
}

/** Whether the quoted text ends in this line: a doubled quote, or one behind a backslash, is part of it. */
function closes(rest: string, quote: string): boolean {
  for (let index = 0; index < rest.length; index += 1) {
    if (quote === '"' && rest[index] === '\\') index += 1
    else if (rest[index] === quote) {
      if (quote === "'" && rest[index + 1] === "'") index += 1
      else return true
    }
  }
  return false
}
