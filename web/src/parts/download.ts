// Texts as files of the viewer's machine.

/** Hands a text to the browser as a file to save. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  fetchFile(url, name)
  // The browser has read it by then; freeing it at once would be too early for some.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Has the browser fetch a file and keep it under a name. */
export function fetchFile(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
