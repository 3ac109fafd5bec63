// Says early what the server would say late about a new password.

/** What is wrong with a new password; undefined when nothing is. The server has the last word. */
export function passwordComplaint(password: string, name: string): string | undefined {
  const { length } = Array.from(password)
  if (length < 12) return `at least 12 characters; this has ${length}`
  if (new Set(password).size < 5) return 'too few different characters'
  if (name.trim().length >= 4 && password.toLowerCase().includes(name.trim().toLowerCase()))
    return 'must not contain the name'
  return undefined
}
