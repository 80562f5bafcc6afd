import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { questions, safetyMarks } from '../../src/database/schema.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { questionPath } from '../../src/questions/views.ts'
import { originalRules } from '../../src/safety/rule-files.ts'
import { buildWithAsker, CRISIS, carriedOn, HARMLESS } from '../asking/asker.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething } from '../fixtures.ts'
import { textOf } from '../helper.ts'

const NAMED = { ...CRISIS, body: `${CRISIS.body} My name is Ada King and I live in LS1 4AB.` }

test('a moderator sees marked what may tell who asked', async (t) => {
  const { get, moderator } = await buildHeld(t, NAMED)

  const page = await get('/moderation/safety/1', moderator)
  assert.match(textOf(page), /This may tell who asked it/)
  assert.match(page.body, /<mark[^>]*>Ada King<\/mark>/)
})

test('published by a moderator, its asker is asked to look at it first, and nothing is changed silently', async (t) => {
  const { get, post, asker, moderator, decide, find, mailsToAsker } = await buildHeld(t, NAMED)

  await decide('publish')
  const held = await find()
  const path = questionPath(held)
  assert.equal(held.body, NAMED.body)
  assert.ok(held.publishAt!.getTime() > Date.now() + 23 * 3_600_000)
  assert.equal((await get(path)).statusCode, 404)
  assert.equal((await get(path, moderator)).statusCode, 404)
  assert.match((await mailsToAsker()).at(-1)!.text, /Something in it may tell who you are/)
  assert.match(textOf(await get(path, asker)), /may tell who you are.*Look at what is marked/)

  const marked = await get(`/questions/${held.id}/identity`, asker)
  assert.match(textOf(marked), /A name: Ada King becomes/)
  const all = /name="blur" value="([^"]*)">Take all/.exec(marked.body)![1]!
  await post(`/questions/${held.id}/edit`, { ...carriedOn(marked), blur: all })
  assert.match((await find()).body, /My name is \[name\] and I live in \[postal code\]/)
  assert.doesNotMatch(textOf(await get(path, asker)), /Look at what is marked/)
  const none = await get(`/questions/${held.id}/identity`, asker)
  assert.equal(none.statusCode, 303)
})

test('published at once only after its asker has looked, and by itself not before a day is over', async (t) => {
  const { database, asker, get, post, decide, find } = await buildHeld(t, NAMED)
  await decide('publish')
  const { id } = await find()
  const publish = () => post(`/questions/${id}/publication`, {})

  const first = await publish()
  assert.equal(first.headers.location, `/questions/${id}/identity`)
  await publishDue(database, new Date(Date.now() + 23 * 3_600_000))
  assert.ok((await find()).publishAt)

  const marked = await get(`/questions/${id}/identity`, asker)
  await post(`/questions/${id}/edit`, carriedOn(marked))
  const left = await find()
  assert.equal(left.body, NAMED.body)
  assert.doesNotMatch(textOf(await get(questionPath(left), asker)), /Look at what is marked/)
  await publish()
  const published = await find()
  assert.equal(published.publishAt, null)
  assert.equal((await get(questionPath(published))).statusCode, 200)
})

test('a day later it is published as its asker left it', async (t) => {
  const { database, decide, find } = await buildHeld(t, NAMED)

  await decide('publish')
  await publishDue(database, new Date(Date.now() + 25 * 3_600_000))
  assert.equal((await find()).publishAt, null)
})

test('shown again after it was kept back, its asker looks at it first as well', async (t) => {
  const { get, post, asker, moderator, decide, find, mailsToAsker } = await buildHeld(t, NAMED)

  await decide('keep', 'Please call Samaritans.')
  const shown = await post('/questions/1/concealment?_method=DELETE', {}, moderator)
  assert.equal(shown.headers.location, '/moderation')
  const path = questionPath(await find())
  assert.equal((await get(path)).statusCode, 404)
  assert.match(textOf(await get(path, asker)), /Look at what is marked/)
  assert.doesNotMatch((await mailsToAsker()).at(-1)!.text, /Everybody can read it/)
})

test('nobody else opens the page with what is marked', async (t) => {
  const { get, moderator } = await buildHeld(t, NAMED)

  assert.equal((await get('/questions/1/identity', moderator)).statusCode, 404)
})

test('the hours its asker chose hold for what is held too', async (t) => {
  const { get, asker, decide, find, mailsToAsker } = await buildHeld(t, { ...CRISIS, publishIn: '24' })

  await decide('publish')
  const path = questionPath(await find())
  assert.equal((await get(path)).statusCode, 404)
  assert.match(textOf(await get(path, asker)), /Only you and our moderators can see this question/)
  assert.match((await mailsToAsker()).at(-1)!.text, /till the time you chose/)
})

test('what tells of nobody is published there and then', async (t) => {
  const { get, decide, find } = await buildHeld(t, CRISIS)

  await decide('publish')
  assert.equal((await get(questionPath(await find()))).statusCode, 200)
})

test('a moderator sees what a held question said before its asker changed it', async (t) => {
  const { get, post, asker, moderator, find } = await buildHeld(t, CRISIS)

  assert.doesNotMatch(textOf(await get('/moderation/safety/1', moderator)), /It was changed/)
  const { version } = await find()
  await post('/questions/1/edit', { ...HARMLESS, basis: String(version) })
  const page = await get('/moderation/safety/1', moderator)
  assert.match(textOf(page), /It was changed.*Changed/)
  assert.match(page.body, /<del>[^<]*kill/)
  assert.equal((await get('/questions/1/help', asker)).statusCode, 200)
})

test('taken back while it was held: the list and its page say so, and nobody publishes it', async (t) => {
  const { get, post, moderator, decide, find } = await buildHeld(t, CRISIS)

  const stale = () => decide('publish')
  await post('/questions/1/withdrawal', {})
  assert.match(textOf(await get('/moderation/safety', moderator)), /Taken back by its asker/)
  const page = textOf(await get('/moderation/safety/1', moderator))
  assert.match(page, /Whoever asked it took it back.*I have looked at it/)
  assert.doesNotMatch(page, /Publish it/)
  const refused = await stale()
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /has taken it back meanwhile/)
  assert.equal((await decide('seen')).statusCode, 303)
  assert.doesNotMatch(textOf(await get('/moderation/safety', moderator)), /Taken back by its asker/)
  assert.ok((await find()).withdrawnAt)
})

test('the link is not cut while a moderator may have to reach its asker, and they are told why', async (t) => {
  const { database, asker, category, get, post, moderator } = await buildWithAsker(t)
  const { id } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  await post(`/questions/${id}/edit`, { ...CRISIS, basis: '0' })

  assert.doesNotMatch(textOf(await get(`/questions/${id}/i-cannot-bear-this-back`, asker)), /Cut the link/)
  for (const refused of [
    await get(`/questions/${id}/anonymity`, asker),
    await post(`/questions/${id}/anonymity`, {}),
  ]) {
    assert.equal(refused.statusCode, 409)
    assert.match(textOf(refused), /may have to reach you.*cut the link after that/)
  }
  await post('/account/questions/anonymity', {})
  assert.match(textOf(await get('/account/questions', asker)), /I cannot bear this back/)
  assert.equal((await get(`/moderation/questions/${id}/asker`, moderator)).statusCode, 200)
})

test('where nobody can be reached any more the page of the moderators says so', async (t) => {
  const { database, get, moderator } = await buildHeld(t, CRISIS)
  await database.write((db) => db.update(questions).set({ askerId: null }))

  const page = textOf(await get('/moderation/safety/1', moderator))
  assert.match(page, /has cut the link or closed their account/)
  assert.doesNotMatch(page, /mailed to them|Who asked this/)
})

test('not published, its asker still sees whom to call', async (t) => {
  const { get, asker, moderator, decide, find } = await buildHeld(t, CRISIS)

  await decide('keep', 'Please call Samaritans.')
  const path = questionPath(await find())
  const page = textOf(await get(path, asker))
  assert.match(page, /A moderator has read your question and does not publish it/)
  assert.match(page, /They wrote: Please call Samaritans.*999.*116 123.*Where to get help now/)
  assert.doesNotMatch(page, /No answer yet|has yet to answer|Why:/)
  assert.doesNotMatch(textOf(await get(path, moderator)), /116 123/)
  const help = textOf(await get('/questions/1/help', asker))
  assert.match(help, /One of our moderators has read it/)
  assert.doesNotMatch(help, /reads it first/)
})

test('among their questions it waits for a moderator, with the way to help', async (t) => {
  const { get, asker } = await buildHeld(t, CRISIS)

  const page = await get('/account/questions', asker)
  assert.match(textOf(page), /I cannot bear this back.*Waits for a moderator.*Where to get help now/)
  assert.doesNotMatch(textOf(page), /Hidden by our staff/)
  assert.match(page.body, /href="\/questions\/1\/help"/)
})

test('somebody in danger is on top of what moderators look at, then emergencies, and of each the oldest first', async (t) => {
  const { database, get, moderator } = await buildHeld(t, CRISIS)
  const found = ['cancer-signs', 'stroke', 'heart', 'self-harm']
  const at = (days: number) => new Date(Date.now() - (9 - days) * 86_400_000)
  await database.write(async (db) => {
    for (const [days, flag] of found.entries())
      await db.insert(safetyMarks).values({ questionId: 1, flag, isHeld: flag === 'self-harm', createdAt: at(days) })
  })

  const page = (await get('/moderation/safety', moderator)).body
  const inOrder = ['self-harm', 'suicide', 'stroke', 'heart', 'cancer-signs']
  const { flags } = originalRules()
  const places = inOrder.map((flag) => page.indexOf(flags[flag]!.name.replaceAll("'", '&#39;')))
  assert.ok(places.every((place) => place > 0))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
})

test('what is further down the list stands on the next page', async (t) => {
  const { database, get, moderator } = await buildHeld(t, CRISIS)
  await database.write(async (db) => {
    for (let hour = 1; hour <= 24; hour++)
      await db.insert(safetyMarks).values({
        questionId: 1,
        flag: hour % 2 ? 'heart' : 'joint-infection',
        createdAt: new Date(Date.now() - hour * 3_600_000),
      })
  })

  const count = (body: string) => body.match(/href="\/moderation\/safety\/1"/g)?.length
  const first = (await get('/moderation/safety', moderator)).body
  const next = /href="([^"]*safety\?after=[^"]*)"/.exec(first)![1]!
  assert.deepEqual([count(first), count((await get(next, moderator)).body)], [20, 5])
})

test('the list of what may be urgent takes as many queries with many as with one', async (t) => {
  const { ask, get, moderator } = await buildHeld(t, CRISIS)

  const look = () => countQueries(() => get('/moderation/safety', moderator))
  await look()
  const before = await look()
  for (const count of [1, 2, 3]) await ask({ ...NAMED, title: `I cannot bear it, number ${count}` })
  assert.equal(await look(), before)
})

async function buildHeld(t: TestContext, written: Record<string, string>) {
  const built = await buildWithAsker(t, { publishAfter: [0, 24] })
  await built.ask(written)
  const { moderator, asker, stored, post } = built
  const find = async () => (await stored()).questions[0]!
  const decide = (outcome: string, reason = '') => post('/moderation/safety/1', { outcome, reason }, moderator)
  const mailsToAsker = async () => (await stored()).mails.filter(({ accountId }) => accountId === asker.account.id)
  return { ...built, find, decide, mailsToAsker }
}
