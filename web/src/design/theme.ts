// Light, dark, or as the system says; kept in this browser. public/theme.js sets it before the first paint.
import { useSyncExternalStore } from 'react'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
const isTheme = (text: string | null): text is Theme => themes.some((theme) => theme === text)
const storageKey = 'castellan.theme'
const listeners = new Set<() => void>()
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)')
darkSystem.addEventListener('change', tellAll)

function tellAll(): void {
  for (const listener of listeners) listener()
}

function stored(): Theme {
  try {
    const text = localStorage.getItem(storageKey)
    return isTheme(text) ? text : 'auto'
  } catch {
    return 'auto'
  }
}

let chosen = stored()

/** Chooses a theme for this browser. Where storage is switched off it holds until the page is left. */
export function chooseTheme(theme: Theme): void {
  chosen = theme
  const { dataset } = document.documentElement
  if (theme === 'auto') delete dataset['theme']
  else dataset['theme'] = theme
  try {
    if (theme === 'auto') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, theme)
  } catch {
    // kept for this page only
  }
  tellAll()
}

function watch(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** What was chosen. */
export const useTheme = (): Theme => useSyncExternalStore(watch, () => chosen)
/** What is seen. */
export const useScheme = (): 'light' | 'dark' =>
  useSyncExternalStore(watch, () => (chosen === 'auto' ? (darkSystem.matches ? 'dark' : 'light') : chosen))

/** Tokens as plain colours, for what is drawn on a canvas. */
export function coloursOf<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('span')
  // A transition would show the colour before, not the one asked for.
  probe.style.setProperty('transition', 'none', 'important')
  document.body.append(probe)
  const read = (name: Name): [Name, string] => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color]
  }
  const found = Object.fromEntries(names.map(read)) as Record<Name, string>
  probe.remove()
  return found
}
