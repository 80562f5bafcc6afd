import type { TestContext } from 'node:test'
import { desc, eq } from 'drizzle-orm'
import type { config } from '../../src/config.ts'
import { outbox, questions } from '../../src/database/schema.ts'
import { answerSomething, askSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

export const ASKED = 'Does the pain wake you at night?'
export const REPLIED = 'Only when I turn onto my left side.'

type Fields = { key?: string; body?: string }

/** A question, whoever asked it, and others who have to do with it. */
export async function buildDiscussion(t: TestContext, overrides: Partial<typeof config> = {}) {
  const { app, database } = await build(t, overrides)
  const asker = await signedIn(database, 'member', 'Ada Lovelace')
  const expert = await verifiedExpert(database)
  const other = await verifiedExpert(database, 'Ugo Bassi')
  const moderator = await signedIn(database, 'moderator')
  const member = await signedIn(database, 'member', 'Otto')
  const category = await plantCategory(database)
  const { id, slug } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  const path = `/questions/${id}/${slug}`

  const get = (url: string, cookie = '') => app.inject({ url, headers: { cookie } })
  const post = (url: string, { cookie }: { cookie: string }, { key = newKey(), body = ASKED }: Fields = {}) =>
    app.inject({ url, ...form({ key, body }, { cookie }) })

  return {
    ...{ app, database, asker, expert, other, moderator, member, category, id, path, get, post },
    ask: (by: { cookie: string } = expert, fields: Fields = {}) => post(`/questions/${id}/clarifications`, by, fields),
    reply: (fields: Fields = {}) => post(`/questions/${id}/replies`, asker, { body: REPLIED, ...fields }),
    confer: (by: { cookie: string } = other, fields: Fields = {}) =>
      post(`/questions/${id}/colleague-comments`, by, fields),
    followUp: (answerId: number, by: { cookie: string }, fields: Fields = {}) =>
      post(`/answers/${answerId}/follow-ups`, by, fields),
    answer: () => answerSomething(database, id, expert.account.id, 'Whichever eases it. Neither heals anything.'),
    hide: (comment: number) =>
      app.inject({
        url: `/comments/${comment}/concealment`,
        ...form({ reason: 'It names a third person.' }, { cookie: moderator.cookie }),
      }),
    show: (comment: number) =>
      app.inject({
        url: `/comments/${comment}/concealment?_method=DELETE`,
        ...form({}, { cookie: moderator.cookie }),
      }),
    takeBack: (comment: number, { cookie }: { cookie: string }) =>
      app.inject({ url: `/comments/${comment}/withdrawal`, ...form({}, { cookie }) }),
    close: () => app.inject({ url: `/questions/${id}/closure`, ...form({}, { cookie: asker.cookie }) }),
    /** To whom mail went, the last first. */
    mails: () => database.read.select().from(outbox).orderBy(desc(outbox.id)),
    question: async () => (await database.read.select().from(questions).where(eq(questions.id, id)))[0]!,
  }
}

/** What search engines are told of the question on a page. */
export function questionData({ body }: { body: string }) {
  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)!
  return JSON.parse(json!)['@graph'][0].mainEntity
}
