import type { TestContext } from 'node:test'
import { desc } from 'drizzle-orm'
import { outbox, outcomeRequests } from '../../src/database/schema.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { askForOutcomes } from '../../src/outcomes/sending.ts'
import { askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

export const DAY_MS = 86_400_000
export const WEEK_MS = 7 * DAY_MS

/** A question that is answered, and time that goes by as a test wants. */
export async function buildAnswered(t: TestContext) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada Lovelace')
  const expert = await verifiedExpert(database)
  const category = await plantCategory(database)
  const { id, slug } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  const body = 'Whichever eases it. Neither heals anything.'
  await app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie: expert.cookie }) })
  const sender = { site: siteOf(app.config), secret: app.config.secret }
  const lastMail = async () => (await database.read.select().from(outbox).orderBy(desc(outbox.id)).limit(1))[0]!
  return {
    ...{ app, database, asker, expert, category, id, path: `/questions/${id}/${slug}`, lastMail },
    get: (url: string) => app.inject(url),
    send: () => askForOutcomes(database, sender),
    mailCount: () => database.read.$count(outbox),
    requests: () => database.read.select().from(outcomeRequests).orderBy(outcomeRequests.week),
    /** Lets time go by and asks. */
    async after(milliseconds: number) {
      t.mock.timers.tick(milliseconds)
      await askForOutcomes(database, sender)
    },
    /** The links of the last mail: four answers, the question, and to stop. */
    links: async () => [...(await lastMail()).text.matchAll(/https?:\/\/[^/]+(\/\S*)/g)].map(([, link]) => link!),
    tell: (link: string, outcome?: string) => {
      const query = new URL(link, 'http://x').searchParams
      const fields = { token: query.get('token')!, outcome: outcome ?? query.get('outcome')! }
      return app.inject({ url: '/outcomes', ...form(fields) })
    },
  }
}
