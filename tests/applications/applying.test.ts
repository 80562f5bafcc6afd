import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asc, eq } from 'drizzle-orm'
import { applicationFiles, applications, auditEvents, outbox } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { signedIn, textOf } from '../helper.ts'
import { jpeg } from './fixtures.ts'
import { apply, complete, licence, multipart, stage } from './people.ts'

test('a member applies, sees how far it is, and both they and staff are written to', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const reply = await apply(app, tom, complete(category.id), [licence(), { name: 'card.jpg', content: await jpeg() }])
  assert.equal(reply.statusCode, 303)

  const page = await app.inject({ url: String(reply.headers.location), headers: { cookie: tom.cookie } })
  assert.match(textOf(page), /Your application Waiting for our staff/)
  assert.match(textOf(page), /Nothing to declare/)
  assert.match(textOf(page), /licence\.pdf 1 KB/)
  const [application] = await database.read.select().from(applications)
  assert.deepEqual([application!.status, application!.interests], ['waiting', ''])
  assert.deepEqual(await subjectsOf(database), [
    'An application to look at',
    'An application to look at',
    'We have your application',
  ])
  assert.equal((await database.read.select().from(auditEvents))[0]!.action, 'application-sent')
})

test('the form works from an empty page, for whoever is signed in', async (t) => {
  const { app, tom } = await stage(t)

  const page = await app.inject({ url: '/experts/apply', headers: { cookie: tom.cookie } })
  assert.match(page.body, /enctype="multipart\/form-data"/)
  assert.match(page.body, /name="categories" value="\d+"/)
  const visitor = await app.inject('/experts/apply')
  assert.equal(visitor.headers.location, '/sign-in?next=%2Fexperts%2Fapply')
})

test('what was typed and the files that were good survive every error', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const fields = { ...complete(category.id), registerUrl: 'http://gcc.example', hasInterests: '', number: '' }
  const files = [licence(), { name: 'x.png', content: Buffer.from('<html>') }]

  const page = await apply(app, tom, fields, files)
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /Number: Please fill this in\./)
  assert.match(textOf(page), /begins with https:/)
  assert.match(textOf(page), /x\.png is neither a PDF nor a PNG or JPEG picture\./)
  assert.match(textOf(page), /Interests: Please fill this in/)
  assert.match(page.body, /value="DC, MSc"/)
  assert.match(page.body, /I have treated backs in Leeds/)
  assert.match(page.body, new RegExp(`name="categories" value="${category.id}" checked`))
  assert.match(textOf(page), /Kept already licence\.pdf/)
  assert.equal(await database.read.$count(outbox), 0)

  assert.equal((await apply(app, tom, complete(category.id), [])).statusCode, 303)
  assert.deepEqual(await filesOf(database), ['licence.pdf'])
})

test('an empty application is told all that is missing', async (t) => {
  const { app, tom } = await stage(t)

  const page = await apply(app, tom, {}, [])
  assert.equal(page.statusCode, 422)
  for (const told of [/Profession: Please fill this in/, /choose at least one category/, /add at least one file/])
    assert.match(textOf(page), told)
})

test('a draft is kept, found again, and loses the files its writer leaves out', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const fields = { ...complete(category.id), action: 'keep' }
  assert.equal((await apply(app, tom, { ...fields, number: '' })).headers.location, '/experts/apply')

  const page = await app.inject({ url: '/experts/apply', headers: { cookie: tom.cookie } })
  assert.match(page.body, /value="General Chiropractic Council"/)
  assert.match(page.body, new RegExp(`name="categories" value="${category.id}" checked`))
  const id = /name="without" value="(\d+)"/.exec(page.body)![1]!
  await apply(app, tom, { ...fields, without: id }, [])
  assert.deepEqual(await filesOf(database), [])
  assert.equal((await database.read.select().from(applications))[0]!.status, 'draft')
})

test('the same form sent twice at once makes one application with its files once', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const fields = complete(category.id)

  const replies = await Promise.all([1, 2, 3].map(() => apply(app, tom, fields)))
  assert.deepEqual(
    replies.map(({ statusCode }) => statusCode),
    [303, 303, 303],
  )
  assert.equal(new Set(replies.map(({ headers }) => headers.location)).size, 1)
  assert.equal(await database.read.$count(applications), 1)
  assert.deepEqual(await filesOf(database), ['licence.pdf'])
  assert.equal((await subjectsOf(database)).filter((subject) => /have your/.test(subject)).length, 1)
})

test('nobody has two applications open', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const first = await apply(app, tom, complete(category.id))
  const second = await apply(app, tom, { ...complete(category.id), number: '999' })

  assert.equal(second.headers.location, first.headers.location)
  assert.equal((await database.read.select().from(applications))[0]!.number, '01234')
  const page = await app.inject({ url: '/experts/apply', headers: { cookie: tom.cookie } })
  assert.equal(page.headers.location, first.headers.location)
})

test('too many files, and too large ones, are told by their names and the others kept', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const many = Array.from({ length: 10 }, (_, index) => ({ ...licence(), name: `${index}.pdf` }))
  const page = await apply(app, tom, complete(category.id), many)
  assert.equal(page.statusCode, 422)
  assert.match(textOf(page), /8\.pdf is one too many: we take 8 files/)
  assert.equal((await filesOf(database)).length, 8)

  const large = { name: 'scan.pdf', content: Buffer.alloc(11 * 1024 * 1024, '%PDF-1.4') }
  const other = await apply(app, tom, complete(category.id), [large])
  assert.match(textOf(other), /scan\.pdf is larger than 10 MB/)
  assert.match(other.body, /value="01234"/)
})

test('more files than anybody sends do not lose what was typed', async (t) => {
  const { app, category, tom } = await stage(t)
  const flood = Array.from({ length: 40 }, (_, index) => ({ ...licence(), name: `${index}.pdf` }))
  const page = await apply(app, tom, complete(category.id), flood)
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /value="General Chiropractic Council"/)
})

test('a session that ran out costs a sign-in, not the text', async (t) => {
  const { app, category, tom } = await stage(t)
  const reply = await app.inject({ url: '/experts/apply', ...multipart(complete(category.id), [licence()]) })
  assert.equal(reply.statusCode, 303)

  const next = new URL(String(reply.headers.location), 'http://x').searchParams.get('next')!
  assert.match(next, /^\/experts\/apply\?draft=/)
  const page = await app.inject({ url: next, headers: { cookie: tom.cookie } })
  assert.match(page.body, /value="General Chiropractic Council"/)
  assert.match(page.body, new RegExp(`name="categories" value="${category.id}" checked`))
})

test('an application is seen by whoever sent it and by staff alone', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  const { location } = (await apply(app, tom, complete(category.id))).headers
  const { cookie } = await signedIn(database)

  assert.equal((await app.inject({ url: String(location), headers: { cookie } })).statusCode, 404)
  assert.equal((await app.inject({ url: String(location), headers: { cookie: mo.cookie } })).statusCode, 404)
  assert.equal((await app.inject({ url: '/moderation/applications/1', headers: { cookie } })).statusCode, 403)
  assert.equal(
    (await app.inject({ url: '/moderation/applications/1/files/1', headers: { cookie: tom.cookie } })).statusCode,
    403,
  )
})

test('who withdraws an application may send another', async (t) => {
  const { app, database, category, tom } = await stage(t)
  const { location } = (await apply(app, tom, complete(category.id))).headers
  const headers = { cookie: tom.cookie, 'sec-fetch-site': 'same-origin' }
  await app.inject({ method: 'DELETE', url: String(location), headers })
  assert.match(textOf(await app.inject({ url: String(location), headers })), /Your application Withdrawn/)
  assert.equal((await app.inject({ method: 'DELETE', url: String(location), headers })).statusCode, 409)

  const form = await app.inject({ url: '/experts/apply', headers })
  assert.match(form.body, /value="DC, MSc"/)
  assert.equal((await apply(app, tom, complete(category.id))).statusCode, 303)
  const statuses = await database.read.select().from(applications).orderBy(asc(applications.id))
  assert.deepEqual(
    statuses.map(({ status }) => status),
    ['withdrawn', 'waiting'],
  )
})

test('a form of somebody else is not theirs to send', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  const fields = complete(category.id)
  await apply(app, tom, fields)

  assert.equal((await apply(app, mo, fields)).statusCode, 409)
  assert.equal(await database.read.$count(applications, eq(applications.accountId, mo.account.id)), 0)
})

const subjectsOf = async (database: Database) =>
  (await database.read.select().from(outbox)).map(({ subject }) => subject).sort()

const filesOf = async (database: Database) =>
  (await database.read.select({ name: applicationFiles.name }).from(applicationFiles)).map(({ name }) => name)
