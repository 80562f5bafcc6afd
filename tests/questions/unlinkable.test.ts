import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, comments, consents, outbox, questions, sessions } from '../../src/database/schema.ts'
import { newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'
import { filesIn } from '../privacy/archives.ts'

/** So large that it stands nowhere by chance. */
const NUMBER = 987_654_321
const NAME = 'Wilhelmina Quartermaine'
const ANSWER = 'Whichever eases it. Neither heals anything, and both feel good.'

test('nothing an account is known by is on any page, in any header, for anybody but its owner', async (t) => {
  const { get, places, people, traces } = await buildWithLife(t)

  for (const [who, cookie] of Object.entries(people))
    for (const url of places) {
      const { body, headers, statusCode } = await get(url, cookie)
      assert.notEqual(statusCode, 500, url)
      assertUntraced(`${body}${JSON.stringify(headers)}`, traces, `${url} for ${who}`)
    }
})

test('nor in what goes wrong there', async (t) => {
  const { post, people, traces, id, answerId } = await buildWithLife(t)
  const sent = [
    ...['edit', 'closure', 'publication', 'withdrawal', 'anonymity', 'replies', 'category', 'audience'].map(
      (name) => `/questions/${id}/${name}`,
    ),
    ...['claim', 'answers', 'clarifications', 'colleague-comments', 'referral', 'decline', 'concealment'].map(
      (name) => `/questions/${id}/${name}`,
    ),
    ...['acceptance', 'follow-ups', 'incidents', 'countersigns', 'concealment', 'thanks'].map(
      (name) => `/answers/${answerId}/${name}`,
    ),
  ]

  for (const [who, cookie] of Object.entries(people))
    for (const url of sent) {
      const { body, headers } = await post(url, cookie, { body: 'Too short?', key: newKey(), reason: 'Why not, then?' })
      assertUntraced(`${body}${JSON.stringify(headers)}`, traces, `${url} by ${who}`)
    }
})

test('programs are told no more', async (t) => {
  const { app, people, traces, id } = await buildWithLife(t)

  for (const cookie of Object.values(people))
    for (const url of [`/questions/${id}`, '/questions', '/search?q=heat', `/questions/${id}/edit`, '/nothing']) {
      const { body } = await app.inject({ url, headers: { cookie, accept: 'application/json' } })
      assertUntraced(body, traces, url)
    }
})

test('whoever asked leaves no validator of a page by which it could be told from that of another', async (t) => {
  const { get, path, people } = await buildWithLife(t)

  const { headers } = await get(path, '')
  for (const name of ['etag', 'last-modified', 'set-cookie']) assert.equal(headers[name], undefined, name)
  const names = Object.keys((await get(path, people.member)).headers).sort()
  assert.deepEqual(names, Object.keys((await get('/questions', people.member)).headers).sort())
})

test('what others take along of what they keep holds nothing of the asker', async (t) => {
  const { post, people, traces } = await buildWithLife(t)

  for (const cookie of [people.expert, people.second, people.moderator]) {
    const archive = await post('/account/data', cookie)
    const files = Object.values(await filesIn(archive.rawPayload)).join('\n')
    assert.match(files, /Vera Lund|Otto Berg|Mona/)
    assertUntraced(files, traces, 'the copy')
  }
})

test('letters to others hold nothing of the asker, nor do theirs tell when they came', async (t) => {
  const { database, traces } = await buildWithLife(t)

  const letters = await database.read.select().from(outbox)
  assert.ok(letters.some(({ accountId }) => accountId !== NUMBER))
  for (const { accountId, subject, text } of letters)
    if (accountId !== NUMBER) assertUntraced(`${subject}${text}`, traces, subject)
})

test('when an account was made or used stands on no page but its own', async (t) => {
  const { get, places, people } = await buildWithLife(t)

  for (const cookie of Object.values(people))
    for (const url of places) assert.doesNotMatch((await get(url, cookie)).body, /1999-04-0[12]|[12] April 1999/, url)
})

function assertUntraced(text: string, traces: string[], where: string) {
  for (const trace of traces) assert.ok(!text.includes(trace), `${where} tells "${trace}"`)
}

/** Somebody who signed up long ago asks, is answered, says more, thanks, accepts, reports and closes. */
async function buildWithLife(t: TestContext) {
  const { app, database } = await build(t)
  const { path: category } = await plantCategory(database)
  const asker = await askerWithNumber(database)
  const expert = await verifiedExpert(database)
  const second = await verifiedExpert(database, 'Otto Berg')
  const get = (url: string, cookie: string) => app.inject({ url, headers: { cookie } })
  const post = (url: string, cookie: string, fields: Record<string, string> = {}) =>
    app.inject({ url, ...form({ key: newKey(), ...fields }, { cookie }) })
  const title = 'Is heat better than ice?'
  const written = { title, body: 'It has been stiff since the weekend and I wonder what to do.', category }
  const asked = await post('/ask', asker.cookie, { ...written, considered: 'yes' })
  const path = new URL(String(asked.headers.location), 'http://x').pathname
  const id = Number(path.split('/')[2])
  await post(`/questions/${id}/edit`, asker.cookie, { ...written, body: `${written.body} Really.`, basis: '0' })
  await post(`/questions/${id}/clarifications`, expert.cookie, { body: 'Since which weekend exactly?' })
  await post(`/questions/${id}/replies`, asker.cookie, { body: 'The last one in spring.' })
  const answered = await post(`/questions/${id}/answers`, expert.cookie, { body: ANSWER })
  const answerId = Number(/answer-(\d+)/.exec(String(answered.headers.location))![1])
  for (const deed of ['acceptance', 'thanks']) await post(`/answers/${answerId}/${deed}`, asker.cookie)
  await post(`/answers/${answerId}/follow-ups`, asker.cookie, { body: 'And what about tea, please?' })
  await post(`/questions/${id}/claim`, second.cookie)
  await post(`/questions/${id}/closure`, asker.cookie)
  const administrator = await signedIn(database, 'administrator', 'Ada')
  const moderator = await signedIn(database, 'moderator', 'Mona')
  const member = await signedIn(database)
  const rows = await database.read.select().from(questions)
  const said = await database.read.select().from(comments)
  const keys = [...rows, ...said].filter((row) => 'isPseudonym' in row || row.isByAsker)
  const [session] = await database.read.select().from(sessions).where(eq(sessions.accountId, NUMBER))
  const traces = [String(NUMBER), ...NAME.split(' '), asker.account.email.split('@')[0]!, session!.token]
  return {
    ...{ app, database, get, post, path, id, answerId },
    traces: [...traces, ...keys.map(({ submissionKey }) => submissionKey)],
    people: {
      ...{ visitor: '', member: member.cookie, expert: expert.cookie },
      ...{ second: second.cookie, moderator: moderator.cookie, administrator: administrator.cookie },
    },
    places: placesAround({ path, id, answerId, category, handle: expert.handle }),
  }
}

async function askerWithNumber(database: Awaited<ReturnType<typeof build>>['database']) {
  const { account, cookie } = await signedIn(database, 'member', NAME)
  const times = { createdAt: new Date('1999-04-01'), updatedAt: new Date('1999-04-02') }
  const asker = { ...account, ...times, id: NUMBER, email: `x${account.email}` }
  await database.write(async (db) => {
    await db.insert(accounts).values(asker)
    for (const table of [sessions, consents])
      await db.update(table).set({ accountId: NUMBER }).where(eq(table.accountId, account.id))
    await db.delete(accounts).where(eq(accounts.id, account.id))
  })
  return { account: asker, cookie }
}

type Around = { path: string; id: number; answerId: number; category: string; handle: string }

const placesAround = ({ path, id, answerId, category, handle }: Around) => [
  ...[path, '/', '/questions', '/questions.atom', `/categories/${category}`, `/categories/${category}.atom`],
  ...['/experts', `/experts/${handle}`, '/sitemap.xml', '/sitemaps/questions-1.xml', '/search?q=heat+ice'],
  ...[
    '/desk',
    '/desk/reviews',
    '/account',
    '/account/questions',
    '/account/data',
    '/ask?title=Is+heat+better+than+ice',
  ],
  ...['/moderation', '/moderation/safety', '/moderation/incidents', '/moderation/reviews', '/admin', '/admin/events'],
  ...['edit', 'revisions', 'referral', 'decline', 'help', 'publication', 'withdrawal', 'anonymity', 'concealment'].map(
    (name) => `/questions/${id}/${name}`,
  ),
  ...['edit', 'revisions', 'incidents/new', 'follow-ups/new', 'countersigns/new', 'concealment', 'reviews'].map(
    (name) => `/answers/${answerId}/${name}`,
  ),
  ...[`/moderation/questions/${id}/asker`, '/admin/outbox', `/questions/${id}/${'x'.repeat(30)}`],
]
