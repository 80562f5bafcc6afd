import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { tellAddressee } from '../../src/audiences/mails.ts'
import { config } from '../../src/config.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { publishDue } from '../../src/privacy/publishing.ts'
import { questionPath } from '../../src/questions/views.ts'
import { buildWithAsker, HARMLESS, URGENT } from '../asking/asker.ts'
import { signedIn, textOf } from '../helper.ts'

test('before they go on, whoever sleeps on it is told that moderators read it', async (t) => {
  const { ask } = await buildWithAsker(t, { publishAfter: [0, 24] })

  assert.match(textOf(await ask({ ...URGENT, publishIn: '24' })), /Moderators can read it from then on/)
  assert.doesNotMatch(textOf(await ask({ ...URGENT, publishIn: '0' })), /Moderators can read it from then on/)
})

test('moderators are told at once where they can read it, and read it there alone', async (t) => {
  const { get, moderator, stored, path, url } = await buildAsleep(t)

  const { mails } = await stored()
  assert.deepEqual([mails.length, mails[0]!.recipient], [1, moderator.account.email])
  assert.ok(mails[0]!.text.includes(url))
  const queue = textOf(await get('/moderation/safety', moderator))
  assert.match(queue, /A question that is not published yet/)
  assert.doesNotMatch(queue, /Numb after lifting/)
  assert.match(textOf(await get(url, moderator)), /Numb after lifting.*my groin is numb/)
  assert.equal((await get(path, moderator)).statusCode, 404)
})

test('nobody else reads it there', async (t) => {
  const { get, url, database } = await buildAsleep(t)

  const member = await signedIn(database, 'member', 'Nora')
  assert.equal((await get(url, member)).statusCode, 403)
  assert.notEqual((await get(url)).statusCode, 200)
})

test('its asker knows that moderators can read it, and when one of them did', async (t) => {
  const { get, asker, moderator, path, url } = await buildAsleep(t)

  const before = textOf(await get(path, asker))
  assert.match(before, /Only you and our moderators can see this question/)
  assert.doesNotMatch(before, /Only you can see|A moderator has read it/)
  await get(url, moderator)
  assert.match(textOf(await get(path, asker)), /A moderator has read it/)
})

test('who asked it is looked up with a reason, which its asker reads', async (t) => {
  const { get, post, asker, moderator, path, id } = await buildAsleep(t)

  const address = `/moderation/questions/${id}/asker`
  assert.doesNotMatch((await get(address, moderator)).body, /Numb after lifting/)
  const shown = await post(address, { reason: 'They may be in danger' }, moderator)
  assert.ok(shown.body.includes(asker.account.email))
  assert.match(textOf(await get(path, asker)), /They may be in danger/)
})

test('deleted before it is published, its asker is not told that nobody has seen it', async (t) => {
  const { get, post, asker, id, stored } = await buildAsleep(t)

  assert.match(textOf(await get(`/questions/${id}/withdrawal`, asker)), /Nobody but our moderators has seen it/)
  await post(`/questions/${id}/withdrawal`, {})
  assert.deepEqual((await stored()).questions, [])
})

test('once it is published the link in the mail leads to it, and nobody is mailed a second time', async (t) => {
  const { get, moderator, database, stored, url } = await buildAsleep(t)

  const site = siteOf(config)
  const later = new Date(Date.now() + 25 * 3_600_000)
  await publishDue(database, later, (db, id) => tellAddressee(db, site, id))
  const { mails, questions } = await stored()
  assert.equal(mails.length, 1)
  const led = await get(url, moderator)
  assert.equal(led.headers.location, `/moderation/safety/${questions[0]!.id}`)
  assert.match((await get('/moderation/safety', moderator)).body, /Numb after lifting/)
})

test('what is harmless nobody but its asker reads', async (t) => {
  const { ask, get, asker, moderator, stored } = await buildWithAsker(t, { publishAfter: [0, 24] })

  await ask({ ...HARMLESS, publishIn: '24' })
  const { questions, mails } = await stored()
  assert.match(textOf(await get(questionPath(questions[0]!), asker)), /Only you can see this question/)
  assert.equal((await get(`/moderation/safety/${questions[0]!.id}`, moderator)).statusCode, 404)
  assert.equal((await get(`/moderation/questions/${questions[0]!.id}/asker`, moderator)).statusCode, 404)
  assert.deepEqual(mails, [])
})

async function buildAsleep(t: TestContext) {
  const built = await buildWithAsker(t, { publishAfter: [0, 24] })
  const posted = await built.ask({ ...URGENT, publishIn: '24', warned: 'cauda-equina' })
  const { questions } = await built.stored()
  const { id } = questions[0]!
  return { ...built, posted, id, path: questionPath(questions[0]!), url: `/moderation/safety/${id}` }
}
