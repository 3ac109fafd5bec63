// Ids for what is imported: taken from the source's own names, so that a second import gives the same ones.

/** A text as an id: small letters, digits and dashes, at most 56. */
export function slug(text: string, otherwise: string): string {
  const plain = text
    .slice(0, 400)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 57)
    .replace(/^-+|-+$/g, '')
  return plain === '' ? otherwise : plain
}

const machineMade = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$|^\d+$/i

/** The source's id where people can read it, else its name: nobody says a UUID aloud. */
export const readable = (id: string, name: string): string =>
  machineMade.test(id.trim()) && name !== '' ? name : id || name

/** Hands out each id once: a second `db` becomes `db-2`. */
export function idGiver(): (text: string, otherwise: string) => string {
  const given = new Set<string>()
  const next = new Map<string, number>()
  return (text, otherwise) => {
    const wanted = slug(text, otherwise)
    let number = next.get(wanted) ?? 1
    let id = wanted
    while (given.has(id)) id = `${wanted}-${(number += 1)}`
    next.set(wanted, number)
    given.add(id)
    return id
  }
}
