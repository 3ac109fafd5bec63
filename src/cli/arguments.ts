// Command-line words taken apart: the command, its positional arguments, its flags.

export interface Arguments {
  readonly words: readonly string[]
  readonly flags: Readonly<Record<string, readonly string[]>>
}

/** Flags that never take the next word as their value. */
export const switches = new Set([
  'json',
  'help',
  'version',
  'quiet',
  'verbose',
  'offline',
  'write',
  'force',
  'follow',
  'check',
  'no-cache',
])

/** `--name value`, `--name=value`, `--switch`, `-h`; everything after `--` is a word. A flag followed by another flag, or by nothing, is a switch. */
export function takeApart(argv: readonly string[]): Arguments {
  const words: string[] = []
  const flags: Record<string, string[]> = {}
  const add = (name: string, value: string) => (flags[name] ??= []).push(value)
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--') return { words: [...words, ...argv.slice(at + 1)], flags }
    if (word === '-h') add('help', '')
    else if (!word.startsWith('--')) words.push(word)
    else {
      const [name = '', ...value] = word.slice(2).split('=')
      const next = argv[at + 1]
      if (value.length > 0) add(name, value.join('='))
      else if (switches.has(name) || next === undefined || next.startsWith('--')) add(name, '')
      else {
        add(name, next)
        at++
      }
    }
  }
  return { words, flags }
}

/** The last value of a flag. */
export const flag = (given: Arguments, name: string): string | undefined => given.flags[name]?.at(-1)
