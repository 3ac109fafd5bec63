// Ids for drafted entries: short, plain, each once.

/** A text as an id: small letters, digits and dashes, at most 40, beginning with a letter. */
export function slug(text: string, otherwise: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return plain === '' ? otherwise : plain
}

/** Hands out each id once: a second `db` becomes `db-2`. */
export function idGiver(): (text: string, otherwise: string) => string {
  const given = new Set<string>()
  return (text, otherwise) => {
    const wanted = slug(text, otherwise)
    let id = wanted
    for (let number = 2; given.has(id); number += 1) id = `${wanted}-${number}`
    given.add(id)
    return id
  }
}
