// What an exporter is. Adding one: its file, and its line in table.ts.
import type { Estate } from '#model'

export interface Exporter {
  /** Kebab-case, as `--format` takes it. */
  readonly name: string
  readonly title: string
  /** Usual name of its file. */
  readonly file: string
  /** What it holds, and what of the model has no place in it. */
  readonly holds: string
  /** The same estate gives the same text. */
  write(estate: Estate): string
}

/** JSON as people read it, with a line end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
