import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { search, suggest } from '../../src/search/searching.ts'
import { askSomething } from '../fixtures.ts'
import { emptyDatabase } from '../helper.ts'

const TITLES = [
  'How is a herniated disc treated?',
  'What causes a herniated disc?',
  'Active release technique for a tight calf',
  'Can physiotherapy help with carpal tunnel syndrome?',
  'Are bisphosphonates safe for the jaw?',
  'Pain in the neck at night',
  'Neck brace or no neck brace?',
  'Is ibuprofen safe with a stomach ulcer?',
]

const database = await emptyDatabase({ after })
for (const [index, title] of TITLES.entries())
  await askSomething(database, { title, body: 'Please tell me.', createdAt: new Date(2026, 0, index + 1) })

async function find(text: string) {
  const { hits } = await search(database.read, { text, limit: 20, filters: { kind: 'question' } })
  return hits.map(({ id }) => TITLES[id - 1]!)
}

test('lay words find clinical ones', async () => {
  assert.match((await find('slipped disk'))[0]!, /herniated disc/)
  assert.match((await find('ART'))[0]!, /Active release/)
  assert.match((await find('Advil'))[0]!, /ibuprofen/)
})

test('a misspelt word is understood, and said to be', async () => {
  const { corrections, hits } = await search(database.read, { text: 'bisfosphonates', limit: 5 })
  assert.deepEqual(corrections, [{ typed: 'bisfosphonate', meant: 'bisphosphonate' }])
  assert.equal(hits.length, 1)
})

test('slips in questions and in searches are seen through, and so are words run together', async (t) => {
  const own = await emptyDatabase(t)
  const ask = (title: string) => askSomething(own, { title, body: 'Please tell me.' })
  for (const number of Array.from({ length: 12 }).keys()) await ask(`Does a stomach ulcer bleed at ${number}?`)
  const slip = await ask('Burning in my stoamch')
  const idsOf = async (text: string) =>
    (await search(own.read, { text, limit: 20, filters: { kind: 'question' } })).hits.map(({ id }) => id)
  assert.ok((await idsOf('burning stomach')).includes(slip.id))
  assert.equal((await idsOf('stoamch')).length, 13)
  const { corrections, total } = await search(own.read, { text: 'stomachulcer', limit: 5 })
  assert.deepEqual(corrections, [{ typed: 'stomachulcer', meant: 'stomach ulcer' }])
  assert.equal(total, 12)
})

test('what is asked of it tells two questions about one thing apart', async () => {
  assert.equal((await find('treatment of herniated disc'))[0], TITLES[0])
  assert.equal((await find('why did I get a herniated disc'))[0], TITLES[1])
})

test('quoted words stand side by side', async () => {
  assert.deepEqual(await find('"neck brace"'), [TITLES[6]])
  assert.deepEqual(await find('“neck brace”'), [TITLES[6]])
  assert.deepEqual(await find('"brace neck"'), [])
})

test('a word behind a minus is nowhere', async () => {
  assert.deepEqual(await find('neck -brace'), [TITLES[5]])
})

test('other forms of a word are found too', async () => {
  assert.equal((await find('treating herniated discs'))[0], TITLES[0])
})

test('what is found comes newest first where that is asked for, page by page', async () => {
  const page = await search(database.read, { text: 'herniated disc', sort: 'date', limit: 1 })
  const next = await search(database.read, { text: 'herniated disc', sort: 'date', limit: 1, after: page.next! })
  assert.deepEqual([page.hits[0]!.id, next.hits[0]!.id], [2, 1])
  assert.equal(next.next, undefined)
  assert.equal(page.total, 2)
})

test('words to mark come with their synonyms', async () => {
  const { marks } = await search(database.read, { text: 'slipped disc', limit: 1 })
  assert.ok(marks.some((words) => words.join(' ') === 'herniated disc'))
})

for (const [what, text] of Object.entries({
  nothing: '',
  'only stop words': 'what is it that they are',
  'only emoji': '😀 🦴🦴',
  'right to left': 'ألم في الظهر כאב גב',
  NUL: 'neck\0pain',
  'unbalanced quotes': '"neck "pain" "',
  operators: 'neck AND (OR NOT* NEAR(^ "a" -" title: : ) {x}',
  'quotes of another language': "neck' OR 1=1; -- drop table",
  patterns: '%_% neck _ \\',
  'lone surrogates': 'neck \ud800 pain \udc00',
  'fifty filters': 'category:a '.repeat(50),
  'fifty exclusions': '-neck '.repeat(50),
  'ten thousand words': 'neck pain morning '.repeat(3_334),
  'ten thousand different words': Array.from({ length: 10_000 }, (_, index) => `w${index.toString(36)}x`).join(' '),
  'one endless word': 'x'.repeat(100_000),
}))
  test(`${what}: no error, and in time`, async () => {
    const startedAt = performance.now()
    await search(database.read, { text, limit: 5 })
    await suggest(database.read, { title: text, body: text, limit: 5 })
    assert.ok(performance.now() - startedAt < 3_000)
  })
