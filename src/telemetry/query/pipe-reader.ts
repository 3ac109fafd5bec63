// Takes the words of a pipe one after the other.
import type { FieldName } from './parse.ts'
import { wrongAt } from './tokens.ts'
import type { Word } from './words.ts'

export interface SortKey {
  readonly field: FieldName
  readonly down: boolean
}

/** The words that are left of a pipe, and where it began. */
export class Words {
  readonly began: number
  private readonly words: readonly Word[]
  private readonly end: number
  private index = 0

  constructor(words: readonly Word[], began: number, end: number) {
    this.words = words
    this.began = began
    this.end = end
  }

  private get next(): Word | undefined {
    return this.words[this.index]
  }
  get place(): number {
    return this.next?.at ?? this.end
  }
  get isDone(): boolean {
    return this.next === undefined
  }
  get isNumber(): boolean {
    return this.next?.kind === 'number'
  }
  isNext(text: string): boolean {
    return this.next !== undefined && !this.next.quoted && this.next.text.toLowerCase() === text
  }
  took(text: string): boolean {
    if (!this.isNext(text)) return false
    this.index += 1
    return true
  }

  /** Whatever comes; `what` says what is missing when nothing does. */
  any(what: string): Word {
    const word = this.next
    if (!word) throw wrongAt(`${what} is missing`, this.end)
    this.index += 1
    return word
  }

  name(): FieldName {
    const word = this.any('the name of a field')
    if (word.kind !== 'name' || (!word.quoted && word.text.toLowerCase() === 'by'))
      throw wrongAt(`the name of a field is missing before ${word.text}`, word.at)
    const inner = word.quoted ? undefined : this.inParentheses()
    return { name: inner === undefined ? word.text : `${word.text}(${inner})`, at: word.at }
  }

  /** `sum(bytes)` is the name of a column that a pipe before has made. */
  private inParentheses(): string | undefined {
    const [open, name, close] = this.words.slice(this.index, this.index + 3)
    if (open?.text !== '(' || name?.kind !== 'name' || close?.text !== ')') return undefined
    this.index += 3
    return name.text
  }

  /** Names with commas or spaces between them. */
  names(most: number): FieldName[] {
    return this.many(
      most,
      () => this.name(),
      ({ name }) => name,
    )
  }

  private many<T>(most: number, one: () => T, nameOf: (item: T) => string): T[] {
    const all: T[] = []
    do {
      const { place } = this
      const item = one()
      if (all.some((other) => nameOf(other) === nameOf(item))) throw wrongAt(`${nameOf(item)} is named twice`, place)
      if (all.push(item) > most) throw wrongAt(`more than ${most} names`, place)
    } while (this.took(',') || (this.next?.kind === 'name' && !this.isNext('maxspan') && !this.isNext('maxpause')))
    return all
  }

  /** What stands behind `by`; nothing without it. */
  by(most: number): FieldName[] {
    return this.took('by') ? this.names(most) : []
  }

  /** `-count, host`: a hyphen before a name counts down. */
  sortKeys(most: number): SortKey[] {
    const key = (): SortKey => {
      const down = this.took('-')
      if (!down) this.took('+')
      return { field: this.name(), down }
    }
    const keys = [key()]
    while (this.took(',') || !this.isDone) keys.push(key())
    if (keys.length > most) throw wrongAt(`more than ${most} names`, this.began)
    return keys
  }

  number(least: number, most: number): number {
    const { text, at } = this.any('a number')
    if (!/^\d{1,9}$/.test(text) || Number(text) < least || Number(text) > most)
      throw wrongAt(`a number from ${least} to ${most} is meant here, not ${text}`, at)
    return Number(text)
  }

  mustEnd(): void {
    if (this.next) throw wrongAt(`${this.next.text} was not expected`, this.next.at)
  }
}
