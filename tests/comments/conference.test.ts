import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { experts } from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { askSomething } from '../fixtures.ts'
import { signedIn, textOf } from '../helper.ts'
import { buildDiscussion, questionData } from './fixtures.ts'

const SAID = 'I would look at the hip first, honestly, after that toboggan.'

test('experts, out of scope too, and staff write and read what is for colleagues', async (t) => {
  const { database, confer, get, path, expert, other, moderator } = await buildDiscussion(t)
  await database.write((db) => db.update(experts).set({ professionId: null }).where(eq(experts.accountId, 1)))

  assert.equal((await confer(other, { body: SAID })).statusCode, 303)
  assert.equal((await confer(moderator, { body: 'Thank you, we will see to it.' })).statusCode, 303)
  for (const { cookie } of [expert, other, moderator])
    assert.match(textOf(await get(path, cookie)), /Among colleagues.*toboggan.*we will see to it/)
})

test('nobody else ever gets to see it', async (t) => {
  const { app, database, confer, ask, get, path, asker, member, mails, expert, question } = await buildDiscussion(t)
  await ask()
  const before = await question()
  const lapsed = await signedIn(database, 'expert', 'Lapsed')
  await confer(undefined, { body: SAID })

  const places = [path, '/questions', '/questions.atom', '/', '/search?q=toboggan', '/categories/chiropractors.atom']
  const more = ['/sitemaps/questions-1.xml', `/experts/${expert.handle}`, '/account/questions']
  for (const { cookie } of [{ cookie: '' }, asker, member, lapsed])
    for (const url of [...places, ...more]) {
      const page = await get(url, cookie)
      assert.doesNotMatch(page.body, /look at the hip|Among colleagues|Ugo Bassi/, `${url} ${cookie}`)
    }
  assert.equal(questionData(await get(path)).commentCount, 1)
  assert.equal((await mails()).length, 1)
  const after = await question()
  assert.deepEqual([after.commentCount, after.changedAt], [1, before.changedAt])
  const { listSearchable } = await import('../../src/answers/queries.ts')
  assert.doesNotMatch(JSON.stringify(await listSearchable(app.database.read, 0, 10)), /toboggan/)
})

test('others cannot write there, nor open the form', async (t) => {
  const { confer, get, asker, member, id } = await buildDiscussion(t)
  for (const somebody of [asker, member]) {
    assert.equal((await confer(somebody)).statusCode, 403)
    assert.equal((await get(`/questions/${id}/colleague-comments/new`, somebody.cookie)).statusCode, 403)
  }
})

test('an expert or moderator who asked is nobody’s colleague below their own question', async (t) => {
  const { database, confer, get, post, expert, moderator, other, category } = await buildDiscussion(t)
  for (const asker of [expert, moderator]) {
    const { id, slug } = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
    await post(`/questions/${id}/colleague-comments`, other, { body: SAID })
    assert.doesNotMatch((await get(`/questions/${id}/${slug}`, asker.cookie)).body, /look at the hip|Among colleagues/)
    assert.equal((await post(`/questions/${id}/colleague-comments`, asker)).statusCode, 403)
  }
  assert.equal((await confer()).statusCode, 303)
})

test('colleagues may go on once the question is closed', async (t) => {
  const { confer, close } = await buildDiscussion(t)
  await close()
  assert.equal((await confer()).statusCode, 303)
})

test('a hidden one is seen by its writer and staff, not by other colleagues', async (t) => {
  const { confer, hide, get, path, expert, other, moderator } = await buildDiscussion(t)
  await confer(other, { body: SAID })
  await hide(1)

  assert.doesNotMatch((await get(path, expert.cookie)).body, /toboggan/)
  for (const { cookie } of [other, moderator]) assert.match((await get(path, cookie)).body, /toboggan/)
})

test('the page takes no query for comments where there are none, and one however many there are', async (t) => {
  const none = await buildDiscussion(t)
  const few = await buildDiscussion(t)
  const many = await buildDiscussion(t)
  await none.confer()
  await few.ask()
  for (let time = 0; time < 5; time += 1) {
    await many.ask()
    await many.reply()
  }

  const count = ({ get, path }: typeof few, cookie = '') => countQueries(() => get(path, cookie))
  await count(few)
  assert.equal((await count(few)) - (await count(none)), 1)
  assert.equal(await count(many), await count(few))
})
