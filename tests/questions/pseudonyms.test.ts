import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { config } from '../../src/config.ts'
import { type accounts, outbox, questions } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { answerSomething, newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, emptyDatabase, form, signedIn, textOf } from '../helper.ts'

const ASKED = { body: 'It has been stiff since the weekend and I wonder what to do.' }
const ANSWER = 'Whichever eases it. Neither heals anything, and both feel good.'

type Account = typeof accounts.$inferSelect

/** Whatever of an account could give somebody away who reads it elsewhere. */
const traces = ({ name, email }: Account) => [...name.split(' '), email, email.split('@')[0]!]

const assertUntraced = (text: string, account: Account, where: string) => {
  for (const trace of traces(account)) assert.ok(!text.includes(trace), `${where} tells "${trace}"`)
}

async function ask(app: FastifyInstance, cookie: string, category: string, title: string) {
  const fields = { ...ASKED, title, category, key: newKey(), considered: 'true' }
  const posted = await app.inject({ url: '/ask', ...form(fields, { cookie }) })
  const [, id] = /\/questions\/(\d+)\//.exec(String(posted.headers.location)) ?? []
  assert.ok(id, `${posted.statusCode} ${textOf(posted).slice(0, 400)}`)
  return { id: Number(id), path: new URL(String(posted.headers.location), 'http://x').pathname }
}

async function world(database: Database) {
  const asker = await signedIn(database, 'member', 'Wilhelmina Quartermaine')
  const expert = await verifiedExpert(database)
  const { path } = await plantCategory(database)
  return { asker, expert, category: path }
}

test('nothing that others can open leads from a question to its account', async (t) => {
  const { app, database } = await build(t)
  const { asker, expert, category } = await world(database)
  const { id, path } = await ask(app, asker.cookie, category, 'Is heat better than ice?')
  await answerSomething(database, id, expert.account.id, ANSWER)

  const places = ['/', '/questions', '/questions.atom', `/categories/${category}`, `/categories/${category}.atom`]
  const more = [
    '/sitemap.xml',
    '/sitemap/questions-0.xml',
    '/search?q=heat+ice',
    '/experts',
    `/experts/${expert.handle}`,
  ]
  for (const url of [path, ...places, ...more]) {
    for (const cookie of ['', expert.cookie]) {
      const reply = await app.inject({ url, headers: { cookie } })
      assertUntraced(`${reply.body} ${JSON.stringify(reply.headers)}`, asker.account, url)
    }
  }
})

test('the asker has no page, and their pseudonym leads nowhere', async (t) => {
  const { app, database } = await build(t)
  const { asker, category } = await world(database)
  const { path } = await ask(app, asker.cookie, category, 'Is heat better than ice?')
  const { body } = await app.inject(path)
  const [, name] = /Asked by ([^<]+)/.exec(body)!
  assert.doesNotMatch(body, new RegExp(`<a[^>]*>[^<]*${name}`))
  const [, data] = /application\/ld\+json">(.*?)<\/script>/s.exec(body)!
  const { author } = JSON.parse(data!)['@graph'][0].mainEntity
  assert.deepEqual(Object.keys(author).sort(), ['@type', 'name'])
})

test('two questions of one account have nothing in common but their words', async (t) => {
  const { app, database } = await build(t)
  const { asker, category } = await world(database)
  const other = await signedIn(database, 'member', 'Somebody Else')
  const paths = [
    (await ask(app, asker.cookie, category, 'Is heat better than ice?')).path,
    (await ask(app, asker.cookie, category, 'May I swim with a sore knee?')).path,
    (await ask(app, other.cookie, category, 'Does gardening wear out hips?')).path,
  ]
  const words = await Promise.all(
    paths.map(async (path) => {
      const main = /<main[\s\S]*<\/main>/.exec((await app.inject(path)).body)![0]
      const tokens = main.replace(/<time[^>]*>/g, '').match(/[\p{L}\p{N}][\p{L}\p{N}_-]{3,}/gu) ?? []
      return new Set(tokens)
    }),
  )
  const common = (a: Set<string>, b: Set<string>) => [...a].filter((word) => b.has(word)).sort()
  const sameAsker = common(words[0]!, words[1]!)
  const strangers = common(words[0]!, words[2]!)
  assert.deepEqual(
    sameAsker.filter((word) => !strangers.includes(word)),
    [],
  )
})

test('mail to experts and the log tell nothing of the account either', async (t) => {
  const lines: string[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  const database = await emptyDatabase(t)
  const { buildApp } = await import('../../src/app.ts')
  const settings = { ...config, secret: 'only-for-tests-only-for-tests-only-for-tests' }
  const app = await buildApp(database, settings, { logger: { level: 'trace', stream } })
  t.after(() => app.close())
  const { asker, expert, category } = await world(database)
  const { id } = await ask(app, asker.cookie, category, 'Is heat better than ice?')
  await app.inject({
    url: `/questions/${id}/answers`,
    ...form({ body: ANSWER, key: newKey() }, { cookie: expert.cookie }),
  })

  assert.notEqual(lines.length, 0)
  assertUntraced(lines.join(''), asker.account, 'the log')
  for (const { recipient, subject, text } of await database.read.select().from(outbox))
    if (recipient !== asker.account.email) assertUntraced(`${subject} ${text}`, asker.account, `mail to ${recipient}`)
})

test('pseudonyms come from chance, not from the account or its age', async (t) => {
  const { app, database } = await build(t)
  const { asker, category } = await world(database)
  const titles = ['Is heat better than ice?', 'May I swim with a sore knee?', 'Does gardening wear out hips?']
  for (const title of titles) await ask(app, asker.cookie, category, title)
  const rows = await database.read.select().from(questions)
  assert.equal(new Set(rows.map(({ askerName }) => askerName)).size, titles.length)
  for (const { askerName } of rows) assert.doesNotMatch(askerName, new RegExp(`\\b${asker.account.id}\\b$`))
})

test('the asker sees when staff looked up who they are, and why; nobody else does', async (t) => {
  const { app, database } = await build(t)
  const { asker, category } = await world(database)
  const { id, path } = await ask(app, asker.cookie, category, 'Is heat better than ice?')
  const moderator = await signedIn(database, 'moderator')
  const reason = 'They wrote that they might be in danger.'
  await app.inject({ url: `/moderation/questions/${id}/asker`, ...form({ reason }, { cookie: moderator.cookie }) })

  const own = textOf(await app.inject({ url: path, headers: { cookie: asker.cookie } }))
  assert.match(own, /Our staff looked up who asked this/)
  assert.ok(own.includes(reason))
  for (const cookie of ['', moderator.cookie, (await signedIn(database)).cookie])
    assert.ok(!textOf(await app.inject({ url: path, headers: { cookie } })).includes(reason))
})
