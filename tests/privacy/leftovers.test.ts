import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { createLink } from '../../src/accounts/link-queries.ts'
import { withdrawThread } from '../../src/answers/concealment-queries.ts'
import { updateAnswer } from '../../src/answers/queries.ts'
import * as schema from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { eraseWithdrawn } from '../../src/privacy/publishing.ts'
import { findAnyQuestion, updateQuestion } from '../../src/questions/queries.ts'
import { tidy } from '../../src/upkeep.ts'
import { ALLOWED, answerSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

/** In everything an asker writes below; no dictionary has it. */
const MARK = /zanzibarra/i
const SAID = 'My zanzibarra back has hurt since I fell off a ladder.'
const NAME = 'Wilhelmina Quetzalcoatl'

test('who leaves with their texts leaves no word of them in any table, however often they were repeated', async (t) => {
  const { database, leave } = await buildWithLife(t)
  assert.ok((await tablesWith(database, MARK)).length > 8, 'the test writes everywhere')

  await leave({ texts: 'removed' })
  assert.deepEqual(await tablesWith(database, MARK), [])
  const [answer] = await database.read.select().from(schema.answers)
  assert.match(answer!.body, /^> \[…\]\.\n\nWarmth is good for that\. You say “\[…\]”/)
  assert.match(answer!.bodyHtml, /<blockquote[\s\S]*\[…\]/)
  assert.deepEqual(await tablesWith(database, /quetzalcoatl/i), ['outbox'])
  await tidy(database, new Date(Date.now() + 31 * 86_400_000))
  assert.deepEqual(await tablesWith(database, /quetzalcoatl/i), [])
})

test('who leaves their texts leaves nothing but those: no name, no older version', async (t) => {
  const { database, leave, question } = await buildWithLife(t)

  await leave({ texts: 'anonymous' })
  const [left] = await database.read.select().from(schema.questions)
  assert.deepEqual([left!.id, left!.askerId], [question.id, null])
  assert.deepEqual(await tablesWith(database, /quetzalcoatl/i), ['outbox'])
  assert.deepEqual(await tablesWith(database, /an older zanzibarra/i), [])
})

test('what was taken back is gone 30 days later, with the words that others repeat', async (t) => {
  const { database, question, account } = await buildWithLife(t)
  await database.write(async (db) => {
    await withdrawThread(db, question, new Date())
    await db.update(schema.incidents).set({ decidedAt: new Date() })
  })

  await eraseWithdrawn(database, new Date(Date.now() + 31 * 86_400_000))
  const kept = await tablesWith(database, MARK)
  assert.deepEqual(kept, ['drafts'], 'a draft of something else stays theirs')
  const [answer] = await database.read.select().from(schema.answers)
  assert.deepEqual([answer!.body, answer!.bodyHtml, answer!.expertName], ['', '', 'Vera Lund'])
  assert.equal((await findAnyQuestion(database.read, question.id))!.askerId, account.id)
})

/** Names of the tables in which a text is found, in whatever column. */
async function tablesWith(database: Database, pattern: RegExp) {
  const found: string[] = []
  for (const [name, table] of Object.entries(schema))
    if (is(table, PgTable) || is(table, SQLiteTable)) {
      const rows: unknown[] = await database.read.select().from(table as typeof schema.accounts)
      if (pattern.test(JSON.stringify(rows))) found.push(name)
    }
  return found.sort()
}

async function buildWithLife(t: TestContext) {
  const { app, database } = await build(t)
  const { path: category } = await plantCategory(database)
  const { account, cookie } = await signedIn(database, 'member', NAME, [])
  const post = (url: string, fields: Record<string, string>, as = cookie) =>
    app.inject({ url, ...form(fields, { cookie: as }) })
  const title = 'Is heat good for a zanzibarra back?'
  const facts = { tried: 'zanzibarra cream', imaging: 'a zanzibarra scan', considered: 'yes' }
  const asked = { title, body: `${SAID} It is an older zanzibarra version.`, category, ...facts, ...ALLOWED }
  await post('/ask', { ...asked, shownAs: 'name' }) // without a key no page comes between
  await post('/drafts', { ...asked, title: 'Another zanzibarra matter', key: newKey() })
  const [created] = await database.read.select().from(schema.questions)
  const edit = { title, body: `${SAID} What now?`, categoryId: created!.categoryId, editorId: account.id }
  await database.write((db) => updateQuestion(db, created!, edit))

  const { account: expert, cookie: expertCookie } = await verifiedExpert(database)
  await post(
    `/questions/${created!.id}/clarifications`,
    { body: `> ${SAID}\n\nSince when?`, key: newKey() },
    expertCookie,
  )
  await post(`/questions/${created!.id}/replies`, { body: 'A zanzibarra week, or two.', key: newKey() })
  const reply = `> ${SAID}\n\nWarmth is good for that. You say “My zanzibarra back”: rest it.`
  const answer = await answerSomething(database, created!.id, expert.id, `${reply} At first.`)
  await database.write((db) => updateAnswer(db, answer, { body: reply, editorId: expert.id }))
  const { account: second, cookie: secondCookie } = await verifiedExpert(database, 'Otto Berg')
  await database.write(async (db) => {
    const beside = { expertId: second.id, expertName: 'Otto Berg', expertProfession: 'Doctor', expertCredentials: 'MD' }
    const reason = `Who says “${SAID}” needs more.`
    await db.insert(schema.countersigns).values({ ...beside, answerId: answer.id, stance: 'disagrees', reason })
    await db.insert(schema.declines).values({ questionId: created!.id, expertId: second.id, reason })
  })
  await post(`/questions/${created!.id}/colleague-comments`, { body: `“${SAID}” is odd.`, key: newKey() }, secondCookie)
  await post(`/answers/${answer.id}/incidents`, { body: `It says: ${SAID} That may do harm.`, key: newKey() })

  async function leave(choice: Record<string, string>) {
    const token = await database.write((db) => createLink(db, 'close-account', { accountId: account.id }))
    assert.equal((await post('/account/closure/confirmation', { token, ...choice })).statusCode, 303)
  }
  return { database, account, question: (await findAnyQuestion(database.read, created!.id))!, leave }
}
