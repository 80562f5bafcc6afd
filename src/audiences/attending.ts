import { findAsker } from '../answers/queries.ts'
import { pathsTo } from '../categories/queries.ts'
import type { Database } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { listAwaitedCategories, listCategoryIds, markUnattended } from './attendance-queries.ts'
import { unattendedMail } from './mails.ts'

/** Whoever waits in confidence for an expert who is away, has declined or answers here no more is told, once. */
export async function tellUnattended(database: Database, site: Site, now: Date) {
  for (const { id, path } of await listAwaitedCategories(database.read)) {
    const categoryIds = await listCategoryIds(database.read, pathsTo(path))
    await database.write(async (db) => {
      for (const question of await markUnattended(db, { id, categoryIds, now })) {
        const asker = await findAsker(db, question.id)
        if (asker) await queueMail(db, unattendedMail(site, asker, question))
      }
    })
  }
}
