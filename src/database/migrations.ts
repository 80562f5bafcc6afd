import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Journal = { entries: { tag: string; when: number }[] }

export const migrationsFolder = (engine: 'sqlite' | 'postgres') => join(import.meta.dirname, '../../migrations', engine)

/**
 * The names of those migrations that a database has yet to see.
 * @param last the time that the last one it has seen bears, 0 for an empty database
 * @throws if it has seen one that this version does not know
 */
export function pendingMigrations(engine: 'sqlite' | 'postgres', last: number) {
  const journal = readFileSync(join(migrationsFolder(engine), 'meta/_journal.json'), 'utf8')
  const { entries } = JSON.parse(journal) as Journal
  if (last > (entries.at(-1)?.when ?? 0))
    throw new Error('The database was made by a newer version of the forum: start that one, or restore a backup.')
  return entries.filter(({ when }) => when > last).map(({ tag }) => tag)
}
