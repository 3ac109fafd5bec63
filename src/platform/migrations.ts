// Which migrations a store still needs, and whether those it has are the ones we know.
import { createHash } from 'node:crypto'
import { Fault, type Migration } from '#kernel'

/** A migration as the store remembers it. */
export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
}
/** One to apply now. */
export interface PendingMigration extends AppliedMigration {
  readonly statements: readonly string[]
}

/** SHA-256 over the statements, spaces and line ends counted as one space, so that a formatter changes nothing. */
export const migrationChecksum = (statements: readonly string[]): string =>
  createHash('sha256')
    .update(statements.map((statement) => statement.trim().replace(/\s+/g, ' ')).join(';\n'))
    .digest('hex')

/** Those not applied yet, in the order given. Throws Fault BUG when a name stands twice or the text of an applied one has changed. */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
  statementsOf: (migration: Migration) => readonly string[],
): PendingMigration[] {
  const known = new Map(applied.map(({ name, checksum }) => [name, checksum]))
  const seen = new Set<string>()
  return migrations.flatMap((migration) => {
    const { name } = migration
    if (seen.has(name)) throw new Fault('BUG', `two migrations are called ${name}`)
    seen.add(name)
    const statements = statementsOf(migration)
    const checksum = migrationChecksum(statements)
    const before = known.get(name)
    if (before !== undefined && before !== checksum)
      throw new Fault('BUG', `migration ${name} was changed after it was applied; add a new one instead`)
    return before === undefined ? [{ name, checksum, statements }] : []
  })
}
