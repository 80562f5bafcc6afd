import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { auditEvents, safetyRules } from '../../src/database/schema.ts'
import { originalRules } from '../../src/safety/rule-files.ts'
import { saveChange } from '../../src/safety/rule-queries.ts'
import { countQueries } from '../count-queries.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const HEART = '/admin/safety/flag/heart'

test('an administrator tries a text and sees which rule fires where', async (t) => {
  const { post } = await buildForum(t)

  const page = await post('/admin/safety/trial', { text: 'Crushing chest pain, and no fever at all. <b>Help</b>' })
  assert.match(textOf(page), /1 flag is raised The heart/)
  assert.match(page.body, /<mark>Crushing/)
  assert.match(textOf(page), /fever \S.* negated/)
  assert.match(page.body, /&lt;b&gt;Help/)
})

test('a changed rule holds at once, is written down, and can be brought back as it came', async (t) => {
  const { app, database, post, get } = await buildForum(t)
  const { rule } = ruleIn(await get(HEART))

  const saved = await post(HEART, { rule: rule.replace('name: The heart', 'name: Heart and chest\nisOff: true') })
  assert.equal(saved.statusCode, 303)
  assert.ok(!(await flagsIn(app, 'Crushing chest pain and I am sweating.')).includes('heart'))
  assert.match(textOf(await get('/admin/safety')), /Heart and chest.*Changed by you.*Off/)
  const restored = await post(`${HEART}?_method=DELETE`, {})
  assert.equal(restored.statusCode, 303)
  assert.deepEqual(await flagsIn(app, 'Crushing chest pain and I am sweating.'), ['heart'])
  const events = await database.read.select().from(auditEvents).orderBy(auditEvents.id)
  assert.deepEqual(
    events.map(({ action, reason }) => [action, reason]),
    [
      ['safety-rule-edited', 'flag heart'],
      ['safety-rule-restored', 'flag heart'],
    ],
  )
})

test('a word added to a list is understood', async (t) => {
  const { app, post, get } = await buildForum(t)
  const text = 'My back is bad and my flumpet is numb.'
  assert.ok(!(await flagsIn(app, text)).includes('cauda-equina'))

  const path = '/admin/safety/concept/saddle'
  const { rule } = ruleIn(await get(path))
  await post(path, { rule: rule.replace('groin,', 'groin, flumpet,') })
  assert.ok((await flagsIn(app, text)).includes('cauda-equina'))
})

test('a rule that cannot be read, or names words there are not, is not saved', async (t) => {
  const { database, post, get } = await buildForum(t)
  const { rule } = ruleIn(await get(HEART))

  for (const [typed, problem] of [
    ['name: [', /Please correct|rule/i],
    ['name: The heart', /title|text|required/],
    [rule.replace('chest pain & radiating', 'chest pain & nonsense'), /no list of words called “nonsense”/],
  ] as const) {
    const page = await post(HEART, { rule: typed })
    assert.equal(page.statusCode, 422)
    assert.match(textOf(page), problem)
  }
  assert.equal(await database.read.$count(safetyRules), 0)
})

test('an update of the rules never undoes what an administrator changed, and says that it differs', async (t) => {
  const { database, get, admin } = await buildForum(t)
  const rule = { ...originalRules().flags.heart!, name: 'Ours' }
  const change = { kind: 'flag' as const, key: 'heart', rule, originalHash: 'of an older one' }
  await database.write((db) => saveChange(db, { ...change, editedById: admin.account.id }, new Date()))

  const page = await get(HEART)
  assert.match(textOf(page), /The original has changed since this was made from it/)
  assert.match(page.body, /name: Ours/)
})

test('a changed rule that no longer fits the others leaves the original ones in force', async (t) => {
  const { app, database, admin } = await buildForum(t)
  const rule = { ...originalRules().flags.heart!, when: ['gone + missing'] }
  const change = { kind: 'flag' as const, key: 'heart', rule, editedById: admin.account.id }
  await database.write((db) => saveChange(db, change, new Date()))

  assert.equal((await app.safety.check('Crushing chest pain and I am sweating.'))[0]?.flag, 'heart')
})

test('only administrators see and change rules', async (t) => {
  const { app, database } = await buildForum(t)
  for (const role of ['member', 'expert', 'moderator'] as const) {
    const { cookie } = await signedIn(database, role)
    assert.equal((await app.inject({ url: '/admin/safety', headers: { cookie } })).statusCode, 403)
    assert.equal((await app.inject({ url: HEART, ...form({ rule: 'x' }, { cookie }) })).statusCode, 403)
  }
})

test('the list of rules takes as many queries with many changes as with none', async (t) => {
  const { database, get, admin } = await buildForum(t)
  const before = await countQueries(() => get('/admin/safety'))
  for (const [key, rule] of Object.entries(originalRules().flags).slice(0, 8))
    await database.write((db) => saveChange(db, { kind: 'flag', key, rule, editedById: admin.account.id }, new Date()))

  assert.equal(await countQueries(() => get('/admin/safety')), before)
})

test('a rule that is saved as it was stays the one that came', async (t) => {
  const { get, post, database } = await buildForum(t)
  for (const path of [HEART, '/admin/safety/country/GB', '/admin/safety/concept/saddle']) {
    const { rule } = ruleIn(await get(path))
    assert.equal((await post(path, { rule })).statusCode, 303)
  }
  assert.equal(await database.read.$count(safetyRules), 0)
  assert.doesNotMatch(textOf(await get('/admin/safety')), /Changed by you/)
})

const wrongRules: [string, (rule: string) => string, RegExp][] = [
  ['an empty title', (rule) => rule.replace(/^title: .*$/m, 'title: ""'), /“title” is one line of 1 to 200 characters/],
  ['no title', (rule) => rule.replace(/^title: .*$/m, ''), /“title” is missing/],
  [
    'another severity',
    (rule) => rule.replace(/^severity: .*$/m, 'severity: dire'),
    /one of these: emergency, urgent, crisis/,
  ],
  ['a field there is not', (rule) => `${rule}\ncolour: red`, /There is no field “colour”/],
]
for (const [what, change, problem] of wrongRules)
  test(`what is wrong with a rule is said in plain words: ${what}`, async (t) => {
    const { get, post } = await buildForum(t)
    const { rule } = ruleIn(await get(HEART))
    const reply = await post(HEART, { rule: change(rule) })
    assert.equal(reply.statusCode, 422)
    assert.match(textOf(reply), problem)
    assert.doesNotMatch(textOf(reply), /must match|must be/)
  })

const flagsIn = async (app: FastifyInstance, text: string) => (await app.safety.check(text)).map(({ flag }) => flag)

async function buildForum(t: TestContext) {
  const { app, database } = await build(t)
  const admin = await signedIn(database, 'administrator')
  const { cookie } = admin
  return {
    app,
    database,
    admin,
    get: (url: string) => app.inject({ url, headers: { cookie } }),
    post: (url: string, fields: Record<string, string>) => app.inject({ url, ...form(fields, { cookie }) }),
  }
}

function ruleIn({ body }: { body: string }) {
  const [, rule = ''] = /<textarea[^>]*name="rule"[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(body) ?? []
  return {
    rule: rule.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  }
}
