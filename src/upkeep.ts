import { deleteEndedAttempts } from './accounts/attempt-queries.ts'
import { deleteExpiredAccess } from './accounts/queries.ts'
import { deleteAbandonedAuthenticators } from './accounts/second-factor-queries.ts'
import { deleteOldFiles } from './applications/file-queries.ts'
import { deleteOldDrafts } from './applications/queries.ts'
import { tellUnattended } from './audiences/attending.ts'
import { tellAddressee } from './audiences/mails.ts'
import type { Config } from './config.ts'
import type { Database } from './database/types.ts'
import { mailDesks } from './desk/mail.ts'
import { deleteExpiredDrafts } from './drafts/queries.ts'
import { forgetLapsed } from './experts/credential-queries.ts'
import { remindOfCredentials } from './experts/reminder-queries.ts'
import { deleteCounts } from './finding/queries.ts'
import { dayOf } from './finding/tally.ts'
import { remindOfIncidents } from './incidents/reminders.ts'
import { blankMail, giveUpMail } from './notifications/queries.ts'
import type { Site } from './notifications/site.ts'
import { askForOutcomes } from './outcomes/sending.ts'
import { eraseWithdrawn, publishDue } from './privacy/publishing.ts'
import { widenWaiting } from './referrals/widening.ts'
import { remindOfReviews } from './reviews/reminders.ts'
import { searchOf } from './search/index.ts'
import { openProvider } from './search/provider.ts'
import { isIndexed } from './search/queries.ts'
import { refreshRelated } from './search/relations.ts'
import { startEmbedding } from './transfer/embedding.ts'
import { reindex } from './transfer/reindex.ts'
import { reckonWaits } from './waiting/queries.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MAIL_IS_LATE_MS = 3 * DAY_MS
const MAIL_IS_KEPT_MS = 30 * DAY_MS
const COUNTS_ARE_KEPT_MS = 90 * DAY_MS
/** After the decision. */
const EVIDENCE_IS_KEPT_MS = 30 * DAY_MS
const APPLICATIONS_ARE_DRAFTS_MS = 30 * DAY_MS

/** What has had its time goes. Any number of servers may do this at once. */
export async function tidy(database: Database, now = new Date()) {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  await database.write((db) => deleteExpiredDrafts(db, now))
  await database.write((db) => deleteExpiredAccess(db, now))
  await database.write((db) => deleteAbandonedAuthenticators(db, now))
  await database.write((db) => deleteEndedAttempts(db, now))
  await database.write((db) => giveUpMail(db, before(MAIL_IS_LATE_MS)))
  await database.write((db) => blankMail(db, before(MAIL_IS_KEPT_MS)))
  await database.write((db) => deleteCounts(db, dayOf(before(COUNTS_ARE_KEPT_MS))))
  await database.write((db) => deleteOldFiles(db, before(EVIDENCE_IS_KEPT_MS)))
  await database.write((db) => deleteOldDrafts(db, before(APPLICATIONS_ARE_DRAFTS_MS)))
  await database.write((db) => forgetLapsed(db, now))
}

/** Who is to be told of something that time alone brought about. */
export async function remind(database: Database, site: Site, now = new Date()) {
  await remindOfIncidents(database, site, now)
  await widenWaiting(database, site, now)
  await tellUnattended(database, site, now)
  await mailDesks(database, site, now)
  await remindOfReviews(database, site, now)
  await database.write((db) => remindOfCredentials(db, site, now))
}

const RELATED_AT_ONCE = 20
const RELATED_AN_HOUR = 200

/** What is like what: first what is new, then what has been known longest. */
async function relate(database: Database, before: Date, signal: AbortSignal) {
  for (let done = 0; done < RELATED_AN_HOUR && !signal.aborted; done += RELATED_AT_ONCE)
    if ((await refreshRelated(database, { most: RELATED_AT_ONCE, before })) < RELATED_AT_ONCE) return
}

/** A database from before there was a search is read once. */
async function findAnew(database: Database, signal: AbortSignal) {
  if (!(await isIndexed(database.read))) await reindex(database, { signal })
  await relate(database, new Date(Date.now() - DAY_MS), signal)
}

type Upkeep = Pick<Config, 'embeddings'> & { site: Site; secret: string; onError: (error: unknown) => void }

/** Now and every hour, and every minute what is new. Returns what ends it. */
export function startUpkeep(database: Database, { embeddings, site, secret, onError }: Upkeep) {
  searchOf(database).start()
  const { signal, abort } = abortable()
  const stopEmbedding = embeddings && embed(database, embeddings, onError)
  let round = Promise.resolve()
  const inTurn = (work: () => Promise<unknown>) => {
    round = round.then(async () => {
      if (!signal.aborted) await work().catch(onError)
    })
  }
  const begin = () => {
    inTurn(() => tidy(database))
    inTurn(() => eraseWithdrawn(database))
    inTurn(() => reckonWaits(database, new Date()))
    inTurn(() => remind(database, site))
    inTurn(() => askForOutcomes(database, { site, secret }))
    inTurn(() => findAnew(database, signal))
  }
  begin()
  const timers = [
    setInterval(begin, HOUR_MS),
    setInterval(
      () => inTurn(() => publishDue(database, new Date(), (db, id) => tellAddressee(db, site, id))),
      MINUTE_MS,
    ),
    setInterval(() => inTurn(() => relate(database, new Date(1), signal)), MINUTE_MS),
  ]
  return async () => {
    for (const timer of timers) clearInterval(timer)
    abort()
    await round
    await (await stopEmbedding)?.()
    await searchOf(database).close()
  }
}

/** Related questions are found by their meaning too from now on. */
function embed(database: Database, embeddings: NonNullable<Config['embeddings']>, onError: Upkeep['onError']) {
  const provider = openProvider(embeddings)
  searchOf(database).understandBy(provider)
  return startEmbedding(database, provider, onError).catch(onError) as Promise<(() => Promise<void>) | undefined>
}

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
