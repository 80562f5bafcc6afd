import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accounts, applicationFiles, applications, expertCredentials, experts } from '../../src/database/schema.ts'
import { tidy } from '../../src/upkeep.ts'
import { newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'
import { pdf } from './fixtures.ts'
import { apply, complete, licence, multipart, registeredExpert, stage } from './people.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

test('an expert hands in a renewal, and staff who check it prolong their verification', async (t) => {
  const { app, database } = await build(t)
  const vera = await registeredExpert(database, inDays(-1))
  const { cookie } = await signedIn(database, 'moderator', 'Mo')
  assert.match(
    textOf(await app.inject({ url: '/experts/credentials', headers: { cookie: vera.cookie } })),
    /Was to be checked again by/,
  )
  const address = '/experts/credentials/1/renewal'
  const send = (fields: Record<string, string>) =>
    app.inject({
      url: address,
      ...multipart({ key: newKey(), ...fields }, [{ name: 'card.pdf', content: pdf() }], { cookie: vera.cookie }),
    })

  const wrong = await send({ number: 'PH9', registerUrl: 'http://hcpc.example' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /value="PH9"/)
  assert.match(textOf(wrong), /Kept already card\.pdf/)
  const renewal = { number: 'PH9', registerUrl: 'https://www.hcpc-uk.org/check/PH9' }
  assert.equal((await send({ ...renewal, remark: 'I have moved.' })).headers.location, '/experts/applications/1')
  assert.equal((await send(renewal)).headers.location, '/experts/applications/1')
  assert.equal(await database.read.$count(applicationFiles), 1)

  const review = await app.inject({ url: '/moderation/applications/1', headers: { cookie } })
  assert.match(textOf(review), /Renewal.*I have moved\./)
  const checked = { issuer: 'HCPC', ...renewal, checkedOn: '2026-01-05', checkAgainOn: '2099-01-05' }
  await app.inject({ url: '/moderation/applications/1/renewal', ...form(checked, { cookie }) })
  const [credential] = await database.read.select().from(expertCredentials)
  assert.deepEqual([credential!.number, credential!.checkAgainAt], ['PH9', new Date('2099-01-05')])
  assert.equal((await database.read.select().from(experts))[0]!.verifiedUntil?.getFullYear(), 2099)
})

test('a renewal and an application do not stand in each other’s way', async (t) => {
  const { app, database, category } = await stage(t)
  const vera = await registeredExpert(database, inDays(900))
  await apply(app, vera, complete(category.id), [])
  const fields = { key: newKey(), number: 'PH9', registerUrl: 'https://www.hcpc-uk.org/check/PH9' }
  const headers = { cookie: vera.cookie }
  await app.inject({ url: '/experts/credentials/1/renewal', ...multipart(fields, [], headers) })

  assert.equal(await database.read.$count(applications, eq(applications.status, 'waiting')), 2)
})

test('nobody hands in a renewal for somebody else', async (t) => {
  const { app, database } = await build(t)
  await registeredExpert(database, inDays(900))
  const other = await verifiedExpert(database, 'Otto Berg')

  const { cookie } = other
  assert.equal((await app.inject({ url: '/experts/credentials/1/renewal', headers: { cookie } })).statusCode, 404)
  const sending = multipart({ key: newKey(), number: '1', registerUrl: 'https://a.example' }, [], { cookie })
  assert.equal((await app.inject({ url: '/experts/credentials/1/renewal', ...sending })).statusCode, 404)
})

test('files go 30 days after the decision, and drafts 30 days after their last change', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  await apply(app, tom, complete(category.id))
  const refusal = form({ reason: 'You are not in the register.' }, { cookie: mo.cookie })
  await app.inject({ url: '/moderation/applications/1/refusal', ...refusal })
  await apply(app, mo, { ...complete(category.id), action: 'keep' }, [licence()])
  const later = (days: number) => new Date(Date.now() + days * DAY_MS)

  await tidy(database, later(29))
  assert.equal(await database.read.$count(applicationFiles), 2)
  await tidy(database, later(31))
  assert.equal(await database.read.$count(applicationFiles), 0)
  assert.equal(await database.read.$count(applications), 1)
})

test('files of an application that waits are never deleted', async (t) => {
  const { app, database, category, tom } = await stage(t)
  await apply(app, tom, complete(category.id))

  await tidy(database, new Date(Date.now() + 400 * DAY_MS))
  assert.equal(await database.read.$count(applicationFiles), 1)
})

test('closing an account takes its applications and files along', async (t) => {
  const { app, database, category, tom } = await stage(t)
  await apply(app, tom, complete(category.id))
  await database.write((db) => db.delete(accounts).where(eq(accounts.id, tom.account.id)))

  assert.deepEqual([await database.read.$count(applications), await database.read.$count(applicationFiles)], [0, 0])
})
