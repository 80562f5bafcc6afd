import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { hideAnswer, hideThread } from '../../src/answers/concealment-queries.ts'
import { findAnswer } from '../../src/answers/queries.ts'
import { accounts } from '../../src/database/schema.ts'
import { outcomeToken } from '../../src/outcomes/links.ts'
import { findAnyQuestion } from '../../src/questions/queries.ts'
import { answerSomething, verifiedExpert } from '../fixtures.ts'
import { form, textOf } from '../helper.ts'
import { buildAnswered, DAY_MS, WEEK_MS } from './fixtures.ts'

const concealment = { hiddenById: 1, hiddenReason: 'It names a third person.' }

test('2, 6 and 12 weeks after the first answer the asker is asked, once each', async (t) => {
  const { after, mailCount, lastMail, asker } = await buildAnswered(t)

  await after(2 * WEEK_MS - 1)
  assert.equal(await mailCount(), 1)
  for (const [weeks, mails] of [
    [0, 2],
    [1, 2],
    [3, 3],
    [6, 4],
    [6, 4],
  ] as const) {
    await after(weeks * WEEK_MS + 1)
    assert.equal(await mailCount(), mails)
  }
  const { recipient, subject, text } = await lastMail()
  assert.equal(recipient, asker.account.email)
  assert.equal(subject, 'Did the answer help?')
  assert.match(text, /12 weeks ago.*Much better:\n.*A little better:\n.*The same:\n.*Worse:\n/s)
  assert.doesNotMatch(text, /heat|ice\b/i)
})

test('a second answer changes nothing about when', async (t) => {
  const { database, after, mailCount, requests, id } = await buildAnswered(t)
  const before = await requests()
  await after(WEEK_MS)
  await answerSomething(database, id, (await verifiedExpert(database, 'Ugo Bassi')).account.id, 'Rest, and wait.')

  assert.deepEqual(await requests(), before)
  await after(WEEK_MS)
  assert.equal(await mailCount(), 2)
})

test('several servers at once ask once', async (t) => {
  const { after, send, mailCount } = await buildAnswered(t)
  await after(0)
  t.mock.timers.tick(2 * WEEK_MS)
  await Promise.all([send(), send(), send(), send()])
  assert.equal(await mailCount(), 2)
})

test('a server that was off for long neither asks late nor twice at once', async (t) => {
  const { after, mailCount, requests } = await buildAnswered(t)
  await after(7 * WEEK_MS)
  assert.equal(await mailCount(), 2)
  assert.deepEqual(
    (await requests()).map(({ week, sentAt }) => [week, sentAt !== null]),
    [
      [6, true],
      [12, false],
    ],
  )
})

for (const [who, away] of [
  ['whose question is hidden', async ({ database, id }: Forum) => hide(database, id)],
  ['whose answer is hidden', async ({ database }: Forum) => hideFirstAnswer(database)],
  ['who has closed their account', async ({ database, asker }: Forum) => closeAccountOf(database, asker.account.id)],
  ['who is an example', async ({ database }: Forum) => makeExamples(database)],
] as const)
  test(`nobody is asked ${who}`, async (t) => {
    const forum = await buildAnswered(t)
    await away(forum)
    const before = await forum.mailCount()
    for (const weeks of [2, 4, 6]) await forum.after(weeks * WEEK_MS)
    assert.equal(await forum.mailCount(), before)
  })

test('a link opens a page with the choice made, and only its button counts', async (t) => {
  const { after, links, requests, get, tell } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const [muchBetter, better] = await links()

  for (let time = 0; time < 3; time += 1) {
    const page = await get(better!)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /value="better" checked/)
    assert.match(page.headers['cache-control'] as string, /no-store/)
    assert.doesNotMatch(page.body, /Lovelace|[Hh]eat/)
  }
  assert.equal((await requests())[0]!.outcome, null)
  assert.match(textOf(await tell(better!)), /Thank you/)
  assert.equal((await requests())[0]!.outcome, 'better')

  for (const reply of [await tell(muchBetter!), await get(muchBetter!)]) {
    assert.equal(reply.statusCode, 410)
    assert.match(textOf(reply), /You have told us already/)
  }
  assert.equal((await requests())[0]!.outcome, 'better')
})

test('of several answers to one mail at once the first counts', async (t) => {
  const { after, links, tell } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const statuses = (await Promise.all((await links()).slice(0, 4).map((link) => tell(link)))).map((r) => r.statusCode)
  assert.deepEqual(statuses.toSorted(), [200, 410, 410, 410])
})

test('whoever feels worse is told what to do about it', async (t) => {
  const { after, links, tell } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const [link] = await links()
  assert.match(textOf(await tell(link!, 'worse')), /sorry that you feel worse.*Please see somebody in person/)
})

test('a mail program leads there from elsewhere; a form on another site is refused', async (t) => {
  const { app, after, links } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const [link] = await links()
  const elsewhere = { 'sec-fetch-site': 'cross-site' }

  assert.equal((await app.inject({ url: link!, headers: elsewhere })).statusCode, 200)
  const token = new URL(link!, 'http://x').searchParams.get('token')!
  const post = form({ token, outcome: 'worse' }, elsewhere)
  assert.equal((await app.inject({ url: '/outcomes', ...post })).statusCode, 403)
})

test('forged links lead nowhere, and old ones say so', async (t) => {
  const { app, after, links, get, tell, requests } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const [link] = await links()
  const token = new URL(link!, 'http://x').searchParams.get('token')!
  const now = new Date()

  const forged = [
    ...[
      '',
      'x',
      token.replace(/^\d+/, '2'),
      token.slice(0, -1),
      `${token}x`,
      token.replace(/-\d{13}-/, '-9999999999999-'),
    ],
    outcomeToken('some-other-secret', 1, now),
    outcomeToken(app.config.secret, 2, now), // not sent yet
  ]
  for (const wrong of forged) {
    const query = new URLSearchParams({ token: wrong, outcome: 'worse' })
    for (const reply of [
      await get(`/outcomes?${query}`),
      await get(`/outcomes/stop?${query}`),
      await tell(`/outcomes?${query}`),
    ])
      assert.equal(reply.statusCode, 404, wrong)
  }

  t.mock.timers.tick(60 * DAY_MS + 1)
  for (const reply of [await get(link!), await tell(link!)]) {
    assert.equal(reply.statusCode, 410)
    assert.match(textOf(reply), /This link is too old/)
  }
  assert.equal((await get(`/outcomes/stop?token=${token}`)).statusCode, 200)
  assert.ok((await requests()).every(({ outcome }) => outcome === null))
})

test('a choice that is none is asked for again', async (t) => {
  const { after, links, get, tell } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const [link] = await links()
  assert.equal((await get(link!.replace('much-better', 'splendid'))).statusCode, 200)
  const page = await tell(link!, 'splendid')
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Please choose one of the list/)
})

test('a link in the mail stops these mails for one question', async (t) => {
  const { app, after, links, mailCount } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const stop = (await links()).find((link) => link.startsWith('/outcomes/stop'))!
  const token = new URL(stop, 'http://x').searchParams.get('token')!

  assert.match(textOf(await app.inject(stop)), /Do not ask about this question Never ask me about any/)
  await app.inject({ url: '/outcomes/stop', ...form({ token, scope: 'question' }) })
  await after(4 * WEEK_MS)
  assert.equal(await mailCount(), 2)
})

test('or for good, and the account tells so and takes it back', async (t) => {
  const { app, database, after, links, asker } = await buildAnswered(t)
  await after(2 * WEEK_MS)
  const token = new URL((await links())[0]!, 'http://x').searchParams.get('token')!
  const isStopped = async () =>
    (await database.read.select().from(accounts).where(eq(accounts.id, asker.account.id)))[0]!.outcomeMailsStoppedAt

  await app.inject({ url: '/outcomes/stop', ...form({ token, scope: 'all' }) })
  assert.notEqual(await isStopped(), null)
  const { cookie } = asker
  const account = await app.inject({ url: '/account', headers: { cookie } })
  assert.match(textOf(account), /do not ask you by mail.*Ask me again/)
  await app.inject({ url: '/account/outcome-mails', ...form({}, { cookie }) })
  assert.equal(await isStopped(), null)
})

test('whoever stopped them for good is asked of no other question', async (t) => {
  const { app, after, mailCount, asker } = await buildAnswered(t)
  await app.inject({ url: '/account/outcome-mails?_method=DELETE', ...form({}, { cookie: asker.cookie }) })
  await after(2 * WEEK_MS)
  assert.equal(await mailCount(), 1)
})

type Forum = Awaited<ReturnType<typeof buildAnswered>>

async function hide(database: Forum['database'], id: number) {
  const question = (await findAnyQuestion(database.read, id))!
  await database.write((db) => hideThread(db, question, concealment))
}

async function hideFirstAnswer(database: Forum['database']) {
  const answer = (await findAnswer(database.read, 1))!
  await database.write((db) => hideAnswer(db, answer, concealment))
}

async function closeAccountOf(database: Forum['database'], id: number) {
  const { closeAccount, findAccount } = await import('../../src/accounts/queries.ts')
  const account = (await findAccount(database.read, id))!
  await database.write((db) => closeAccount(db, account))
}

const makeExamples = (database: Forum['database']) =>
  database.write(async (db) => {
    await db.update(accounts).set({ isExample: true })
  })
