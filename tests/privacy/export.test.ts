import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { recordEvent } from '../../src/audit/queries.ts'
import {
  applicationFiles,
  applications,
  drafts,
  expertCredentials,
  outbox,
  questionLooks,
  questions,
  safetyMarks,
  thanks,
} from '../../src/database/schema.ts'
import { queueMail } from '../../src/notifications/queries.ts'
import { updateQuestion } from '../../src/questions/queries.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'
import { filesIn } from './archives.ts'

test('the page of one’s data leads to a copy, to consents and to leaving', async (t) => {
  const { app, cookie } = await buildWithLife(t)

  const page = await app.inject({ url: '/account/data', headers: { cookie } })
  assert.match(textOf(page), /Download my data.*What you allow.*Close your account, with or without your texts/)
  assert.equal((await app.inject('/account/data')).statusCode, 303)
  assert.equal((await app.inject({ url: '/account/data', ...form({}) })).statusCode, 303)
})

test('the copy holds all that is theirs, to read and for programs', async (t) => {
  const { app, cookie } = await buildWithLife(t)

  const files = await filesIn(await download(app, cookie))
  assert.deepEqual(Object.keys(files).sort(), ['README.txt', 'data.html', 'data.json'])
  const data = JSON.parse(files['data.json']!)
  assert.equal(data.account[0].name, 'Ada Lovelace')
  assert.equal(data.questions.length, 2)
  assert.match(data.questions[0].body, /stiff since the weekend/)
  assert.equal(data.drafts[0].fields.body, 'Half of it')
  assert.deepEqual(
    data.mails.map((mail: { subject: string }) => mail.subject),
    ['Your question has an answer'],
  )
  assert.equal(data.consents[0].kind, 'health-data')
  assert.match(files['data.html']!, /<h2>Your questions<\/h2>[\s\S]*stiff since the weekend/)
})

test('the page reads as people speak: names, dates in words, and no numbers of ours', async (t) => {
  const { app, cookie, database, account } = await buildWithLife(t)
  const now = new Date('2026-11-02T10:15:00Z')
  await database.write(async (db) => {
    await db.update(questions).set({ createdAt: now, flaggedAt: now, pausedSeconds: 987_654 })
    await db.insert(thanks).values({ answerId: 1, accountId: account.id })
    await db.insert(safetyMarks).values({ questionId: 1, flag: 'cauda-equina', createdAt: now })
    await db.update(drafts).set({ fields: { title: 'Half a title', body: 'Half of it', seen: 'zzqq' } })
  })
  const html = (await filesIn(await download(app, cookie)))['data.html']!
  const text = textOf({ body: html.replace(/<style>.*<\/style>/, '') })
  assert.match(text, /Your question Is heat better than ice\?.* Category Topic-.* Who may read it Everybody/)
  assert.match(text, /Asked 2 November 2026 at 10:15 UTC/)
  assert.match(text, /When our program last took something in it for urgent 2 November 2026/)
  assert.match(
    text,
    /is often wrong, and says nothing about you.*The advice that belongs to it This needs a hospital today/,
  )
  assert.match(text, /For an answer to Is heat better than ice\? \(answered by Vera Lund\)/)
  assert.match(text, /Half a title Half of it/)
  assert.match(text, /For Keeping what you tell us about your health The words you read You may store/)
  assert.match(text, /What there is nothing of .*Earlier versions of what you wrote/)
  assert.doesNotMatch(text, /[{}"]|\bid\b|987654|Paused|zzqq|null|undefined|health-data/i)
})

test('it holds nothing of anybody else, and no secrets', async (t) => {
  const { app, cookie } = await buildWithLife(t)

  const files = await filesIn(await download(app, cookie))
  const all = Object.values(files).join('\n')
  for (const foreign of [/Somebody else/, /Warmth, if you like it/, /"token"/, /"password"/, /submissionKey/])
    assert.doesNotMatch(all, foreign)
})

test('what is written into the page cannot become markup', async (t) => {
  const { app, cookie, database, account } = await buildWithLife(t)
  await askSomething(database, { askerId: account.id, title: 'Is <script>alert(1)</script> a danger?' })

  const files = await filesIn(await download(app, cookie))
  assert.doesNotMatch(files['data.html']!, /<script/)
})

test('an account of any size is read page by page', async (t) => {
  const { app, cookie, database, account } = await buildWithLife(t)
  const many = Array.from({ length: 230 }, () => ({
    accountId: account.id,
    recipient: 'a@b.example',
    subject: 'One of many',
    text: '',
  }))
  await database.write((db) => db.insert(outbox).values(many))

  const files = await filesIn(await download(app, cookie))
  assert.equal(JSON.parse(files['data.json']!).mails.length, 231)
})

test('an expert finds their answers and credentials in it', async (t) => {
  const { app, database } = await build(t)
  const { account, cookie } = await verifiedExpert(database)
  const { id } = await askSomething(database)
  await answerSomething(database, id, account.id, 'Warmth, if you like it.')
  const checked = { issuer: 'HCPC', number: 'PH 1', checkedAt: new Date(), checkAgainAt: new Date() }
  await database.write((db) => db.insert(expertCredentials).values({ expertId: account.id, ...checked }))

  const data = JSON.parse((await filesIn(await download(app, cookie)))['data.json']!)
  assert.match(data.answers[0].body, /Warmth/)
  assert.equal(data.credentials[0].number, 'PH 1')
})

test('it holds the words that were agreed to, who looked, and the files that were handed in', async (t) => {
  const { app, cookie, database, account } = await buildWithLife(t)
  const { id: questionId } = await askSomething(database, { askerId: account.id, audience: 'experts' })
  const { account: expert } = await verifiedExpert(database, 'Otto Berg')
  const now = new Date()
  const look = { questionId, day: '2026-11-22', firstAt: now, lastAt: now }
  const applied = await plantApplication(database, account.id)
  const { account: staff } = await signedIn(database, 'moderator', 'Mo Staff')
  await database.write(async (db) => {
    await db.insert(questionLooks).values([
      { ...look, accountId: expert.id, isStaff: false },
      { ...look, accountId: staff.id, isStaff: true },
    ])
    const file = { mediaType: 'application/pdf', size: 4, content: Buffer.from('%PDF') }
    await db.insert(applicationFiles).values({ ...file, applicationId: applied, name: '../my/diploma.pdf' })
    const reveal = { action: 'asker-revealed', subjectKind: 'question' as const, subjectId: questionId }
    await recordEvent(db, { ...reveal, reason: 'The police asked' })
  })

  const files = await filesIn(await download(app, cookie))
  const data = JSON.parse(files['data.json']!)
  assert.match(data.consents[0].text, /You may store what I write about my health/)
  assert.deepEqual(
    data['looks-at-yours'].map(({ by }: { by: string }) => by),
    ['Otto Berg', 'staff'],
  )
  assert.equal(data.reveals[0].reason, 'The police asked')
  const [name] = Object.keys(files).filter((file) => file.startsWith('files/'))
  assert.match(name!, /^files\/\d+-[^/]*diploma\.pdf$/)
  assert.equal(files[name!], '%PDF')
})

test('an earlier version goes to whoever wrote it, not to staff who changed it', async (t) => {
  const { app, cookie, database, account } = await buildWithLife(t)
  const moderator = await signedIn(database, 'moderator')
  const question = await askSomething(database, { askerId: account.id, body: 'I live at the old mill, and it hurts.' })
  const edit = { title: question.title, body: 'It hurts.', categoryId: question.categoryId }
  await database.write((db) => updateQuestion(db, question, { ...edit, editorId: moderator.account.id }))

  const own = await filesIn(await download(app, cookie))
  assert.match(own['data.json']!, /old mill/)
  const staffs = await filesIn(await download(app, moderator.cookie))
  assert.doesNotMatch(staffs['data.json']!, /old mill/)
})

type App = Awaited<ReturnType<typeof build>>['app']

async function download(app: App, cookie: string) {
  const reply = await app.inject({ url: '/account/data', ...form({}, { cookie }) })
  assert.equal(reply.statusCode, 200)
  assert.equal(reply.headers['content-type'], 'application/zip')
  assert.match(reply.headers['content-disposition'] as string, /attachment; filename="my-data-/)
  assert.match(reply.headers['cache-control'] as string, /no-store/)
  return reply.rawPayload
}

async function buildWithLife(t: TestContext) {
  const { app, database } = await build(t)
  const { account, cookie } = await signedIn(database, 'member', 'Ada Lovelace')
  const first = await askSomething(database, { askerId: account.id })
  await askSomething(database, { askerId: account.id, title: 'And what about cold?' })
  await askSomething(database, { title: 'Somebody else asks' })
  const { account: expert } = await verifiedExpert(database)
  await answerSomething(database, first.id, expert.id, 'Warmth, if you like it.')
  const expiresAt = new Date(Date.now() + 3_600_000)
  await database.write(async (db) => {
    await db.insert(drafts).values({ key: newKey(), accountId: account.id, fields: { body: 'Half of it' }, expiresAt })
    await queueMail(db, {
      accountId: account.id,
      recipient: account.email,
      subject: 'Your question has an answer',
      text: 'x',
    })
  })
  return { app, database, account, cookie }
}

async function plantApplication(database: Awaited<ReturnType<typeof build>>['database'], accountId: number) {
  const facts = { profession: 'Physiotherapist', credentials: 'MSc', issuer: 'HCPC', number: 'PH 1', country: 'GB' }
  const [row] = await database.write((db) =>
    db
      .insert(applications)
      .values({ ...facts, accountId, registerUrl: 'https://x.example', biography: '', submissionKey: newKey() })
      .returning({ id: applications.id }),
  )
  return row!.id
}
