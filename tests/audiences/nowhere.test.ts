import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerSomething } from '../fixtures.ts'
import { form } from '../helper.ts'
import { buildWithConfidence } from './confiding.ts'

/** Every address that lists, counts, finds or feeds. */
const PUBLIC = [
  ...['/', '/questions', '/questions?status=open', '/questions?status=answered', '/questions.atom', '/categories'],
  ...['/categories/spine', '/categories/spine.atom', '/categories/spine?status=answered', '/experts'],
  ...['/experts?category=spine', '/search?q=prolapse', '/search?q=quagmire', '/search?q=pelvic+floor'],
  ...['/search?q=Vera&kind=expert', '/ask?title=May+I+tell+you+of+my+prolapse', '/sitemap.xml', '/sitemaps/pages.xml'],
  ...['/sitemaps/questions-1.xml', '/robots.txt', '/about', '/about/experts', '/account/questions', '/account'],
  ...['/desk', '/desk/reviews', '/moderation', '/admin'],
]

test('what was asked in confidence shows at no address to anybody it is not for', async (t) => {
  const { get, app, database, path, question, vera, outsider, member } = await buildWithConfidence(t)
  await answerSomething(database, question.id, vera.account.id, 'Pelvic floor training helps most people.')
  const told = new RegExp(`my prolapse\\?|quagmire I am|Pelvic floor training|questions/${question.id}\\b`)
  const addresses = [...PUBLIC, `/experts/${vera.handle}`, path, `/questions/${question.id}`]

  for (const by of [undefined, member, outsider])
    for (const url of addresses) {
      const { body, statusCode } = await get(url, by)
      assert.doesNotMatch(body.replaceAll(url, ''), told, url)
      if (url.includes(`/questions/${question.id}`)) assert.equal(statusCode, 404, url)
      assert.notEqual(statusCode, 500, url)
    }
  const suggested = await app.inject({
    url: '/ask/suggestions',
    ...form({ title: question.title, body: question.body }),
  })
  assert.doesNotMatch(suggested.body, told)
})

test('nor do the addresses that stand beside it say that it is there', async (t) => {
  const { get, database, question, vera, outsider, member } = await buildWithConfidence(t)
  const answer = await answerSomething(database, question.id, vera.account.id, 'Pelvic floor training helps.')
  const beside = [
    ...['edit', 'revisions', 'referral', 'decline', 'publication', 'withdrawal', 'anonymity', 'help'].map(
      (name) => `/questions/${question.id}/${name}`,
    ),
    ...['clarifications/new', 'replies/new', 'colleague-comments/new'].map(
      (name) => `/questions/${question.id}/${name}`,
    ),
    ...['edit', 'revisions', 'incidents/new', 'follow-ups/new', 'countersigns/new'].map(
      (name) => `/answers/${answer.id}/${name}`,
    ),
  ]

  for (const by of [undefined, member, outsider])
    for (const url of beside) {
      const { body, statusCode } = await get(url, by)
      assert.doesNotMatch(body, /prolapse|quagmire|Pelvic floor/, url)
      if (by && url.startsWith('/questions')) assert.ok([403, 404].includes(statusCode), `${statusCode} ${url}`)
      assert.notEqual(statusCode, 200, url)
    }
})
