import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createAccount } from '../../src/accounts/queries.ts'
import { addExpert, type ExpertOptions } from '../../src/commands/expert.ts'
import { expertCredentials, experts } from '../../src/database/schema.ts'
import { createProfession, setProfessionCategories } from '../../src/experts/profession-queries.ts'
import { listCategoriesInScope } from '../../src/experts/scope-queries.ts'
import { idOf, plantTree } from '../categories/fixtures.ts'
import { emptyDatabase } from '../helper.ts'

test('an expert of the command line is not limited, unless it says so', async (t) => {
  const { database, add } = await stage(t)
  await add({})
  const [expert] = await database.read.select().from(experts)
  assert.equal(await listCategoriesInScope(database.read, expert!.accountId), undefined)
  assert.equal(expert!.verifiedUntil, null)
})

test('an expert of the command line has the profession, categories and registration it names', async (t) => {
  const { database, add } = await stage(t)
  const registration = { issuer: 'HCPC', number: 'PH1', register: 'https://www.hcpc-uk.org/check/PH1' }
  await add({ kind: 'Physiotherapist', category: ['spine/neck', 'foot'], ...registration, checkAgain: '2099-01-31' })

  const [expert] = await database.read.select().from(experts)
  assert.deepEqual(await listCategoriesInScope(database.read, expert!.accountId), [await idOf(database, 'spine/neck')])
  assert.deepEqual(expert!.verifiedUntil, new Date('2099-01-31'))
  assert.equal((await database.read.select().from(expertCredentials))[0]!.registerUrl, registration.register)
})

const wrong: [string, ExpertOptions, RegExp][] = [
  ['an unknown profession', { kind: 'Dreamer' }, /--kind is "Dreamer"; the list of professions has no such name/],
  ['an unknown category', { category: ['nose'] }, /--category is "nose"; there is no such category/],
  ['a category outside the profession', { kind: 'Physiotherapist', category: ['foot'] }, /may not answer in any/],
  ['half a registration', { issuer: 'HCPC' }, /--issuer and --number belong together/],
  ['an open register', { issuer: 'H', number: '1', register: 'http://x.example' }, /--register is/],
  ['a day gone by', { issuer: 'H', number: '1', checkAgain: '2020-01-01' }, /that day has gone by/],
  ['no day', { issuer: 'H', number: '1', checkAgain: 'soon' }, /it takes a day such as/],
  ['the address of a page', { handle: 'apply' }, /choose another with --handle/],
]

for (const [what, options, message] of wrong)
  test(`${what} makes no expert`, async (t) => {
    const { database, add } = await stage(t)
    await assert.rejects(add(options), { message })
    assert.equal(await database.read.$count(experts), 0)
  })

async function stage(t: TestContext) {
  const database = await emptyDatabase(t)
  await plantTree(database, ['spine', 'spine/neck', 'foot'])
  const spine = await idOf(database, 'spine')
  await database.write(async (db) => {
    const profession = await createProfession(db, 'Physiotherapist')
    await setProfessionCategories(db, profession!.id, [spine])
  })
  const add = (options: ExpertOptions) =>
    database.write(async (db) => {
      const account = (await createAccount(db, { name: 'Ada Lind', email: 'ada@example.org', role: 'expert' }))!
      await addExpert(db, account, { profession: 'Physiotherapist', credentials: 'MSc', ...options })
    })
  return { database, add }
}
