import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { changeRole } from '../../src/admin/queries.ts'
import { accounts, experts } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { countQueries } from '../count-queries.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

test('accounts are found by a part of their name or address', async (t) => {
  const { admin, database } = await buildWithAdmin(t)
  const { account } = await signedIn(database, 'member', 'Grace 100% Hopper')

  assert.match((await admin('/admin/accounts?q=HOPPER')).body, /Grace 100% Hopper/)
  assert.match((await admin(`/admin/accounts?q=${account.email.slice(0, 12)}`)).body, /Grace 100% Hopper/)
  assert.match((await admin('/admin/accounts?q=0%25')).body, /Grace 100% Hopper/)
  assert.match(textOf(await admin('/admin/accounts?q=G%25H')), /Nobody here/)
})

test('accounts follow page by page, in as many queries for many as for few', async (t) => {
  const { admin, database } = await buildWithAdmin(t)
  for (let number = 1; number <= 9; number += 1) await signedIn(database, 'member', `Member ${number}`)
  const few = await countQueries(() => admin('/admin/accounts'))
  for (let number = 10; number <= 45; number += 1) await signedIn(database, 'member', `Member ${number}`)

  assert.equal(await countQueries(() => admin('/admin/accounts')), few)
  const seen = await namesOnAllPages(admin, '/admin/accounts?q=member')
  assert.deepEqual(
    seen,
    Array.from({ length: 45 }, (_, index) => `Member ${45 - index}`),
  )
})

test('a role is changed, and that is recorded', async (t) => {
  const { admin, database, post } = await buildWithAdmin(t)
  const { account } = await signedIn(database, 'member', 'Grace')

  await post(`/admin/accounts/${account.id}/role`, { role: 'moderator' })
  assert.equal(await roleOf(database, account.id), 'moderator')
  assert.match(textOf(await admin(`/admin/accounts/${account.id}`)), /Ada changed a role Grace member → moderator/)
  assert.match((await admin('/admin/accounts?show=staff')).body, /Grace/)
})

test('an unknown role is refused', async (t) => {
  const { database, post } = await buildWithAdmin(t)
  const { account } = await signedIn(database, 'member', 'Grace')

  const page = await post(`/admin/accounts/${account.id}/role`, { role: 'owner' })
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Please choose one of the list/)
})

test('the last administrator stays one', async (t) => {
  const { ada, database, post } = await buildWithAdmin(t)

  const page = await post(`/admin/accounts/${ada.id}/role`, { role: 'member' })
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /make another administrator first/)
  assert.equal(await roleOf(database, ada.id), 'administrator')
})

test('two administrators who end each other at once leave one', async (t) => {
  const { ada, database } = await buildWithAdmin(t)
  const { account: eve } = await signedIn(database, 'administrator', 'Eve')

  const results = await Promise.all([ada.id, eve.id].map((id) => database.write((db) => changeRole(db, id, 'member'))))
  assert.deepEqual(results.sort(), [false, true])
})

test('an expert gets a profile, is verified, and can lose that again', async (t) => {
  const { admin, database, post } = await buildWithAdmin(t)
  const { account } = await signedIn(database, 'member', 'Tom Reed')
  const address = `/admin/accounts/${account.id}`

  assert.match((await admin(`${address}/expert`)).body, /value="tom-reed"/)
  await post(`${address}/expert`, { ...reed, country: 'gb', biography: 'Ten years of **backs**.' })
  assert.match((await admin('/admin/accounts?show=unverified')).body, /Tom Reed/)
  assert.match(textOf(await admin('/admin')), /1 expert waits to be verified/)

  await post(`${address}/verification`, {})
  assert.equal(await roleOf(database, account.id), 'expert')
  const [expert] = await database.read.select().from(experts)
  assert.ok(expert?.verifiedAt)
  assert.equal(expert.country, 'GB')
  assert.match(expert.biographyHtml ?? '', /<strong>backs<\/strong>/)

  await post(`${address}/verification?_method=DELETE`, {})
  assert.equal(await roleOf(database, account.id), 'member')
  assert.match(
    textOf(await admin(address)),
    /withdrew the verification of an expert Tom Reed.*verified an expert.*edited the profile/,
  )
})

test('a profile that is not complete comes back with what was typed', async (t) => {
  const { database, post } = await buildWithAdmin(t)
  const { account } = await signedIn(database, 'member', 'Tom Reed')

  const page = await post(`/admin/accounts/${account.id}/expert`, { handle: 'Tom Reed', profession: 'Chiropractor' })
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Credentials: Please fill this in\. Address: This cannot be read/)
  assert.match(page.body, /value="Chiropractor"/)
})

test('two experts cannot have one address', async (t) => {
  const { database, post } = await buildWithAdmin(t)
  const [first, second] = [await signedIn(database, 'member', 'Tom'), await signedIn(database, 'member', 'Ann')]
  await post(`/admin/accounts/${first.account.id}/expert`, reed)

  const page = await post(`/admin/accounts/${second.account.id}/expert`, reed)
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Another page has this address already/)
})

test('without a profile there is nothing to verify', async (t) => {
  const { database, post } = await buildWithAdmin(t)
  const { account } = await signedIn(database)

  assert.equal((await post(`/admin/accounts/${account.id}/verification`, {})).statusCode, 409)
})

test('an account that is not there is not found', async (t) => {
  const { admin, post } = await buildWithAdmin(t)

  for (const address of ['999', '999/expert', 'x'])
    assert.equal((await admin(`/admin/accounts/${address}`)).statusCode, 404)
  assert.equal((await post('/admin/accounts/999/role', { role: 'member' })).statusCode, 404)
})

const reed = { handle: 'tom-reed', profession: 'Chiropractor', credentials: 'DC' }

async function buildWithAdmin(t: TestContext) {
  const { app, database } = await build(t)
  const { account: ada, cookie } = await signedIn(database, 'administrator', 'Ada')
  return {
    ada,
    database,
    admin: (url: string) => app.inject({ url, headers: { cookie } }),
    post: (url: string, fields: Record<string, string>) => app.inject({ url, ...form(fields, { cookie }) }),
  }
}

async function roleOf(database: Database, id: number) {
  const [account] = await database.read.select({ role: accounts.role }).from(accounts).where(eq(accounts.id, id))
  return account?.role
}

async function namesOnAllPages(get: (url: string) => Promise<{ body: string }>, first: string) {
  const names: string[] = []
  let address: string | undefined = first
  while (address) {
    const { body } = await get(address)
    names.push(...[...body.matchAll(/>(Member \d+)</g)].map(([, name]) => name!))
    address = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  return names
}
