// Three kinds of wrong: Issue (the user's material), Result (an outcome the caller must choose about), Fault (a broken promise).

/** An expected outcome the caller must choose about. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fail: F }
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const no = <F>(fail: F): Result<never, F> => ({ ok: false, fail })

/** Where in the user's material. Line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** Something wrong in what the user gave us: data, never thrown; a file can have many. */
export interface Issue {
  /** Kebab-case name of the kind of problem, stable across releases. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly at: Place
  readonly text: string
  /** The remedy: what to write instead. */
  readonly help?: string
}

/** `file:line:column`, as editors and terminals understand it. */
export const placeText = (at: Place): string =>
  [at.file, at.line, at.column].filter((part) => part !== undefined).join(':')
