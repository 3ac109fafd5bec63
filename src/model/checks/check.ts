// What a check is. Adding one: its file, and its line in table.ts.
import type { Issue } from '#kernel'
import type { Estate } from '../types.ts'
import type { Written } from '../written.ts'

/** What else a check may look at. */
export interface Around {
  /** The estate as others read it. */
  readonly estate: Estate
  /** The day on which it is checked: 2026-11-30. */
  readonly today: string
}

/** One thing that can be wrong with the model as a whole. */
export interface Check {
  /** Kebab-case; its issues carry it as their code. */
  readonly code: string
  readonly does: string
  /** It looks for what is missing, so it says nothing while a file cannot be read. */
  readonly wantsAll: boolean
  find(model: Written, code: string, around: Around): Issue[]
}
