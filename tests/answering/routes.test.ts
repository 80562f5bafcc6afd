import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answers, experts, outbox } from '../../src/database/schema.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

const body = 'Whichever eases it. **Neither** heals anything, and both feel good.'

test('an answer shows who gave it, with the credentials of that day', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)
  const { cookie } = await verifiedExpert(database)

  await app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie }) })
  await database.write((db) => db.update(experts).set({ credentials: 'PhD' }))
  const page = await app.inject(`/questions/${id}/${slug}`)
  assert.match(page.body, /Vera Lund/)
  assert.match(page.body, /Physiotherapist, MSc, MCSP/)
  assert.match(page.body, /<strong>Neither<\/strong>/)
  assert.doesNotMatch(page.body, /Waiting/)
})

test('the asker is told by a mail that names no subject', async (t) => {
  const { app, database } = await build(t)
  const { account } = await signedIn(database, 'member', 'Ada')
  const { id } = await askSomething(database, { askerId: account.id })
  const { cookie } = await verifiedExpert(database)

  await app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie }) })
  const [mail] = await database.read.select().from(outbox)
  assert.equal(mail!.recipient, account.email)
  assert.match(mail!.text, new RegExp(`/questions/${id}\\n`))
  assert.doesNotMatch(`${mail!.subject} ${mail!.text}`, /heat|ice/i)
})

test('the same form posted twice at once makes one answer and one mail', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const { cookie } = await verifiedExpert(database)

  const post = { url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie }) }
  await Promise.all([app.inject(post), app.inject(post), app.inject(post)])
  assert.equal((await database.read.select().from(answers)).length, 1)
  assert.equal((await database.read.select().from(outbox)).length, 1)
})

test('several experts may answer, and all are counted', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)
  const both = [await verifiedExpert(database, 'Vera Lund'), await verifiedExpert(database, 'Ugo Bassi')]

  const posts = both.map(({ cookie }) => ({
    url: `/questions/${id}/answers`,
    ...form({ body, key: newKey() }, { cookie }),
  }))
  await Promise.all(posts.map((post) => app.inject(post)))
  assert.match((await app.inject(`/questions/${id}/${slug}`)).body, /2 answers/)
})

test('a second answer of the same expert is not lost: it can take the place of the first', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const { cookie, account } = await verifiedExpert(database)
  await answerSomething(database, id, account.id, body)

  const page = await app.inject({
    url: `/questions/${id}/answers`,
    ...form({ body: 'Something else altogether, from another tab.', key: newKey() }, { cookie }),
  })
  assert.equal(page.statusCode, 409)
  assert.match(page.body, /You have answered this question already/)
  assert.match(page.body, /from another tab/)
})

test('members, unverified experts and askers cannot answer', async (t) => {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  const { id } = await askSomething(database, { askerId: expert.account.id })
  const some = [await signedIn(database), await signedIn(database, 'expert'), expert]

  for (const { cookie } of some) {
    const reply = await app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie }) })
    assert.equal(reply.statusCode, 403)
  }
})

test('an answer to a question that has been closed meanwhile is refused and kept as a draft', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie: askers } = await signedIn(database)
  const { id } = await askSomething(database, { askerId: account.id })
  const { cookie } = await verifiedExpert(database)
  await app.inject({ url: `/questions/${id}/closure`, ...form({}, { cookie: askers }) })

  const reply = await app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }, { cookie }) })
  assert.equal(reply.statusCode, 409)
  assert.match(reply.body, /closed or taken down while you were writing/)
  assert.match((await app.inject({ url: '/account/questions', headers: { cookie } })).body, /Whichever eases it/)
})

test('an answer written while its expert lapsed is refused, and there to be read in full', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const { cookie } = await verifiedExpert(database)
  await database.write((db) => db.update(experts).set({ verifiedUntil: new Date(Date.now() - 1000) }))

  const long = `${body} ${'Do what feels good. '.repeat(20)}To the end.`
  const reply = await app.inject({
    url: `/questions/${id}/answers`,
    ...form({ body: long, key: newKey() }, { cookie }),
  })
  assert.equal(reply.statusCode, 403)
  assert.match(reply.body, /until we have looked up your registration\..*kept in your drafts\./s)
  assert.doesNotMatch(reply.body, /belongs to somebody else/)
  assert.match((await app.inject({ url: '/account/questions', headers: { cookie } })).body, /To the end\./)
})

test('an answer written in a session that ran out is there again after signing in', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)

  const reply = await app.inject({ url: `/questions/${id}/answers`, ...form({ body, key: newKey() }) })
  assert.equal(reply.statusCode, 303)
  const next = new URL(reply.headers.location!, 'http://x').searchParams.get('next')!
  assert.match(next, new RegExp(`^/questions/${id}/${slug}`))
  const { cookie } = await verifiedExpert(database)
  assert.match((await app.inject({ url: next, headers: { cookie } })).body, /Whichever eases it/)
})

test('an edited answer says so and shows what changed', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database)
  const { account, cookie } = await verifiedExpert(database)
  const answer = await answerSomething(database, id, account.id, body)

  const edit = form({ body: body.replace('good', 'pleasant'), basis: `${answer.createdAt.getTime()}` }, { cookie })
  assert.equal((await app.inject({ url: `/answers/${answer.id}/edit`, ...edit })).statusCode, 303)
  assert.match((await app.inject(`/questions/${id}/${slug}`)).body, /See what changed/)
  const changes = await app.inject(`/answers/${answer.id}/revisions`)
  assert.match(changes.body, /<del>good<\/del><ins>pleasant<\/ins>/)

  const late = await app.inject({ url: `/answers/${answer.id}/edit`, ...edit })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /has been changed since you opened it/)
})

test('the page tells search engines of the question and all its answers', async (t) => {
  const { app, database } = await build(t)
  const { id, slug } = await askSomething(database, { body: 'A body with </script> in it, long enough.' })
  const { account, handle } = await verifiedExpert(database)
  const answer = await answerSomething(database, id, account.id, body)

  const page = await app.inject(`/questions/${id}/${slug}`)
  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page.body)!
  const [qa, breadcrumbs] = JSON.parse(json!)['@graph']
  assert.equal(qa.mainEntity.answerCount, 1)
  assert.equal(qa.mainEntity.author.url, undefined)
  assert.match(qa.mainEntity.text, /<\/script> in it/)
  assert.equal(qa.mainEntity.suggestedAnswer[0].text, 'Whichever eases it. Neither heals anything, and both feel good.')
  assert.match(qa.mainEntity.suggestedAnswer[0].url, new RegExp(`#answer-${answer.id}$`))
  assert.match(qa.mainEntity.suggestedAnswer[0].author.url, new RegExp(`/experts/${handle}$`))
  assert.equal(breadcrumbs.itemListElement.at(-1).name, 'Is heat better than ice?')
})

test('a preview of an edit does not forget which version was opened', async (t) => {
  const { app, database } = await build(t)
  const { id } = await askSomething(database)
  const { account, cookie } = await verifiedExpert(database)
  const answer = await answerSomething(database, id, account.id, body)
  const basis = `${answer.createdAt.getTime()}`
  const edit = (fields: Record<string, string>) =>
    app.inject({ url: `/answers/${answer.id}/edit`, ...form({ basis, ...fields }, { cookie }) })
  await edit({ body: `${body} And so on.` })

  const preview = await edit({ body: `${body} Or not.`, action: 'preview' })
  assert.ok(preview.body.includes(`name="basis" value="${basis}"`))
  const late = await edit({ body: `${body} Or not.` })
  assert.equal(late.statusCode, 409)
  const [, fresh] = /name="basis" value="(\d+)"/.exec(late.body)!
  assert.equal((await edit({ body: `${body} Or not.`, basis: fresh! })).statusCode, 303)
})
