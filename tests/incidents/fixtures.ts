import type { TestContext } from 'node:test'
import { desc } from 'drizzle-orm'
import { findAnswer } from '../../src/answers/queries.ts'
import { basisOf } from '../../src/answers/views.ts'
import { answerRecipients, incidents, outbox } from '../../src/database/schema.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

export const HARM = 'It tells people to stop their blood thinner without asking a doctor.'
export const ADVICE = 'Stop whatever you take for a week and see how it goes.'
export const NOTICE = 'Please take your tablets again and call your doctor.'
export const WHY = 'We have asked two of our doctors.'

type Somebody = { cookie: string }
type Fields = Record<string, string>

type App = Awaited<ReturnType<typeof build>>['app']
type Sent = { id: number; cookie?: string; from?: string; fields: Fields }

/** Returns the page that a browser is led to. */
async function send(app: App, { id, cookie = '', from, fields }: Sent) {
  const typed = form({ body: HARM, key: newKey(), ...fields }, { cookie })
  const sent = await app.inject({ url: `/answers/${id}/incidents`, remoteAddress: from, ...typed })
  return sent.statusCode === 303 ? app.inject(sent.headers.location!) : sent
}

/** An answered question, whoever has to do with it, and ways to report it and to decide. */
export async function buildReported(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada Lovelace')
  const expert = await verifiedExpert(database)
  const moderator = await signedIn(database, 'moderator')
  const member = await signedIn(database, 'member', 'Otto')
  const grateful = await signedIn(database, 'member', 'Gus')
  const question = await askSomething(database, { askerId: asker.account.id })
  const answer = await answerSomething(database, question.id, expert.account.id, ADVICE)
  const sent = { answerId: answer.id, accountId: grateful.account.id }
  await database.write((db) => db.insert(answerRecipients).values(sent))
  const get = (url: string, { cookie } = { cookie: '' }) => app.inject({ url, headers: { cookie } })
  const basis = async () => {
    const found = await findAnswer(database.read, answer.id)
    return found ? basisOf(found) : '0'
  }

  return {
    ...{ app, database, asker, expert, moderator, member, grateful, question, answer, get },
    path: `/questions/${question.id}/${question.slug}`,
    /** Another answer that can be reported. */
    async answerAnother() {
      const { id } = await askSomething(database)
      const { account } = await verifiedExpert(database)
      return answerSomething(database, id, account.id, ADVICE)
    },
    report: ({ cookie }: Somebody, fields: Fields = {}, id = answer.id) => send(app, { id, cookie, fields }),
    /** Without an account; `from`: their internet address. */
    visit: (fields: Fields = {}, { id = answer.id, from = '192.0.2.1' } = {}) => send(app, { id, from, fields }),
    decide: async ({ cookie }: Somebody, outcome: string, fields: Fields = {}, id = 1) =>
      app.inject({
        url: `/moderation/incidents/${id}/outcome`,
        ...form({ outcome, explanation: WHY, notice: NOTICE, basis: await basis(), ...fields }, { cookie }),
      }),
    incident: async () => (await database.read.select().from(incidents).orderBy(desc(incidents.id)))[0]!,
    /** What somebody was mailed, the first first. */
    mailsTo: async (recipient: string) =>
      (await database.read.select().from(outbox).orderBy(outbox.id)).filter((mail) => mail.recipient === recipient),
    subjects: async () => (await database.read.select().from(outbox)).map(({ subject }) => subject).join('\n'),
  }
}
