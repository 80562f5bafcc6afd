import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createLink } from '../../src/accounts/link-queries.ts'
import { createAccount } from '../../src/accounts/queries.ts'
import { ADA, browser, open } from './browser.ts'

test('the link from the terminal makes its reader the administrator, once', async (t) => {
  const { visitor, path, token, app } = await openWithLink(t)
  const page = await visitor.get(path)
  assert.match(page.body, /Become the administrator/)

  const made = await visitor.post('/first-administrator', { token, ...ADA })
  assert.equal(made.statusCode, 303)
  assert.equal(made.headers.location, '/admin')
  assert.equal((await visitor.get('/admin')).statusCode, 200)

  const other = browser(app)
  assert.equal((await other.get(path)).statusCode, 410)
  const again = await other.post('/first-administrator', { token, ...ADA, email: 'eve@example.org' })
  assert.equal(again.statusCode, 410)
})

test('what is wrong is said at its field, and the link still works', async (t) => {
  const { visitor, token } = await openWithLink(t)
  const wrong = await visitor.post('/first-administrator', { token, name: 'Ada', email: 'ada', password: 'x' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /Please write an e-mail address/)
  assert.match(wrong.body, /value="Ada"/)
  const easy = await visitor.post('/first-administrator', { token, ...ADA, password: 'password1234' })
  assert.match(easy.body, /Others could guess this one/)

  assert.equal((await visitor.post('/first-administrator', { token, ...ADA })).statusCode, 303)
})

test('an address that has an account is not taken over', async (t) => {
  const { visitor, token, database } = await openWithLink(t)
  await database.write((db) => createAccount(db, ADA))
  const refused = await visitor.post('/first-administrator', { token, ...ADA })
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, /There is an account with this e-mail address already/)
})

test('no link works beside an administrator', async (t) => {
  const { visitor, path, token, database } = await openWithLink(t)
  await database.write((db) => createAccount(db, { ...ADA, role: 'administrator' }))
  assert.equal((await visitor.get(path)).statusCode, 410)
  const refused = await visitor.post('/first-administrator', { token, ...ADA, email: 'eve@example.org' })
  assert.equal(refused.statusCode, 410)
})

test('without the link there is no way', async (t) => {
  const { visitor } = await open(t)
  assert.equal((await visitor.get('/first-administrator')).statusCode, 410)
  assert.equal((await visitor.post('/first-administrator', { token: 'guessed', ...ADA })).statusCode, 410)
})

async function openWithLink(t: TestContext) {
  const forum = await open(t)
  const token = await forum.database.write((db) => createLink(db, 'first-administrator', {}))
  return { ...forum, token, path: `/first-administrator?token=${token}` }
}
