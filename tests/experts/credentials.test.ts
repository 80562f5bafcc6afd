import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq, like } from 'drizzle-orm'
import { config } from '../../src/config.ts'
import {
  accounts,
  answers,
  auditEvents,
  expertCredentials,
  experts,
  outbox,
  sessions,
} from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { addCredential, removeCredential, updateCredential } from '../../src/experts/credential-queries.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { remind, tidy } from '../../src/upkeep.ts'
import { registeredExpert } from '../applications/people.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const DAY_MS = 86_400_000
const NOW = new Date('2026-03-01T12:00:00Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS)
const site = siteOf(config)

test('reminders go out 30 and 7 days before and on the day, each once, to the expert and to staff', async (t) => {
  const { database } = await build(t)
  const vera = await registeredExpert(database, inDays(40))
  await signedIn(database, 'moderator', 'Mo')
  const sentAt = async (days: number) => {
    await remind(database, site, inDays(days))
    return subjectsOf(database)
  }

  assert.deepEqual(await sentAt(9), [])
  const first = ['Credentials to check again', 'Your registration is to be checked again']
  assert.deepEqual(await sentAt(10.1), first)
  assert.deepEqual(await sentAt(20), first)
  assert.equal((await sentAt(33.5)).length, 4)
  assert.equal((await sentAt(39)).length, 4)
  assert.ok((await sentAt(40)).includes('Your registration was not checked in time'))
  assert.equal((await sentAt(80)).length, 6)
  const [mail] = await database.read.select().from(outbox).where(eq(outbox.accountId, vera.account.id))
  assert.match(mail!.text, /HCPC \(PH123\) is to be checked again by 10 April 2026/)
})

test('a server that was away tells once what it missed, and two at once tell it once', async (t) => {
  const { database } = await build(t)
  await registeredExpert(database, inDays(5))

  await Promise.all([1, 2, 3].map(() => remind(database, site, NOW)))
  assert.deepEqual(await subjectsOf(database), ['Your registration is to be checked again'])
})

test('nobody is reminded of an expert who is not verified', async (t) => {
  const { database } = await build(t)
  await registeredExpert(database, inDays(5))
  await database.write((db) => db.update(experts).set({ verifiedAt: null }))

  await remind(database, site, NOW)
  assert.deepEqual(await subjectsOf(database), [])
})

test('a lapsed credential takes the mark and the right to answer away, and renewal gives both back', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOW })
  const { app, database } = await build(t)
  const vera = await registeredExpert(database, inDays(10))
  const question = await askSomething(database)
  const isListed = async () => /Vera Lund/.test((await app.inject('/experts')).body)
  const isFound = async () => new RegExp(vera.handle).test((await app.inject('/search?q=Lund&kind=expert')).body)
  const answer = () =>
    app.inject({ url: `/questions/${question.id}/answers`, ...form({ body, key: newKey() }, { cookie: vera.cookie }) })
  assert.deepEqual([await isListed(), await isFound()], [true, true])

  t.mock.timers.setTime(inDays(10).getTime())
  await prolongSessions(database)
  await tidy(database, inDays(10))
  assert.deepEqual([await isListed(), await isFound(), (await answer()).statusCode], [false, false, 403])

  const [credential] = await database.read.select().from(expertCredentials)
  await database.write((db) => updateCredential(db, credential!, { ...credential!, checkAgainAt: inDays(400) }))
  assert.deepEqual([await isListed(), await isFound(), (await answer()).statusCode], [true, true, 303])
})

test('an expert is verified till the first of their credentials is to be checked again', async (t) => {
  const { database } = await build(t)
  const { account } = await registeredExpert(database, inDays(40))
  const until = async () => (await database.read.select().from(experts))[0]!.verifiedUntil?.getTime()
  assert.equal(await until(), inDays(40).getTime())

  const other = { issuer: 'GCC', number: '7', registerUrl: null, checkedAt: NOW }
  await database.write((db) => addCredential(db, account.id, { ...other, checkAgainAt: inDays(20) }))
  assert.equal(await until(), inDays(20).getTime())
  await database.write((db) => addCredential(db, account.id, { ...other, checkAgainAt: inDays(60) }))
  assert.equal(await until(), inDays(40).getTime())
  assert.equal(await database.read.$count(expertCredentials), 2)
})

test('two changes at once leave the right day', async (t) => {
  const { database } = await build(t)
  const { account } = await registeredExpert(database, inDays(90))
  const add = (number: number) =>
    database.write((db) =>
      addCredential(db, account.id, {
        ...{ issuer: 'GCC', number: String(number), registerUrl: null, checkedAt: NOW },
        checkAgainAt: inDays(number),
      }),
    )

  await Promise.all([50, 30, 70].map(add))
  assert.equal((await database.read.select().from(experts))[0]!.verifiedUntil?.getTime(), inDays(30).getTime())
})

test('the only credential of a verified expert is not removed', async (t) => {
  const { app, database } = await build(t)
  const { account } = await registeredExpert(database, inDays(900))
  const { cookie } = await signedIn(database, 'moderator', 'Mo')
  const remove = () => app.inject({ url: '/moderation/credentials/1?_method=DELETE', ...form({}, { cookie }) })

  const refused = await remove()
  assert.equal(refused.statusCode, 409)
  assert.match(textOf(refused), /only registration/)
  const other = { issuer: 'GCC', number: '7', registerUrl: null, checkedAt: NOW, checkAgainAt: inDays(950) }
  await database.write((db) => addCredential(db, account.id, other))
  assert.equal((await remove()).statusCode, 303)
  assert.equal(await database.write((db) => removeCredential(db, { id: 2, expertId: account.id })), false)
})

test('staff enter, check again and edit a credential, and all of it is written down', async (t) => {
  const { app, database } = await build(t)
  const vera = await verifiedExpert(database)
  const { cookie } = await signedIn(database, 'moderator', 'Mo')
  const address = `/moderation/experts/${vera.account.id}/credentials`
  assert.match(
    textOf(await app.inject({ url: address, headers: { cookie } })),
    /their verification does not end by itself/,
  )

  const checked = {
    issuer: 'HCPC',
    number: 'PH1',
    registerUrl: '',
    checkedOn: '2026-01-05',
    checkAgainOn: '2099-01-05',
  }
  assert.equal((await app.inject({ url: address, ...form(checked, { cookie }) })).statusCode, 303)
  const edit = (end: string, fields: Record<string, string>) =>
    app.inject({ url: `/moderation/credentials/1${end}`, ...form({ ...checked, ...fields }, { cookie }) })
  assert.equal((await edit('', { number: 'PH2' })).statusCode, 303)
  assert.equal((await edit('?again=1', { checkedOn: '2026-06-05', checkAgainOn: '2099-06-05' })).statusCode, 303)
  assert.equal((await edit('', { checkAgainOn: '2020-01-01' })).statusCode, 422)
  const page = textOf(await app.inject({ url: address, headers: { cookie } }))
  assert.match(page, /HCPC, PH1 .*To be checked again by 5 June 2099/)
  const events = await database.read.select({ action: auditEvents.action }).from(auditEvents)
  assert.deepEqual(
    events.map(({ action }) => action),
    ['credential-added', 'credential-edited', 'credential-renewed'],
  )
})

test('a moderator leaves their own credentials to others', async (t) => {
  const { app, database } = await build(t)
  const vera = await registeredExpert(database, inDays(900))
  await database.write((db) => db.update(accounts).set({ role: 'moderator' }))
  const { cookie } = vera

  const page = await app.inject({ url: `/moderation/experts/${vera.account.id}/credentials`, headers: { cookie } })
  assert.match(textOf(page), /These are your own: somebody else looks after them/)
  assert.equal((await app.inject({ url: '/moderation/credentials/1', headers: { cookie } })).statusCode, 403)
  assert.equal((await app.inject({ url: '/moderation/credentials/1', ...form({}, { cookie }) })).statusCode, 403)
})

test('what is due is before staff, in as many queries for many as for few', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOW })
  const { app, database } = await build(t)
  const { cookie } = await signedIn(database, 'moderator', 'Mo')
  await registeredExpert(database, inDays(31), 'Later Lind')
  await registeredExpert(database, inDays(3), 'Soon Sand')
  const open = () => app.inject({ url: '/moderation/credentials', headers: { cookie } })
  const few = await countQueries(open)
  for (let number = 0; number < 12; number += 1) await registeredExpert(database, inDays(-number), `Gone ${number}`)

  assert.equal(await countQueries(open), few)
  const page = textOf(await open())
  assert.match(page, /Gone 11.*lapsed.*Gone 0.*Soon Sand/)
  assert.doesNotMatch(page, /Later Lind/)
  assert.match(textOf(await app.inject({ url: '/moderation', headers: { cookie } })), /13 have lapsed or will/)
})

test('an answer keeps the credentials of its day', async (t) => {
  const { app, database } = await build(t)
  const vera = await registeredExpert(database, new Date(Date.now() + DAY_MS))
  const question = await askSomething(database)
  await answerSomething(database, question.id, vera.account.id, 'Rest, and then move.')
  await database.write((db) => db.update(expertCredentials).set({ number: 'PH999' }))

  const [answer] = await database.read.select().from(answers)
  assert.deepEqual(answer!.expertRegistrations, [
    { issuer: 'HCPC', number: 'PH123', registerUrl: 'https://www.hcpc-uk.org/check/PH123', checkedOn: '2026-01-05' },
  ])
  const page = await app.inject(`/questions/${question.id}/${question.slug}`)
  assert.match(textOf(page), /What we had checked HCPC, PH123/)
  assert.match(page.body, /<details class="registrations">/)
})

const body = 'Rest for two days, and then move as much as you can.'

async function subjectsOf(database: Database) {
  const mails = await database.read.select().from(outbox).where(like(outbox.subject, '%e%'))
  return mails
    .map(({ subject }) => subject)
    .filter((subject) => /registration|Credentials/.test(subject))
    .sort()
}

/** They are signed in for longer than the test travels. */
async function prolongSessions(database: Database) {
  await database.write((db) => db.update(sessions).set({ expiresAt: inDays(500) }))
}
