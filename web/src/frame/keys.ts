// The keyboard: single keys, sequences (`g o`) and combinations (`mod+k`), known to the page and to the list that ? shows.
import { useEffect, useRef, useSyncExternalStore } from 'react'

export interface Binding {
  /** `j`, `?`, `Enter`, `g o`, `mod+k`; mod is Ctrl or ⌘. */
  readonly keys: string
  readonly does: string
  readonly group: string
  readonly run: () => void
  /** Works while typing in a field too. */
  readonly always?: boolean
}

/** What is known of a key press. */
export interface Press {
  readonly key: string
  readonly mod: boolean
  readonly alt: boolean
  readonly inField: boolean
  readonly at: number
}

export interface Keyboard {
  readonly add: (bindings: readonly Binding[]) => () => void
  /** Runs the binding that the press completes; false when there is none. */
  readonly press: (press: Press) => boolean
  readonly list: () => readonly Binding[]
  readonly watch: (listener: () => void) => () => void
}

const sequenceMilliseconds = 1200
const nameOf = ({ key, mod }: Press): string => (mod ? `mod+${key.toLowerCase()}` : key)

/** A keyboard with nothing bound. Of several bindings with the same keys the latest counts, so that a panel shadows its page. */
export function createKeyboard(): Keyboard {
  let all: readonly Binding[] = []
  let begun = { key: '', at: 0 }
  const listeners = new Set<() => void>()
  const put = (next: readonly Binding[]): void => {
    all = next
    for (const listener of listeners) listener()
  }
  const find = (keys: string, inField: boolean): Binding | undefined =>
    all.findLast((binding) => binding.keys === keys && (!inField || binding.always === true))
  return {
    add(bindings) {
      put([...all, ...bindings])
      return () => put(all.filter((binding) => !bindings.includes(binding)))
    },
    press(press) {
      if (press.alt) return false
      const name = nameOf(press)
      const fresh = press.at - begun.at <= sequenceMilliseconds && begun.key !== ''
      const found = (fresh ? find(`${begun.key} ${name}`, press.inField) : undefined) ?? find(name, press.inField)
      const begins = !found && !press.inField && all.some((binding) => binding.keys.startsWith(`${name} `))
      begun = begins ? { key: name, at: press.at } : { key: '', at: 0 }
      found?.run()
      return found !== undefined
    },
    list: () => all,
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const keyboard = createKeyboard()

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Listens to the window's keys. Open dialogs take all keys but Escape and combinations. */
export function listenToKeys(): () => void {
  const hear = (event: KeyboardEvent): void => {
    const inField = isField(event.target) || document.querySelector('dialog[open]') !== null
    const press = {
      key: event.key,
      mod: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      inField,
      at: event.timeStamp,
    }
    if (!event.defaultPrevented && keyboard.press(press)) event.preventDefault()
  }
  window.addEventListener('keydown', hear)
  return () => window.removeEventListener('keydown', hear)
}

/** Binds keys while the component is shown. The functions may change from one drawing to the next; keys, words and number may not. */
export function useKeys(bindings: readonly Binding[], active = true): void {
  const latest = useRef(bindings)
  useEffect(() => void (latest.current = bindings))
  const names = bindings.map((binding) => binding.keys).join('\n')
  useEffect(() => {
    if (!active) return undefined
    return keyboard.add(latest.current.map((binding, at) => ({ ...binding, run: () => latest.current[at]?.run() })))
  }, [names, active])
}

export const useBindings = (): readonly Binding[] => useSyncExternalStore(keyboard.watch, keyboard.list)

/** Keys as they stand on the keyboard: `⌘ K` on a Mac, `Ctrl K` elsewhere. */
export function keysText(keys: string, mac: boolean): string[] {
  const names: Readonly<Record<string, string>> = {
    mod: mac ? '⌘' : 'Ctrl',
    Escape: 'Esc',
    Enter: '↵',
    enter: '↵',
    ArrowDown: '↓',
    ArrowUp: '↑',
  }
  return keys.split(/[ +]/).map((key) => names[key] ?? (keys.includes('+') ? key.toUpperCase() : key))
}
