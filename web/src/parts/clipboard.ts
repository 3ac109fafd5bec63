// Copies text; also where the page came over plain HTTP from another machine and browsers keep their clipboard closed.

/** Copies a text. Rejects when the browser allows neither way. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'hidden-text'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (!done) throw new Error('the browser does not let this page copy')
}
