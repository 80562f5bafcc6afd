import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import {
  accounts,
  applicationFiles,
  auditEvents,
  expertCategories,
  expertCredentials,
  experts,
  outbox,
  professionCategories,
  professions,
} from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { plantCategory, verifiedExpert } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'
import { jpeg } from './fixtures.ts'
import { apply, complete, licence, multipart, stage } from './people.ts'

const ADDRESS = '/moderation/applications/1'
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

test('a moderator accepts an application for fewer categories than were wanted', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  const other = await plantCategory(database, 'Spine')
  await apply(app, tom, { ...complete(category.id), categories: [String(category.id), String(other.id)] })
  const page = await app.inject({ url: ADDRESS, headers: { cookie: mo.cookie } })
  assert.match(page.body, /href="https:\/\/www\.gcc-uk\.org\/find\/01234"/)
  assert.match(page.body, new RegExp(`value="${inDays(0)}"`))

  const reply = await app.inject({ url: `${ADDRESS}/acceptance`, ...form(acceptance(category.id), as(mo)) })
  assert.equal(reply.statusCode, 303)
  const [expert] = await database.read.select().from(experts)
  assert.deepEqual(
    [expert!.handle, expert!.profession, expert!.country, expert!.interests],
    ['tom-reed', 'Chiropractor', 'GB', ''],
  )
  assert.equal(expert!.verifiedUntil?.toISOString().slice(0, 10), inDays(365))
  const [credential] = await database.read.select().from(expertCredentials)
  assert.deepEqual([credential!.issuer, credential!.number], ['General Chiropractic Council', '01234'])
  assert.deepEqual(
    (await database.read.select().from(expertCategories)).map(({ categoryId }) => categoryId),
    [category.id],
  )
  const [account] = await database.read.select().from(accounts).where(eq(accounts.id, tom.account.id))
  assert.equal(account!.role, 'expert')
  assert.match(textOf(await app.inject('/experts/tom-reed')), /Tom Reed/)
  assert.match((await lastMail(database)).text, /you may answer questions in: Chiropractors\./)
  assert.match(textOf(await app.inject({ url: ADDRESS, headers: as(mo) })), /Mo accepted it on/)
})

test('of two who decide at once one wins, and the other is told', async (t) => {
  const { app, database, category, tom, mo, ada } = await stage(t)
  await apply(app, tom, complete(category.id))

  const replies = await Promise.all([
    app.inject({ url: `${ADDRESS}/acceptance`, ...form(acceptance(category.id), as(mo)) }),
    app.inject({ url: `${ADDRESS}/refusal`, ...form({ reason: 'We could not find you in the register.' }, as(ada)) }),
  ])
  assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [303, 409])
  const lost = replies.find(({ statusCode }) => statusCode === 409)!
  assert.match(textOf(lost), /Somebody else has decided on this meanwhile/)
  const decisions = await database.read.$count(auditEvents, eq(auditEvents.action, 'application-accepted'))
  assert.equal(await database.read.$count(experts), decisions)
})

test('staff ask back, the applicant answers with another file, and it waits again', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  await apply(app, tom, complete(category.id))
  await app.inject({ url: `${ADDRESS}/messages`, ...form({ body: 'Which branch is that?' }, as(mo)) })
  assert.match((await lastMail(database)).text, /Which branch is that\?/)

  const own = '/experts/applications/1'
  assert.match(
    textOf(await app.inject({ url: own, headers: as(tom) })),
    /We have a question for you.*Which branch is that\?/,
  )
  const files = [{ name: 'branch.jpg', content: await jpeg() }]
  const reply = await app.inject({
    url: `${own}/messages`,
    ...multipart({ body: 'Leeds.' }, files, { cookie: tom.cookie }),
  })
  assert.equal(reply.statusCode, 303)
  const page = textOf(await app.inject({ url: ADDRESS, headers: as(mo) }))
  assert.match(page, /Waiting for our staff/)
  assert.match(page, /branch\.jpg.*Leeds\./)
  assert.equal((await lastMail(database)).subject, 'An applicant has written back')
})

test('an answer with nothing in it, or a bad file, comes back', async (t) => {
  const { app, category, tom } = await stage(t)
  await apply(app, tom, complete(category.id))
  const own = '/experts/applications/1/messages'
  const send = (files: { name: string; content: Buffer }[]) =>
    app.inject({ url: own, ...multipart({ body: '' }, files, { cookie: tom.cookie }) })

  assert.match(textOf(await send([])), /Please write something, or choose a file/)
  assert.match(textOf(await send([{ name: 'x.pdf', content: Buffer.from('x') }])), /x\.pdf is neither a PDF/)
})

test('a refusal takes a reason, which is mailed', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  await apply(app, tom, complete(category.id))
  const refuse = (reason: string) => app.inject({ url: `${ADDRESS}/refusal`, ...form({ reason }, as(mo)) })

  assert.equal((await refuse('No.')).statusCode, 422)
  assert.equal((await refuse('You are not in the register any more.')).statusCode, 303)
  assert.match((await lastMail(database)).text, /Why: You are not in the register any more\./)
  assert.match(
    textOf(await app.inject({ url: '/experts/applications/1', headers: as(tom) })),
    /not in the register any more/,
  )
  assert.equal(await database.read.$count(experts), 0)
  assert.equal((await apply(app, tom, complete(category.id))).statusCode, 303)
})

test('nobody decides on their own application, nor looks at its files as staff', async (t) => {
  const { app, category, mo, ada } = await stage(t)
  await apply(app, mo, complete(category.id))

  assert.match(textOf(await app.inject({ url: ADDRESS, headers: as(mo) })), /This is your own: somebody else decides/)
  for (const end of ['acceptance', 'refusal', 'messages']) {
    const reply = await app.inject({
      url: `${ADDRESS}/${end}`,
      ...form({ reason: 'Because I say so.', body: 'x' }, as(mo)),
    })
    assert.equal(reply.statusCode, 403, end)
  }
  assert.equal((await app.inject({ url: `${ADDRESS}/files/1`, headers: as(mo) })).statusCode, 403)
  assert.equal((await app.inject({ url: `${ADDRESS}/files/1`, headers: as(ada) })).statusCode, 200)
})

test('a file is handed out so that no browser opens it, and each look is written down', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  await apply(app, tom, complete(category.id), [{ ...licence(), name: 'My licence.html' }])

  const file = await app.inject({ url: `${ADDRESS}/files/1`, headers: as(mo) })
  assert.equal(file.headers['content-type'], 'application/pdf')
  assert.equal(file.headers['content-disposition'], "attachment; filename*=UTF-8''My%20licence.pdf")
  assert.equal(file.headers['x-content-type-options'], 'nosniff')
  assert.match(String(file.headers['content-security-policy']), /default-src 'none'.*sandbox/)
  assert.match(String(file.headers['cache-control']), /no-store/)
  assert.deepEqual(file.rawPayload, (await database.read.select().from(applicationFiles))[0]!.content)
  const looks = eq(auditEvents.action, 'application-file-opened')
  assert.equal(await database.read.$count(auditEvents, looks), 1)
  assert.match(
    textOf(await app.inject({ url: ADDRESS, headers: as(mo) })),
    /Mo opened a file of an application Tom Reed My licence\.pdf/,
  )
  assert.equal((await app.inject({ url: `${ADDRESS}/files/99`, headers: as(mo) })).statusCode, 404)
})

test('an acceptance that makes no sense comes back with what was chosen', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  const spine = await plantCategory(database, 'Spine')
  const [profession] = await database.write((db) => db.insert(professions).values({ name: 'Surgeon' }).returning())
  await database.write((db) =>
    db.insert(professionCategories).values({ professionId: profession!.id, categoryId: spine.id }),
  )
  await apply(app, tom, complete(category.id))
  const accept = (fields: Record<string, string>) =>
    app.inject({ url: `${ADDRESS}/acceptance`, ...form({ ...acceptance(category.id), ...fields }, as(mo)) })

  assert.match(
    textOf(await accept({ profession: String(profession!.id) })),
    /profession may not answer in any of these/,
  )
  assert.match(textOf(await accept({ categories: '' })), /choose at least one category/)
  assert.match(textOf(await accept({ checkedOn: inDays(2) })), /That day is still to come/)
  assert.match(textOf(await accept({ checkAgainOn: inDays(0) })), /choose a day that is still to come/)
  assert.match(textOf(await accept({ registerUrl: 'javascript:alert(1)' })), /begins with https/)
  const page = await accept({ title: '' })
  assert.equal(page.statusCode, 422)
  assert.doesNotMatch(page.body, /value="Doctor of Chiropractic"/)
  assert.match(page.body, /value="BSc \(Chiro\)"/)
  assert.equal(await database.read.$count(experts), 0)
})

test('who has changed their name since is not accepted under it', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  await apply(app, tom, complete(category.id))
  await database.write((db) => db.update(accounts).set({ name: 'Dr Who' }).where(eq(accounts.id, tom.account.id)))

  const fields = { ...acceptance(category.id), name: 'Tom Reed' }
  const reply = await app.inject({ url: `${ADDRESS}/acceptance`, ...form(fields, as(mo)) })
  assert.equal(reply.statusCode, 409)
  assert.match(textOf(reply), /changed their name/)
  assert.equal(await database.read.$count(experts), 0)
})

test('two experts of one name have two addresses, and none takes that of a page', async (t) => {
  const { app, database, category, mo } = await stage(t)
  for (const [index, name] of ['Ann Lee', 'Ann Lee', 'Apply'].entries()) {
    await apply(app, await signedIn(database, 'member', name), complete(category.id))
    const url = `/moderation/applications/${index + 1}/acceptance`
    await app.inject({ url, ...form({ ...acceptance(category.id), number: `${index}` }, as(mo)) })
  }
  const handles = (await database.read.select().from(experts)).map(({ handle }) => handle)
  assert.deepEqual(handles.sort(), ['ann-lee', 'ann-lee-2', 'apply-2'])
})

test('an expert applies for more categories, and gets them beside their own', async (t) => {
  const { app, database, category, mo } = await stage(t)
  const vera = await verifiedExpert(database)
  await database.write((db) =>
    db.insert(expertCategories).values({ expertId: vera.account.id, categoryId: category.id }),
  )
  const spine = await plantCategory(database, 'Spine')
  const begun = await app.inject({ url: '/experts/apply', headers: as(vera) })
  assert.match(begun.body, /value="MSc, MCSP"/)
  await apply(app, vera, { ...complete(spine.id), title: 'Physiotherapist' }, [])

  const page = await app.inject({ url: ADDRESS, headers: as(mo) })
  for (const { id } of [category, spine]) assert.match(page.body, new RegExp(`value="${id}" checked`))
  const accepting = form({ ...acceptance(spine.id), categories: `${spine.id}` }, as(mo))
  await app.inject({
    url: `${ADDRESS}/acceptance`,
    ...accepting,
    payload: `${accepting.payload}&categories=${category.id}`,
  })
  assert.equal(await database.read.$count(expertCategories), 2)
  const [expert] = await database.read.select().from(experts)
  assert.equal(expert!.handle, vera.handle)
})

test('the queue has the oldest first, in as many queries for many as for few', async (t) => {
  const { app, database, category, tom, mo } = await stage(t)
  await apply(app, tom, complete(category.id))
  const open = (query = '') => app.inject({ url: `/moderation/applications${query}`, headers: as(mo) })
  const few = await countQueries(() => open())
  for (let number = 1; number <= 24; number += 1)
    await apply(app, await signedIn(database, 'member', `Member ${number}.`), complete(category.id))

  assert.equal(await countQueries(() => open()), few)
  const first = await open()
  assert.match(textOf(first), /Open \(25\)/)
  assert.match(textOf(first), /Tom Reed.*Member 1\..*Member 19\./)
  assert.doesNotMatch(textOf(first), /Member 20\./)
  const next = /href="[^"]*(\?after=[^"]+)"/.exec(first.body)![1]!
  assert.match(textOf(await open(next)), /Member 20\..*Member 24\./)
  assert.match(textOf(await open('?status=refused')), /Nothing here/)
  assert.equal((await app.inject({ url: '/moderation/applications', headers: as(tom) })).statusCode, 403)
  assert.match(textOf(await app.inject({ url: '/moderation', headers: as(mo) })), /25 applications/)
})

const acceptance = (categoryId: number) => ({
  profession: 'other',
  title: 'Chiropractor',
  credentials: 'BSc (Chiro)',
  categories: String(categoryId),
  issuer: 'General Chiropractic Council',
  number: '01234',
  registerUrl: 'https://www.gcc-uk.org/find/01234',
  checkedOn: inDays(0),
  checkAgainOn: inDays(365),
})

type Database = Awaited<ReturnType<typeof stage>>['database']

async function lastMail(database: Database) {
  const mails = await database.read.select().from(outbox).orderBy(outbox.id)
  return mails.at(-1)!
}

const as = ({ cookie }: { cookie: string }) => ({ cookie })
