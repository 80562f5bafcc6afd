import type { Database, Reader } from '../database/types.ts'
import { listCategoriesInScope } from '../experts/scope-queries.ts'
import { type Mail, queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { mailText } from '../notifications/views.ts'
import { listConfided } from './confided-queries.ts'
import { listDue, markLooked, type Reading } from './mail-queries.ts'
import { countWaiting, listFollowUps, listPlaces, listRouted } from './queries.ts'
import { placesWithin, topsOf } from './subjects.ts'

/** In the morning of most who read it in Europe, and once a day by that clock. */
const HOUR_OF_DAY = 5
const HOUR_MS = 3_600_000

/** Tells experts once a day what waits for them; nobody for whom nothing does. */
export async function mailDesks(database: Database, site: Site, now: Date) {
  if (now.getUTCHours() < HOUR_OF_DAY) return
  const since = new Date(now.getTime() - (now.getTime() % (24 * HOUR_MS)))
  for (let afterId = 0; ; ) {
    const some = await listDue(database.read, { since, now, afterId })
    for (const reader of some) await mailDesk(database, site, { reader, since, now })
    const last = some.at(-1)
    if (!last) return
    afterId = last.accountId
  }
}

type Look = { reader: Reading; since: Date; now: Date }

async function mailDesk(database: Database, site: Site, { reader, since, now }: Look) {
  const waiting = await countAll(database.read, reader.accountId, now)
  const isAny = Object.values(waiting).some((count) => count > 0)
  await database.write(async (db) => {
    const isFirst = await markLooked(db, reader.accountId, { since, now })
    if (isFirst && isAny) await queueMail(db, deskMail(site, reader, waiting))
  })
}

async function countAll(db: Reader, expertId: number, now: Date) {
  const [places, scope] = await Promise.all([listPlaces(db), listCategoriesInScope(db, expertId)])
  const categoryIds = scope && placesWithin(places, topsOf(places, scope)).map(({ id }) => id)
  const whose = { expertId, categoryIds, now }
  const [counts, confided, routed, followUps] = await Promise.all([
    countWaiting(db, { expertId, categoryIds, show: 'waiting', now }),
    listConfided(db, whose),
    listRouted(db, whose),
    listFollowUps(db, whose),
  ])
  const inCategories = counts.reduce((sum, { count }) => sum + count, 0)
  return { inCategories, confided: confided.length, routed: routed.length, followUps: followUps.length }
}

type Counts = Awaited<ReturnType<typeof countAll>>

/** Numbers alone: neither what is asked nor in which categories. */
function deskMail(site: Site, { accountId, name, email }: Reading, waiting: Counts): Mail {
  const { inCategories, confided, routed, followUps } = waiting
  const { t, absolute } = site
  const lines = [
    inCategories > 0 && t('Waiting in your categories: {count}', { count: inCategories }),
    confided > 0 && t('Asked of you in confidence: {count}', { count: confided }),
    routed > 0 && t('Put before you in particular: {count}', { count: routed }),
    followUps > 0 && t('Askers who have written back to you: {count}', { count: followUps }),
  ]
  const off = t('You get this letter on days on which something waits for you. You can turn it off here: {address}', {
    address: absolute('/desk/availability'),
  })
  const paragraphs = [t('This waits for you:'), lines.filter((line) => line !== false).join('\n'), off, t('Your desk:')]
  return {
    accountId,
    recipient: email,
    subject: t('What waits on your desk'),
    text: mailText(site, { name, paragraphs, link: absolute('/desk') }),
  }
}
