import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plantTree } from '../categories/fixtures.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

test('the first page says what this place is and lets people ask', async (t) => {
  const { app } = await build(t, { siteName: 'Bone Health' })

  const page = await app.inject('/')
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /Bone Health is a place to ask/)
  assert.match(page.body, /<form class="inline-form ask" action="\/ask">/)
  assert.match(page.body, /There are no categories yet/)
})

test('the first page is a contents page of two levels', async (t) => {
  const { app, database } = await build(t)
  await plantTree(database, ['spine', 'spine/low-back', 'spine/low-back/sciatica', 'joints'])

  const { body } = await app.inject('/')
  assert.match(body, /href="\/categories\/spine"[^>]*>Spine</)
  assert.match(body, /href="\/categories\/spine\/low-back"[^>]*>Low back</)
  assert.doesNotMatch(body, /Sciatica/)
})

test('the first page shows what was answered, not what waits', async (t) => {
  const { app, database } = await build(t)
  const { account } = await verifiedExpert(database)
  const answered = await askSomething(database, { title: 'Is heat better than ice?' })
  await askSomething(database, { title: 'May I swim with a cast?' })
  await answerSomething(database, answered.id, account.id, 'Whichever feels better.')

  const { body } = await app.inject('/')
  assert.match(body, /Is heat better than ice\?/)
  assert.doesNotMatch(body, /May I swim with a cast\?/)
})

test('a visitor chooses dark colours and comes back to the page they were on', async (t) => {
  const { app } = await build(t)

  const chosen = await app.inject({ url: '/theme', ...form({ theme: 'dark', next: '/categories' }) })
  assert.equal(chosen.statusCode, 303)
  assert.equal(chosen.headers.location, '/categories')
  const page = await app.inject({ url: '/', cookies: { theme: chosen.cookies[0]!.value } })
  assert.match(page.body, /<html lang="en" data-theme="dark">/)
})

test('the colours of the device come back', async (t) => {
  const { app } = await build(t)

  const chosen = await app.inject({ url: '/theme', ...form({ theme: 'auto' }), cookies: { theme: 'dark' } })
  assert.equal(chosen.cookies[0]!.value, '')
})

test('nobody is led to another site by choosing colours', async (t) => {
  const { app } = await build(t)

  const chosen = await app.inject({ url: '/theme', ...form({ theme: 'dark', next: '//elsewhere.example/' }) })
  assert.equal(chosen.headers.location, '/')
})

test('the menu offers staff what is theirs', async (t) => {
  const { app, database } = await build(t)
  const menuOf = async (role: 'member' | 'moderator' | 'administrator') =>
    (await app.inject({ url: '/', headers: { cookie: (await signedIn(database, role)).cookie } })).body

  assert.doesNotMatch(await menuOf('member'), /Moderation|Administration/)
  assert.match(await menuOf('moderator'), /Moderation/)
  assert.match(await menuOf('administrator'), /Administration/)
})

test('an unknown address says so and shows the ways on', async (t) => {
  const { app } = await build(t)

  const page = await app.inject('/nothing/here')
  assert.equal(page.statusCode, 404)
  assert.match(page.body, /There is nothing at this address/)
  assert.match(page.body, /All categories/)
})
