// The zone in which times are shown: the viewer's own, or UTC; kept in this browser.

export type Zone = 'own' | 'utc'
const storageKey = 'castellan.zone'
const listeners = new Set<() => void>()

function stored(): Zone {
  try {
    return typeof window !== 'undefined' && window.localStorage.getItem(storageKey) === 'utc' ? 'utc' : 'own'
  } catch {
    return 'own'
  }
}
let chosen = stored()

/** What was chosen. */
export const zoneNow = (): Zone => chosen
/** As `Intl` takes it: nothing for the viewer's own. */
export const zoneName = (): string | undefined => (chosen === 'utc' ? 'UTC' : undefined)

/** Chooses a zone for this browser. Where storage is switched off it holds until the page is left. */
export function chooseZone(zone: Zone): void {
  chosen = zone
  try {
    if (zone === 'own') window.localStorage.removeItem(storageKey)
    else window.localStorage.setItem(storageKey, zone)
  } catch {
    // kept for this page only
  }
  for (const listener of listeners) listener()
}

export function watchZone(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** `Europe/Dublin`: what the viewer's machine says. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** A time as `datetime-local` fields take it. */
export function fieldText(at: number, zone: Zone): string {
  const shift = zone === 'utc' ? 0 : new Date(at).getTimezoneOffset() * 60_000
  return new Date(at - shift).toISOString().slice(0, 16)
}
/** The time that such a field means. */
export const fieldTime = (text: string, zone: Zone): number => Date.parse(zone === 'utc' ? `${text}Z` : text)
