import { listCategoryIdsOf } from '../categories/queries.ts'
import type { Database, Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { longWaitMs } from '../questions/waits.ts'
import { waitedLongMail } from './mails.ts'
import { type Colleague, routeQuestion } from './routing-queries.ts'
import { listFurtherExperts, listTooLong, listWaitingCategories, markWidened } from './widening-queries.ts'

/** So that a backlog floods nobody. */
const MOST_AT_ONCE = 20

type Told = Map<number, { reader: Colleague; questionIds: number[] }>

/** Puts what has waited long before more experts, and tells each of them once. */
export async function widenWaiting(database: Database, site: Site, now: Date) {
  const ids = await listLongWaiting(database, now)
  if (ids.length === 0) return
  await database.write(async (db) => {
    const told: Told = new Map()
    for (const id of ids) await widen(db, id, { told, now })
    for (const { reader, questionIds } of told.values())
      if (!reader.isExample) await queueMail(db, waitedLongMail(site, { reader, questionIds }))
  })
}

async function listLongWaiting(database: Database, now: Date) {
  const found: number[] = []
  const waiting = await listWaitingCategories(database.read, before(now, longWaitMs()))
  for (const { id: categoryId, medianSeconds } of waiting) {
    const since = before(now, longWaitMs(medianSeconds))
    const limit = MOST_AT_ONCE - found.length
    found.push(...(await listTooLong(database.read, { categoryId, since, now, limit })).map(({ id }) => id))
    if (found.length >= MOST_AT_ONCE) break
  }
  return found.sort((a, b) => a - b)
}

const before = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds)

async function widen(db: Writer, id: number, { told, now }: { told: Told; now: Date }) {
  const question = await markWidened(db, id, now)
  if (!question) return
  const categoryIds = await listCategoryIdsOf(db, id)
  for (const reader of await listFurtherExperts(db, question, { categoryIds, now })) {
    const isNew = await routeQuestion(db, { questionId: id, expertId: reader.accountId, reason: 'waited' }, now)
    if (!isNew) continue
    const questionIds = told.get(reader.accountId)?.questionIds ?? []
    told.set(reader.accountId, { reader, questionIds: [...questionIds, id] })
  }
}
