import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Database } from '../../src/database/types.ts'
import { indexExpert } from '../../src/experts/queries.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, signedIn, textOf } from '../helper.ts'

test('a search shows questions with what experts answered, and marks what was looked for', async (t) => {
  const { app } = await buildWithQuestions(t)

  const page = await app.inject('/search?q=sciatica')
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /Does <mark>sciatica<\/mark> go away by itself\?/)
  assert.match(textOf(page), /Vera Lund, Physiotherapist Sciatica often settles/)
  assert.doesNotMatch(page.body, /Which shoes for a bunion/)
})

test('other forms of a word are found and marked as well', async (t) => {
  const { app } = await buildWithQuestions(t)

  assert.match((await app.inject('/search?q=bunions')).body, /Which shoes for a <mark>bunion<\/mark>\?/)
})

test('experts and categories are found too, and each kind can be looked at alone', async (t) => {
  const { app } = await buildWithQuestions(t)

  assert.match(textOf(await app.inject('/search?q=feet')), /Category/)
  const experts = textOf(await app.inject('/search?q=physiotherapist&kind=expert'))
  assert.match(experts, /Vera Lund Verified expert/)
  assert.doesNotMatch(experts, /go away by itself/)
})

test('filters narrow a search down, and say how much each would find', async (t) => {
  const { app } = await buildWithQuestions(t)

  const all = textOf(await app.inject('/search?q=sciatica&kind=question'))
  assert.match(all, /2 results/)
  assert.match(all, /Answered 1 Waiting 1/)
  assert.match(all, /Feet 1/)
  assert.match(all, /In the last 7 days 1 In the last 30 days 1 In the last 12 months \d/)
  const answered = textOf(await app.inject('/search?q=sciatica&status=answered'))
  assert.match(answered, /Does sciatica go away by itself/)
  assert.doesNotMatch(answered, /Sciatica in the foot/)
  assert.match(
    textOf(await app.inject('/search?q=sciatica&category=feet&kind=question')),
    /1 result .*Sciatica in the foot/,
  )
  assert.match(
    textOf(await app.inject('/search?q=sciatica&kind=question&since=week')),
    /1 result .*Sciatica in the foot/,
  )
})

test('the form keeps the filters of the page it stands on', async (t) => {
  const { app } = await buildWithQuestions(t)

  const { body } = await app.inject('/search?q=sciatica&category=feet')
  assert.match(body, /<input type="hidden" name="category" value="feet">/)
})

test('the newest come first where somebody wants that', async (t) => {
  const { app } = await buildWithQuestions(t)

  const { body } = await app.inject('/search?q=sciatica&kind=question&sort=date')
  assert.ok(body.indexOf('in the foot') < body.indexOf('go away by itself'))
})

test('a misspelt word leads to the right one', async (t) => {
  const { app } = await buildWithQuestions(t)

  const { body } = await app.inject('/search?q=sciatca+relief')
  assert.match(body, /Did you mean: <a href="\/search\?q=sciatica\+relief"/)
})

test('where nothing is found there are ways on', async (t) => {
  const { app } = await buildWithQuestions(t)

  const page = await app.inject('/search?q=xylophone&category=feet&status=open')
  assert.match(textOf(page), /Nothing here fits xylophone/)
  assert.match(page.body, /Search in all categories/)
  assert.match(page.body, /Search answered and waiting questions/)
  assert.match(page.body, /href="\/ask\?title=xylophone"/)
})

test('a category that is none is said to be none', async (t) => {
  const { app } = await buildWithQuestions(t)

  assert.match(textOf(await app.inject('/search?q=sciatica&category=astrology')), /There is no category at “astrology”/)
})

test('results go on page by page, with none twice and none left out', async (t) => {
  const { app, database } = await build(t)
  await askMany(database, 45)

  const seen: string[] = []
  let url: string | undefined = '/search?q=number&kind=question'
  while (url) {
    const { body }: { body: string } = await app.inject(url)
    seen.push(...[...body.matchAll(/<\/mark> (\d+)<\/a>/g)].map(([, number]) => number!))
    url = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.equal(new Set(seen).size, 45)
  assert.equal(seen.length, 45)
})

test('many results take as many queries as few', async (t) => {
  const few = await build(t)
  await askMany(few.database, 2)
  const many = await build(t)
  await askMany(many.database, 60)

  const url = '/search?q=number'
  assert.equal(await countQueries(() => few.app.inject(url)), await countQueries(() => many.app.inject(url)))
})

test('no page of a search is for search engines', async (t) => {
  const { app } = await build(t)

  const { body } = await app.inject('/search?q=sciatica')
  assert.match(body, /<meta name="robots" content="noindex">/)
  assert.match(body, /rel="canonical" href="[^"]*\/search"/)
})

test('a long search says that only its beginning counts', async (t) => {
  const { app } = await buildWithQuestions(t)

  const page = textOf(await app.inject(`/search?q=sciatica+${'and+so+on+'.repeat(100)}`))
  assert.match(page, /Only its beginning was searched for/)
  assert.match(page, /go away by itself/)
})

test('what is no word is said to be none', async (t) => {
  const { app } = await build(t)

  for (const q of ['🙂🙃', '%%%', '"', '-', '…'])
    assert.match(textOf(await app.inject(`/search?q=${encodeURIComponent(q)}`)), /There is no word in that/, q)
})

test('markup in a search and in what it finds is text', async (t) => {
  const { app, database } = await build(t)
  await askSomething(database, { title: 'Is <img src=x onerror=alert(1)> in my knee bad?' })

  const { body } = await app.inject(`/search?q=${encodeURIComponent('"><script>alert(1)</script> knee img')}`)
  assert.doesNotMatch(body, /<script>alert|<img/)
  assert.match(body, /&lt;<mark>img<\/mark> src=x/)
})

test('every page has a search box, and a link to it where there is no room', async (t) => {
  const { app } = await build(t)

  const { body } = await app.inject('/')
  assert.match(body, /<form class="site-search" role="search" action="\/search">/)
  assert.match(body, /<a href="\/search">/)
})

const HOSTILE = [
  '',
  ' ',
  '\0',
  'knee\0pain',
  '"',
  '""',
  '"unbalanced',
  "o'neil",
  '-',
  '--',
  '-"',
  'category:',
  'category:/',
  'category:../..',
  'category:%',
  '%',
  '_',
  '%_%',
  '\\',
  '*',
  'a*',
  '(',
  ')',
  '((',
  'AND',
  'OR NOT',
  'NEAR(',
  'a AND',
  '^',
  ':',
  'title:x',
  '{title} : x',
  '&',
  '|',
  '!',
  '<->',
  "'); drop table questions; --",
  '\u202eknee',
  'שלום עולם',
  'مفصل',
  '膝蓋',
  '🦴',
  '👩‍⚕️',
  '\ud800',
  'e\u0301',
  '\ufeff',
  '١٢٣',
  'x'.repeat(5_000),
  'word '.repeat(2_000),
  '"'.repeat(999),
  '-'.repeat(999),
  'a -b -c -d "e f" "g',
]

test('nothing that can be typed breaks the search', async (t) => {
  const { app } = await buildWithQuestions(t)

  for (const q of HOSTILE) {
    const address = `/search?${new URLSearchParams({ q })}`
    if (address.length > 12_000) continue
    const page = await app.inject(address)
    assert.equal(page.statusCode, 200, JSON.stringify(q.slice(0, 40)))
  }
})

test('no filter that can be typed breaks the search', async (t) => {
  const { app } = await buildWithQuestions(t)

  const names = ['q', 'kind', 'category', 'status', 'since', 'sort', 'after']
  for (const value of HOSTILE.filter(({ length }) => length < 1_000))
    for (const name of names) {
      const address = `/search?${new URLSearchParams([
        ['q', 'sciatica'],
        [name, value],
      ])}`
      assert.equal((await app.inject(address)).statusCode, 200, address)
    }
})

test('fifty filters, each of them twice, show a page', async (t) => {
  const { app } = await buildWithQuestions(t)

  const many = Array.from({ length: 50 }, (_, index) => `category=feet&status=open&filter${index}=x&q[]=a&kind[x]=y`)
  assert.equal((await app.inject(`/search?q=knee&q=sciatica&${many.join('&')}`)).statusCode, 200)
})

test('random searches show a page', async (t) => {
  const { app } = await buildWithQuestions(t)

  const pieces = [
    'sciatica',
    '"',
    '-',
    ' ',
    'category:',
    '(',
    ')',
    '*',
    '%',
    '_',
    "'",
    '\\',
    '\0',
    'é',
    '🙂',
    ':',
    'OR',
    '&',
    '|',
    '<',
  ]
  for (let round = 0; round < 150; round += 1) {
    const q = Array.from({ length: 12 }, () => pieces[Math.floor(Math.random() * pieces.length)]).join('')
    assert.equal((await app.inject(`/search?${new URLSearchParams({ q })}`)).statusCode, 200, JSON.stringify(q))
  }
})

async function buildWithQuestions(t: TestContext) {
  const built = await build(t)
  const { database } = built
  const { account } = await verifiedExpert(database)
  await database.write((db) => indexExpert(db, account.id))
  const feet = await plantCategory(database, 'Feet')
  const old = { createdAt: new Date('2024-01-01') }
  const answered = await askSomething(database, { title: 'Does sciatica go away by itself?', ...old })
  await answerSomething(database, answered.id, account.id, 'Sciatica often settles within weeks.')
  await askSomething(database, { title: 'Sciatica in the foot only', categoryId: feet.id })
  await askSomething(database, { title: 'Which shoes for a bunion?', categoryId: feet.id })
  return built
}

async function askMany(database: Database, count: number) {
  const { account } = await signedIn(database)
  const category = await plantCategory(database)
  for (let number = 1; number <= count; number += 1)
    await askSomething(database, { askerId: account.id, categoryId: category.id, title: `Question number ${number}` })
}
