import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { answers, comments, drafts, questionLooks, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { buildWithConfidence } from '../audiences/confiding.ts'
import { newKey } from '../fixtures.ts'
import { form } from '../helper.ts'

const MISSING = 999_999

type Route = { method: string; address: string }

/** Every address that takes the number of a question, an answer or a comment, as the app itself lists them. */
function routesOf(app: FastifyInstance): Route[] {
  const parents: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', path = '', methods = ''] = /^([│├└─\s]*)(\S+)(?: \((.*)\))?$/.exec(line) ?? []
      parents.length = indent.length / 4
      parents.push(path)
      const address = parents.join('').replace('//', '/')
      return methods ? methods.split(', ').map((method) => ({ method, address })) : []
    })
    .filter(
      ({ method, address }) =>
        method !== 'HEAD' && /\/(questions|answers|comments|suggestions|safety)\/:id/.test(address),
    )
}

const WRITTEN = {
  ...{ body: 'A long enough text that somebody wrote.', reason: 'A long enough reason that somebody gave.' },
  ...{ title: 'Is heat better than ice?', category: 'spine', basis: '1', kind: 'in-person', stance: 'agrees' },
  ...{ warned: 'yes', 'consent-health-data': '1', 'consent-publication': '1' },
}

type Reply = Awaited<ReturnType<FastifyInstance['inject']>>

/** What somebody is told, without the number they asked for, which they know, and what is new each time. */
const told = ({ statusCode, headers, body }: Reply) => ({
  statusCode,
  location: blank(String(headers.location)),
  body: blank(body),
})

const blank = (text: string) =>
  text
    .replace(/((?:questions|answers|comments|safety|suggestions)(?:\/|%2F))\d+/g, '$1N')
    .replace(/(draft(?:=|%3D))[\w-]+/g, '$1K')
    .replace(/value="[\w-]{32}"/g, 'value="K"')

const NOT_FOR_OTHERS = {
  'asked in confidence': { audience: 'experts' },
  'that its asker sleeps on': { publishAt: new Date(Date.now() + 86_400_000) },
  'in confidence that its asker sleeps on': { audience: 'expert', publishAt: new Date(Date.now() + 86_400_000) },
  'held before it was published': { publishAt: new Date(), heldAt: new Date(), hiddenReason: 'Held' },
  'in confidence that is held': { audience: 'experts', heldAt: new Date(), hiddenReason: 'Held' },
} as const

for (const [what, standing] of Object.entries(NOT_FOR_OTHERS))
  test(`of a question ${what} no address tells a stranger more than of a number that does not exist`, async (t) => {
    const { app, database, question, vera, outsider, member } = await buildWithConfidence(t)
    await database.write((db) =>
      db
        .update(questions)
        .set({ audience: null, ...standing })
        .where(eq(questions.id, question.id)),
    )
    const { numbers } = await plantBelow(database, question.id, vera.account.id)
    const strangers = { member, outsider, nobody: undefined }
    for (const { method, address } of routesOf(app))
      for (const [name, stranger] of Object.entries(strangers))
        for (const fields of method === 'POST' ? [{}, WRITTEN] : [{}]) {
          const ask = async (id: number) => {
            const url = address.replace(':id', String(id)).replace(':slug', question.slug)
            const sent = form({ ...fields, key: newKey() }, stranger && { cookie: stranger.cookie })
            return told(
              await app.inject({
                ...sent,
                url,
                method: method as 'POST',
                ...(method === 'POST' ? {} : { payload: undefined }),
              }),
            )
          }
          const number =
            numbers[/(questions|answers|comments|safety|suggestions)\/:id/.exec(address)![1] as keyof typeof numbers]
          assert.deepEqual(await ask(number), await ask(MISSING), `${method} ${address} by ${name}`)
        }
    const kept = await database.read.select({ questionId: drafts.questionId }).from(drafts)
    assert.deepEqual(
      kept.filter(({ questionId }) => questionId !== null),
      [],
    )
    const looks = await database.read.select().from(questionLooks)
    assert.deepEqual(looks, [])
  })

/** An answer and a comment, and the numbers by which each kind of address names them. */
async function plantBelow(database: Database, questionId: number, expertId: number) {
  const [question] = await database.read.select().from(questions).where(eq(questions.id, questionId))
  const answer = await database.write((db) =>
    db
      .insert(answers)
      .values({
        questionId,
        expertId,
        expertName: 'Vera Lund',
        expertProfession: 'Physiotherapist',
        expertCredentials: 'MSc',
        body: 'Training helps.',
        bodyHtml: '<p>Training helps.</p>',
        submissionKey: newKey(),
      })
      .returning(),
  )
  const comment = await database.write((db) =>
    db
      .insert(comments)
      .values({
        questionId,
        kind: 'clarification',
        authorId: expertId,
        authorName: 'Vera Lund',
        isByAsker: false,
        body: 'Since when?',
        bodyHtml: '<p>Since when?</p>',
        submissionKey: newKey(),
      })
      .returning(),
  )
  const [a, c] = [answer[0]!.id, comment[0]!.id]
  return {
    question,
    numbers: { questions: questionId, answers: a, comments: c, safety: questionId, suggestions: questionId },
  }
}

test('no draft can be tied to it, and none tells that it is there', async (t) => {
  const { database, post, question, member, vera } = await buildWithConfidence(t)
  const write = (questionId: number, by: { cookie: string }) =>
    post('/drafts', by, { key: newKey(), questionId: String(questionId), body: 'What I have written so far.' })

  assert.deepEqual(told(await write(question.id, member)), told(await write(MISSING, member)))
  assert.equal((await write(question.id, vera)).statusCode, 204)
  const kept = await database.read.select({ accountId: drafts.accountId }).from(drafts)
  assert.deepEqual(kept, [{ accountId: vera.account.id }])
})

test('an expert who was signed out while they answered in confidence finds their text again', async (t) => {
  const { app, question, get, vera } = await buildWithConfidence(t)
  const body = 'Pelvic floor training helps most people.'
  const sent = await app.inject({ url: `/questions/${question.id}/answers`, ...form({ body, key: newKey() }) })

  const next = new URL(String(sent.headers.location), 'http://here').searchParams.get('next')!
  const led = await get(next, vera)
  const page = led.statusCode === 200 ? led : await get(String(led.headers.location), vera)
  assert.match(page.body, new RegExp(body))
})

test('a comment that is not for them is nothing to whoever is signed in', async (t) => {
  const { app, database, question, vera, member, thomas } = await buildWithConfidence(t)
  const { numbers } = await plantBelow(database, question.id, vera.account.id)
  await database.write(async (db) => {
    await db.update(questions).set({ audience: null, hiddenAt: null }).where(eq(questions.id, question.id))
    await db.update(comments).set({ kind: 'colleague' }).where(eq(comments.id, numbers.comments))
  })
  const take = async (id: number, by: { cookie: string }) =>
    told(await app.inject({ url: `/comments/${id}/withdrawal`, ...form({}, { cookie: by.cookie }) }))

  assert.deepEqual(await take(numbers.comments, member), await take(MISSING, member))
  assert.equal((await take(numbers.comments, thomas)).statusCode, 403)
})
