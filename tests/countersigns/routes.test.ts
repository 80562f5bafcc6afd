import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hideAnswer } from '../../src/answers/concealment-queries.ts'
import { findAnswer } from '../../src/answers/queries.ts'
import { basisOf } from '../../src/answers/views.ts'
import { accounts, answers, countersigns, expertCategories, experts, outbox } from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const body = 'Whichever eases it. Neither heals anything.'
const reason = 'After an injury cold comes first, for two days.'

test('what a second expert says stands beside the answer, signed, with the credentials of that day', async (t) => {
  const { database, second, countersign, page } = await buildThread(t)
  assert.equal((await countersign(second, { stance: 'agrees-with-caveat', reason })).statusCode, 303)
  await database.write((db) => db.update(experts).set({ credentials: 'PhD' }))

  const text = textOf(await page())
  assert.match(text, /What other experts say of this answer Agrees, with a caveat Ugo Bassi Verified expert/)
  assert.match(text, /Physiotherapist, MSc, MCSP After an injury cold comes first, for two days\./)
})

test('a disagreement stands in the open, and nothing is averaged', async (t) => {
  const { database, second, countersign, page } = await buildThread(t)
  const third = await verifiedExpert(database, 'Ida Holm')
  await countersign(third, { stance: 'agrees' })
  await countersign(second, { stance: 'disagrees', reason })

  const { body: html } = await page()
  assert.match(textOf({ body: html }), /Agrees Ida Holm.*Disagrees Ugo Bassi/)
  const section = /<section class="countersigns".*?<\/section>/s.exec(html)![0]
  assert.doesNotMatch(section, /<details|%|out of/)
})

test('whoever does not simply agree says why, and nothing typed is lost', async (t) => {
  const { second, countersign } = await buildThread(t)
  for (const stance of ['agrees-with-caveat', 'disagrees']) {
    const reply = await countersign(second, { stance })
    assert.equal(reply.statusCode, 422)
    assert.match(textOf(reply), /Please say why/)
    assert.match(reply.body, new RegExp(`value="${stance}" checked`))
  }
  const unclear = await countersign(second, { stance: 'perhaps', reason })
  assert.equal(unclear.statusCode, 422)
  assert.match(unclear.body, /After an injury cold comes first/)
})

test('the author is told by a mail whose subject names nothing', async (t) => {
  const { database, author, second, countersign } = await buildThread(t)
  await countersign(second, { stance: 'disagrees', reason })
  await countersign(second, { stance: 'disagrees', reason })

  const [mail, ...more] = await database.read.select().from(outbox)
  assert.equal(more.length, 0)
  assert.equal(mail!.recipient, author.account.email)
  assert.equal(mail!.subject, 'Another expert has looked at your answer')
  assert.match(mail!.text, /Ugo Bassi has read an answer of yours and disagrees\./)
  assert.doesNotMatch(mail!.text, /heat|injury/i)
})

test('a countersign can be changed, which shows, and taken back', async (t) => {
  const { app, database, second, countersign, page, address } = await buildThread(t)
  await countersign(second, { stance: 'disagrees', reason })
  await countersign(second, { stance: 'agrees' })
  assert.match(textOf(await page()), /Agrees Ugo Bassi.*Changed/)
  assert.doesNotMatch(textOf(await page()), /Disagrees|After an injury/)
  assert.equal(await countOn(database), 1)

  const removal = { url: `${address}?_method=DELETE`, ...form({}, { cookie: second.cookie }) }
  await Promise.all([app.inject(removal), app.inject(removal)])
  assert.doesNotMatch(textOf(await page()), /Ugo Bassi/)
  assert.equal(await countOn(database), 0)
})

test('two experts at once, and one of them twice, make two countersigns', async (t) => {
  const { database, second, countersign } = await buildThread(t)
  const third = await verifiedExpert(database, 'Ida Holm')
  await Promise.all([
    countersign(second, { stance: 'agrees' }),
    countersign(third, { stance: 'disagrees', reason }),
    countersign(second, { stance: 'agrees' }),
  ])
  assert.equal((await database.read.select().from(countersigns)).length, 2)
  assert.equal(await countOn(database), 2)
})

test('an edit makes it one about an earlier version, and its expert is asked to look again, once', async (t) => {
  const { database, author, second, countersign, edit, page } = await buildThread(t)
  await countersign(second, { stance: 'agrees' })
  await database.write((db) => db.delete(outbox))
  await edit(author, `${body} Truly.`)
  await edit(author, `${body} Really.`)

  assert.match(textOf(await page()), /Ugo Bassi.*About an earlier version of this answer/)
  const mails = await database.read.select().from(outbox)
  assert.deepEqual(
    mails.map(({ recipient, subject }) => [recipient, subject]),
    [[second.account.email, 'An answer you countersigned has been changed']],
  )
  await countersign(second, { stance: 'agrees' })
  assert.doesNotMatch(textOf(await page()), /earlier version/)
})

test('nobody countersigns what they have not read', async (t) => {
  const { database, author, second, edit, countersign, basis } = await buildThread(t)
  const seen = await basis()
  await edit(author, `${body} Really so.`)

  const reply = await countersign(second, { stance: 'disagrees', reason, basis: seen })
  assert.equal(reply.statusCode, 409)
  assert.match(textOf(reply), /has been changed since you opened it.*Really so\./)
  assert.match(reply.body, /After an injury cold comes first/)
  assert.equal(await countOn(database), 0)
})

test('authors, askers, members, experts out of scope and lapsed ones cannot', async (t) => {
  const { database, author, asker, countersign } = await buildThread(t)
  const outside = await verifiedExpert(database, 'Olga Outside')
  const lapsed = await verifiedExpert(database, 'Lea Lapsed')
  const other = await plantCategory(database, 'Knees')
  await database.write(async (db) => {
    await db.insert(expertCategories).values({ expertId: outside.account.id, categoryId: other.id })
    await db
      .update(experts)
      .set({ verifiedUntil: new Date(Date.now() - 1000) })
      .where(eq(experts.accountId, lapsed.account.id))
  })
  for (const someone of [author, asker, await signedIn(database), outside, lapsed])
    assert.equal((await countersign(someone, { stance: 'agrees' })).statusCode, 403)
})

test('a hidden answer takes no countersign and shows none', async (t) => {
  const { database, answer, second, countersign, page } = await buildThread(t)
  await countersign(second, { stance: 'disagrees', reason })
  const moderator = await signedIn(database, 'moderator')
  const concealment = { hiddenById: moderator.account.id, hiddenReason: 'It names somebody.' }
  await database.write(async (db) => hideAnswer(db, (await findAnswer(db, answer.id))!, concealment))

  assert.equal((await countersign(second, { stance: 'agrees' })).statusCode, 410)
  assert.doesNotMatch((await page()).body, /After an injury/)
})

test('whoever countersigns an answer that has just been taken back reads that', async (t) => {
  const { database, second, countersign } = await buildThread(t)
  await database.write((db) => db.update(answers).set({ withdrawnAt: new Date() }))
  const reply = await countersign(second, { stance: 'agrees' })
  assert.equal(reply.statusCode, 409)
  assert.match(textOf(reply), /This answer has been taken back\./)
})

test('a session that ran out costs a sign-in, not the text', async (t) => {
  const { app, second, countersign } = await buildThread(t)
  const reply = await countersign({ cookie: '' }, { stance: 'disagrees', reason })
  const next = new URL(reply.headers.location!, 'http://x').searchParams.get('next')!
  const again = await app.inject({ url: next, headers: { cookie: second.cookie } })
  assert.match(again.body, /After an injury cold comes first/)
  assert.match(again.body, /value="disagrees" checked/)
})

test('machines read it as a comment on the answer', async (t) => {
  const { second, countersign, page } = await buildThread(t)
  await countersign(second, { stance: 'disagrees', reason })

  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec((await page()).body)!
  const [answer] = JSON.parse(json!)['@graph'][0].mainEntity.suggestedAnswer
  assert.equal(answer.commentCount, 1)
  assert.equal(answer.comment[0].text, `Disagrees: ${reason}`)
  assert.equal(answer.comment[0].author.name, 'Ugo Bassi')
})

test('an expert who leaves leaves what they said, under the name it was said', async (t) => {
  const { database, second, countersign, page } = await buildThread(t)
  await countersign(second, { stance: 'agrees' })
  await database.write((db) => db.delete(accounts).where(eq(accounts.id, second.account.id)))
  assert.match(textOf(await page()), /Agrees Ugo Bassi Physiotherapist.*Verified when this was written/)
})

test('many countersigns take as many queries as one, and none takes none', async (t) => {
  const { database, second, countersign, page } = await buildThread(t)
  await page()
  const none = await countQueries(page)
  await countersign(second, { stance: 'agrees' })
  const one = await countQueries(page)
  for (const name of ['Ada Berg', 'Ben Cole', 'Cara Dahl'])
    await countersign(await verifiedExpert(database, name), { stance: 'disagrees', reason })
  assert.equal(one, none + 1)
  assert.equal(await countQueries(page), one)
})

type Somebody = { cookie: string }

async function buildThread(t: TestContext) {
  const { app, database } = await build(t)
  const asker = await signedIn(database, 'member', 'Ada')
  const [author, second] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const { id, slug } = await askSomething(database, { askerId: asker.account.id })
  const answer = await answerSomething(database, id, author.account.id, body)
  const address = `/answers/${answer.id}/countersign`
  const basis = async () => basisOf((await findAnswer(database.read, answer.id))!)
  const post = async (url: string, { cookie }: Somebody, fields: Record<string, string>) =>
    app.inject({ url, ...form({ basis: await basis(), ...fields }, cookie ? { cookie } : {}) })
  return {
    app,
    database,
    asker,
    author,
    second,
    answer,
    address,
    basis,
    page: () => app.inject(`/questions/${id}/${slug}`),
    countersign: (someone: Somebody, fields: Record<string, string>) => post(address, someone, fields),
    edit: (someone: Somebody, text: string) => post(`/answers/${answer.id}/edit`, someone, { body: text }),
  }
}

async function countOn(database: Awaited<ReturnType<typeof buildThread>>['database']) {
  const [answer] = await database.read.select().from(answers)
  return answer!.countersignCount
}
