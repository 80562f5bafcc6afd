import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { basisOf } from '../../src/answers/views.ts'
import {
  accounts,
  answers,
  expertCategories,
  expertCredentials,
  experts,
  professionCategories,
  professions,
} from '../../src/database/schema.ts'
import { countQueries } from '../count-queries.ts'
import { answerSomething, askSomething, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, form, signedIn, textOf } from '../helper.ts'

const DAY_MS = 86_400_000
const body = 'Whichever eases it, I should say.'

test('the page of an expert shows what was checked, where, and when', async (t) => {
  const { expert, get, check } = await buildExpert(t)
  await check({ issuer: 'Health Council', number: 'PT 1234', registerUrl: 'https://register.example.org/1234' })
  const page = await get(`/experts/${expert.handle}`)
  assert.match(textOf(page), /What we have checked Health Council, PT 1234 See the register Checked/)
  assert.match(page.body, /href="https:\/\/register\.example\.org\/1234" rel="nofollow noopener external"/)
  assert.match(textOf(page), /Interests Nothing to declare\..*Answers questions about All categories\./)
})

test('it shows where they answer, how soon, and what they said of others’ answers', async (t) => {
  const { app, database, expert, get } = await buildExpert(t)
  const knees = await plantCategory(database, 'Knees')
  const colleague = await verifiedExpert(database, 'Ugo Bassi')
  for (const hours of [1, 5, 5, 7, 900]) {
    const { id } = await askSomething(database, { categoryId: knees.id })
    const { id: answerId } = await answerSomething(database, id, expert.account.id, body)
    await database.write((db) =>
      db
        .update(answers)
        .set({ waitSeconds: hours * 3600 })
        .where(eq(answers.id, answerId)),
    )
  }
  const { id } = await askSomething(database, { title: 'Will it snap?', categoryId: knees.id })
  const other = await answerSomething(database, id, colleague.account.id, body)
  const said = { stance: 'disagrees', reason: 'It may well.', basis: basisOf(other) }
  await app.inject({ url: `/answers/${other.id}/countersign`, ...form(said, { cookie: expert.cookie }) })
  await database.write((db) =>
    db.insert(expertCategories).values({ expertId: expert.account.id, categoryId: knees.id }),
  )

  const page = textOf(await get(`/experts/${expert.handle}`))
  assert.match(page, /Half of their answers came within 5 hours/)
  assert.match(page, /Answers questions about Knees/)
  assert.match(page, /What they said of one answer of a colleague Will it snap\? Disagrees/)
})

test('experts write what stands on their page, but not their name or credentials', async (t) => {
  const { database, expert, get, write } = await buildExpert(t)
  const fields = {
    biography: 'I **mend** backs.',
    interests: 'A maker of braces pays my travel.',
    practice: 'Clinic at the Quay',
  }
  const saved = await write({ ...fields, practiceUrl: 'quay.example.org', name: 'Prof. Lund', credentials: 'PhD' })
  assert.equal(saved.headers.location, `/experts/${expert.handle}`)

  const page = await get(`/experts/${expert.handle}`)
  assert.match(page.body, /I <strong>mend<\/strong> backs/)
  assert.match(textOf(page), /Works at Clinic at the Quay Interests A maker of braces pays my travel\./)
  assert.match(page.body, /href="https:\/\/quay\.example\.org\/" rel="nofollow/)
  assert.doesNotMatch(page.body, /Prof\. Lund|PhD/)
  const [profile] = await database.read.select().from(experts)
  assert.equal(profile!.credentials, 'MSc, MCSP')
})

test('an address that is none is sent back with all that was typed; others have no page to write', async (t) => {
  const { app, database, write } = await buildExpert(t)
  for (const practiceUrl of ['javascript:alert(1)', 'https://', 'ftp://example.org', 'https://me:secret@example.org']) {
    const reply = await write({ practiceUrl, biography: 'I mend backs.' })
    assert.equal(reply.statusCode, 422, practiceUrl)
    assert.match(textOf(reply), /Please write the address of a web page/)
    assert.match(reply.body, /I mend backs/)
  }
  const { cookie } = await signedIn(database)
  assert.equal((await app.inject({ url: '/account/profile', headers: { cookie } })).statusCode, 403)
})

test('machines read credentials that hold, categories and practice; of an example expert nothing', async (t) => {
  const { database, expert, get, check, write } = await buildExpert(t)
  await check({ issuer: 'Health Council', number: 'PT 1234' })
  await check({ issuer: 'Old Council', number: 'X 1', checkAgainAt: new Date(Date.now() - DAY_MS) })
  await write({ practice: 'Clinic at the Quay' })

  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(
    (await get(`/experts/${expert.handle}`)).body,
  )!
  const [{ mainEntity }] = JSON.parse(json!)['@graph']
  assert.deepEqual(mainEntity.hasCredential, [
    {
      '@type': 'EducationalOccupationalCredential',
      credentialCategory: 'license',
      identifier: 'PT 1234',
      recognizedBy: { '@type': 'Organization', name: 'Health Council' },
    },
  ])
  assert.deepEqual(mainEntity.worksFor, { '@type': 'Organization', name: 'Clinic at the Quay' })
  await database.write((db) => db.update(accounts).set({ isExample: true }))
  assert.doesNotMatch((await get(`/experts/${expert.handle}`)).body, /ld\+json/)
})

test('the list is narrowed by category and profession, in the address, with counts', async (t) => {
  const { database, expert, get } = await buildExpert(t)
  const [knees, spine] = [await plantCategory(database, 'Knees'), await plantCategory(database, 'Spine')]
  const other = await verifiedExpert(database, 'Ugo Bassi')
  await database.write(async (db) => {
    await db.insert(professions).values([{ name: 'Podiatrist' }, { name: 'Physiotherapist' }])
    await db.insert(professionCategories).values([
      { professionId: 1, categoryId: knees.id },
      { professionId: 2, categoryId: spine.id },
    ])
    await db.update(experts).set({ professionId: 1 }).where(eq(experts.accountId, other.account.id))
    await db.update(experts).set({ professionId: 2 }).where(eq(experts.accountId, expert.account.id))
  })

  const all = textOf(await get('/experts'))
  assert.match(all, /Physiotherapist \(1\) Podiatrist \(1\).*2 verified experts.*Vera Lund.*Ugo Bassi/)
  const forKnees = textOf(await get('/experts?category=knees'))
  assert.match(forKnees, /Experts for Knees.*1 verified expert .*Ugo Bassi/)
  assert.doesNotMatch(forKnees, /Vera Lund/)
  assert.match(textOf(await get('/experts?category=knees&profession=Physiotherapist')), /No verified expert fits that/)
  assert.doesNotMatch(textOf(await get('/experts?profession=Podiatrist')), /Vera Lund/)
  assert.equal((await get('/experts?category=nowhere')).statusCode, 404)
})

test('lists and pages say who is away', async (t) => {
  const { database, expert, get } = await buildExpert(t)
  await database.write((db) => db.update(experts).set({ leaveUntil: new Date('2100-01-02') }))
  for (const path of ['/experts', `/experts/${expert.handle}`])
    assert.match(textOf(await get(path)), /Away until 2 January 2100/)
})

test('whose verification has ended is in no list, and their page says so', async (t) => {
  const { database, expert, get } = await buildExpert(t)
  await database.write((db) => db.update(experts).set({ verifiedUntil: new Date(Date.now() - 1000) }))
  assert.match(textOf(await get('/experts')), /No verified expert There are no verified experts/)
  const page = await get(`/experts/${expert.handle}`)
  assert.match(textOf(page), /Not a verified expert at present/)
  assert.match(page.body, /noindex/)
})

test('the list is paged, with its filter, and takes as many queries for many as for few', async (t) => {
  const { database, get } = await buildExpert(t)
  const knees = await plantCategory(database, 'Knees')
  const look = () => get(`/experts?category=${knees.path}`)
  const few = await countQueries(look)
  for (let number = 0; number < 21; number += 1) await verifiedExpert(database, `Expert Number${number}`)
  assert.equal(await countQueries(look), few)
  const [, next] = /rel="next" href="([^"]+)"/.exec((await look()).body)!
  assert.match(next!, /category=knees/)
  assert.match(textOf(await get(next!.replaceAll('&amp;', '&'))), /22 verified experts.*Number20/)
})

async function buildExpert(t: TestContext) {
  const { app, database } = await build(t)
  const expert = await verifiedExpert(database)
  return {
    app,
    database,
    expert,
    get: (url: string) => app.inject(url),
    write: (fields: Record<string, string>) =>
      app.inject({ url: '/account/profile', ...form(fields, { cookie: expert.cookie }) }),
    check: (values: { issuer: string; number: string; registerUrl?: string; checkAgainAt?: Date }) =>
      database.write((db) =>
        db.insert(expertCredentials).values({
          expertId: expert.account.id,
          checkedAt: new Date(),
          checkAgainAt: new Date(Date.now() + 365 * DAY_MS),
          ...values,
        }),
      ),
  }
}
