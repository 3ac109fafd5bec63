// Notes begun but not written yet survive a reload and the end of a session, in this tab only.

const keyOf = (id: string): string => `castellan.draft.${id}`

export function readDraft(id: string): string {
  try {
    return sessionStorage.getItem(keyOf(id)) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(id: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(keyOf(id))
    else sessionStorage.setItem(keyOf(id), text)
  } catch {
    // storage is switched off: the draft lives as long as the page
  }
}
