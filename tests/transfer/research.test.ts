import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { hideThread, withdrawThread } from '../../src/answers/concealment-queries.ts'
import { giveConsents, withdrawConsent } from '../../src/consents/queries.ts'
import { changeWording } from '../../src/consents/wording-queries.ts'
import { anonymiseQuestion } from '../../src/privacy/anonymity-queries.ts'
import { researchLines } from '../../src/transfer/research.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { emptyDatabase, signedIn } from '../helper.ts'

const now = new Date()
const PRIVATE = 'My name is Ada Lovelace, write to ada@example.net. Stiff since the weekend.'

test('only what people allow for research is handed out, without what tells who they are', async (t) => {
  const { database, allowing, lines } = await buildForum(t)
  await askSomething(database, { askerId: allowing.id, title: 'Is warmth good, asks Ada Lovelace?', body: PRIVATE })
  await askSomething(database, { title: 'Somebody who has not said yes?' })

  const [line, ...others] = await lines()
  assert.equal(others.length, 0)
  assert.match(line.body, /Stiff since the weekend/)
  assert.match(line.body, /\[name\].*\[e-mail\]/)
  assert.match(line.month, /^\d{4}-\d\d$/)
  assert.doesNotMatch(JSON.stringify(line), /Lovelace|example\.net|Heron/)
})

test('nothing that others cannot read is among it', async (t) => {
  const { database, allowing, lines } = await buildForum(t)
  const ask = (values: object) => askSomething(database, { askerId: allowing.id, ...values })
  await ask({ audience: 'experts' })
  await ask({ publishAt: new Date(Date.now() + 3_600_000) })
  const [hidden, withdrawn, forgotten] = [await ask({}), await ask({}), await ask({})]
  await database.write((db) => hideThread(db, hidden, { hiddenById: null, hiddenReason: 'Spam' }))
  await database.write((db) => withdrawThread(db, withdrawn, now))
  await database.write((db) => anonymiseQuestion(db, { question: forgotten, accountId: allowing.id, now }))

  assert.deepEqual(await lines(), [])
})

test('an answer is among it where its expert allows that too', async (t) => {
  const { database, allowing, lines } = await buildForum(t)
  const { id } = await askSomething(database, { askerId: allowing.id })
  const { account: expert } = await verifiedExpert(database)
  await answerSomething(database, id, expert.id, 'Warmth, if you like it. Yours, Vera Lund')

  assert.deepEqual((await lines())[0]!.answers, [])
  await database.write((db) => giveConsents(db, { accountId: expert.id, kinds: ['research'], now }))
  const [answer] = (await lines())[0]!.answers
  assert.equal(answer.profession, 'Physiotherapist')
  assert.match(answer.body, /^Warmth, if you like it/)
  assert.doesNotMatch(answer.body, /Lund/)
})

test('whoever takes it back, or agreed to other words, is left out', async (t) => {
  const { database, allowing, lines } = await buildForum(t)
  await askSomething(database, { askerId: allowing.id })
  assert.equal((await lines()).length, 1)

  const words = { text: 'You may sell what I write.', meaning: 'To whoever asks.' }
  await database.write((db) => changeWording(db, { kind: 'research', words, basis: 1, writtenById: allowing.id, now }))
  assert.equal((await lines()).length, 0)
  await database.write((db) => giveConsents(db, { accountId: allowing.id, kinds: ['research'], now }))
  assert.equal((await lines()).length, 1)
  await database.write((db) => withdrawConsent(db, allowing.id, { kind: 'research', now }))
  assert.equal((await lines()).length, 0)
})

test('more than fit at once are all handed out', async (t) => {
  const { database, allowing, lines } = await buildForum(t)
  const { categoryId } = await askSomething(database, { askerId: allowing.id })
  for (let times = 0; times < 104; times += 1) await askSomething(database, { askerId: allowing.id, categoryId })
  assert.equal((await lines()).length, 105)
})

async function buildForum(t: TestContext) {
  const database = await emptyDatabase(t)
  const { account: allowing } = await signedIn(database, 'member', 'Ada Lovelace', ['health-data', 'research'])
  const lines = async () => (await Array.fromAsync(researchLines(database.read))).map((line) => JSON.parse(line))
  return { database, allowing, lines }
}
