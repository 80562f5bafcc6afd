import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { hideThread } from '../../src/answers/concealment-queries.ts'
import { searchDocuments } from '../../src/database/schema.ts'
import { findQuestion, updateQuestion } from '../../src/questions/queries.ts'
import { searchOf } from '../../src/search/index.ts'
import { openProvider } from '../../src/search/provider.ts'
import { refreshRelated } from '../../src/search/relations.ts'
import { listRelated } from '../../src/search/searching.ts'
import { findSpace, findVector } from '../../src/search/vectors.ts'
import { Embedder, publicOnes } from '../../src/transfer/embedding.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { fakeProvider } from './fake-provider.ts'
import { meaningDatabase } from './meaning-database.ts'

const OTHERS = [
  'Which shoes for a bunion?',
  'Is ibuprofen safe with a stomach ulcer?',
  'How long does a broken wrist take to heal?',
  'Can children carry heavy school bags?',
  'Does cracking knuckles wear out joints?',
  'What does a bone density scan show?',
  'Are standing desks better for a stiff neck?',
]

const database = await meaningDatabase({ after })
const provider = await fakeProvider({ after })
const { id: categoryId } = await plantCategory(database)
const ask = (title: string, body = 'Please advise.') => askSomething(database, { title, body, categoryId })
const shoulder = await askSomething(database, {
  title: 'How is adhesive capsulitis treated?',
  body: 'It is the left one.',
})
for (const title of OTHERS) await ask(title)

const moderator = await signedIn(database, 'moderator')
const concealment = { hiddenAt: new Date(), hiddenById: moderator.account.id, hiddenReason: 'It names somebody.' }

const searching = searchOf(database)
const openFake = (model = 'tiny') => openProvider({ url: provider.url, model, key: 'sesame' })
const trouble: string[] = []
const embedder = (model?: string) =>
  new Embedder(database, openFake(model), {
    onError: (error) => trouble.push((error as Error).message),
    pausesMs: [1, 1],
  })

const idsOf = async (text: string) =>
  (await searching.search({ text, filters: { kind: 'question' }, limit: 10 })).hits.map(({ id }) => id)
const suggested = async (title: string, rest = {}) =>
  (await searching.suggest({ title, body: '', limit: 5, kinds: ['question'], ...rest })).map(({ id }) => id)

beforeEach(() => {
  provider.asked.length = 0
  trouble.length = 0
  Object.assign(provider.mood, { status: 200, waitMs: 0, refuses: '\0', body: undefined, extra: 0 })
})

test('without a provider nothing leaves, and words alone are looked for', async () => {
  assert.deepEqual(await idsOf('I cannot reach overhead'), [])
  assert.equal(await findSpace(database.read), undefined)
  assert.deepEqual(provider.asked, [])
})

test('before any document has a place no search is sent', async () => {
  searching.understandBy(openFake())
  await idsOf('I cannot reach overhead')
  assert.deepEqual(provider.asked, [])
})

test('each document is given its place once', async () => {
  const documents = await database.read.$count(searchDocuments)
  assert.equal(await embedder().round(), documents)
  assert.equal(provider.texts().length, documents)
  assert.equal(await embedder().round(), 0)
  const [first] = provider.asked
  assert.deepEqual([first!.authorization, first!.model], ['Bearer sesame', 'tiny'])
  assert.ok(provider.texts().includes('How is adhesive capsulitis treated?\n\nIt is the left one.'))
})

test('what means the same is found without a word in common, by search and while asking', async () => {
  assert.deepEqual(await idsOf('I cannot reach overhead'), [shoulder.id])
  assert.equal((await suggested('Why can I not lift my arm'))[0], shoulder.id)
})

test('what shares words is found as before, and quoted words must be there', async () => {
  assert.equal((await idsOf('bunion shoes')).length, 1)
  assert.deepEqual(await idsOf('"reach overhead"'), [])
  assert.deepEqual(await idsOf('reach overhead -capsulitis'), [])
})

test('nonsense is near to nothing', async () => {
  assert.deepEqual(await idsOf('blorptang wuzzle'), [])
})

test('names, numbers and addresses in a search stay here', async () => {
  await idsOf('My name is Ada Lovelace, ada@example.org, call 07700 900123: reach overhead "at night" -rain category:x')
  assert.equal(provider.texts().length, 1)
  assert.match(provider.texts()[0]!, /reach overhead at night/)
  assert.doesNotMatch(provider.texts()[0]!, /Ada|Lovelace|example|900123|rain|category/)
})

test('what is written in private stays here', async () => {
  await suggested('I cannot reach overhead since the accident', { isPrivate: true })
  assert.deepEqual(provider.asked, [])
})

test('the same search twice is sent once', async () => {
  await idsOf('sore thumb from texting')
  await idsOf('sore thumb from texting')
  assert.equal(provider.asked.length, 1)
})

test('a question that is hidden takes its place with it, and is not sent again', async () => {
  const secret = await ask('My gutter fell on my foot', 'It hurts.')
  await embedder().round()
  const [{ id }] = (await database.read
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(sql`kind = 'question' and subject_id = ${secret.id}`)) as [{ id: number }]
  assert.ok(await findVector(database.read, id))
  provider.asked.length = 0
  await database.write(async (db) => {
    await hideThread(db, (await findQuestion(db, secret.id))!, concealment)
    assert.equal(await findVector(db, id), undefined)
  })
  await embedder().round()
  assert.deepEqual(provider.asked, [])
  assert.deepEqual(await idsOf('rain barrel'), [])
})

test('what the index does not hold, or its feature does not call public, is never sent', async () => {
  const hidden = await ask('A gutter again')
  const unplaced = { documentId: 99_999, kind: 'question', id: hidden.id, title: 'gutter again', body: '' }
  assert.equal((await publicOnes(database.read, [unplaced])).length, 1)
  await database.write(async (db) => hideThread(db, (await findQuestion(db, hidden.id))!, concealment))
  assert.deepEqual(await publicOnes(database.read, [unplaced]), [])
  assert.deepEqual(await publicOnes(database.read, [{ ...unplaced, kind: 'diary' }]), [])
})

test('what is reworded while the provider thinks gets the place of its new words', async () => {
  const { id } = await ask('Something about my heel')
  provider.mood.waitMs = 200
  const round = embedder().round()
  while (provider.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await database.write(async (db) => {
    const question = (await findQuestion(db, id))!
    await updateQuestion(db, question, {
      ...question,
      title: 'A stroke victim and his heel',
      editorId: question.askerId!,
    })
  })
  await round
  provider.mood.waitMs = 0
  assert.deepEqual(await idsOf('hemiplegia'), [])
  assert.equal(await embedder().round(), 1)
  assert.deepEqual(await idsOf('hemiplegia'), [id])
})

test('questions that mean the same are related', async () => {
  const twin = await ask('I cannot reach overhead', 'Since May.')
  await embedder().round()
  await refreshRelated(database, { most: 100, before: new Date() })
  const related = await listRelated(database.read, 'question', twin.id)
  assert.equal(related[0]!.id, shoulder.id)
})

test('an answer more leaves a question its place', async () => {
  const expert = await verifiedExpert(database)
  await answerSomething(database, shoulder.id, expert.account.id, 'Patience and a physiotherapist.')
  provider.asked.length = 0
  await embedder().round()
  assert.ok(!provider.texts().some((text) => text.includes('capsulitis')))
})

test('a provider that stumbles is asked again, one that lies down is left alone for a while', async () => {
  await ask('Whether rice is good for knees')
  provider.mood.status = 503
  const worker = embedder()
  assert.equal(await worker.round(), 0)
  assert.equal(provider.asked.length, 3)
  assert.deepEqual(trouble, ['The embedding provider answers 503.'])
  provider.mood.status = 200
  assert.equal(await worker.round(), 0)
  assert.equal(await embedder().round(), 1)
})

test('one document that the provider refuses holds no other up', async () => {
  await ask('A poisonous mushroom')
  await ask('A harmless mushroom')
  provider.mood.refuses = 'poisonous'
  const worker = embedder()
  assert.equal(await worker.round(), 1)
  assert.match(trouble[0]!, /does not take question \d+: it is found by its words alone/)
  provider.asked.length = 0
  assert.equal(await worker.round(), 0)
  assert.deepEqual(provider.asked, [])
  provider.mood.refuses = '\0'
  await embedder().round()
})

for (const [what, body] of Object.entries({
  'no vectors': { error: 'no such model' },
  'too few vectors': { data: [] },
  'words for numbers': { data: [{ index: 0, embedding: ['a'] }] },
  'nothing but zeros': { data: [{ index: 0, embedding: [0, 0] }] },
}))
  test(`${what} are no meaning`, async () => {
    provider.mood.body = body
    await assert.rejects(openFake().embed(['x'], AbortSignal.timeout(1_000)), /something else than vectors/)
  })

test('a slow provider is not waited for, and a dead one costs nothing', async () => {
  searching.understandBy(openFake())
  provider.mood.waitMs = 2_000
  for (const word of ['one', 'two', 'three']) {
    const startedAt = performance.now()
    assert.equal((await idsOf(`bunion shoes ${word}`)).length, 1)
    assert.ok(performance.now() - startedAt < 1_900)
  }
  assert.equal(provider.asked.length, 3)
  assert.equal((await idsOf('bunion shoes four')).length, 1)
  assert.equal(provider.asked.length, 3)
})

test('a search thread finds by meaning too, and sees what comes and goes', async () => {
  searching.understandBy(openFake())
  searching.start()
  assert.deepEqual(new Set(await suggested('I can not lift my arm')).has(shoulder.id), true)
  const late = await ask('What helps against capsules in the shoulder, frozen shoulder?')
  await embedder().round()
  assert.ok((await idsOf('to reach overhead')).includes(late.id))
  await database.write(async (db) => hideThread(db, (await findQuestion(db, late.id))!, concealment))
  assert.ok(!(await idsOf('to reach overhead, again')).includes(late.id))
  await searching.close()
})

test('another model begins anew, and is not mixed with the one before', async () => {
  const before = (await findSpace(database.read))!
  provider.mood.extra = 5
  searching.understandBy(openFake('other'))
  await idsOf('reach overhead')
  assert.deepEqual(provider.asked, [])
  assert.equal(await embedder('other').round(), await database.read.$count(searchDocuments))
  const after = (await findSpace(database.read))!
  assert.deepEqual([after.model, after.dimensions], ['other', before.dimensions + 5])
  assert.ok((await idsOf('reach overhead')).includes(shoulder.id))
})
