import type { FastifyInstance } from 'fastify'
import { findCategory } from '../../src/categories/queries.ts'
import type { Database } from '../../src/database/types.ts'
import { listQuestions } from '../../src/questions/queries.ts'
import { newKey } from '../fixtures.ts'
import { form, signedIn } from '../helper.ts'
import { allPayloads, payloads } from '../xss-payloads.ts'

/** How many questions one visitor may ask in an hour. */
const PATIENCE = 25
const families = Object.values(payloads)

/** Every twelfth or so, where one for each would take too long; a different set each time. */
const someOf = (step: number, from = 0) => allPayloads.filter((_, index) => index % step === from)

/** Each attempt by itself and as an address, the ways Markdown may take it. */
export const textOf = (payload: string) =>
  `${payload}\n\n[press](${payload}) ![look](${payload}) <${payload}>\n\n[press][1]\n\n[1]: ${payload}\n`

type Poster = (url: string, cookie: string, fields: Record<string, string>) => Promise<void>
type Forum = { app: FastifyInstance; database: Database }

/** Sends every attempt through the forms, as every kind of text there is. @returns who may see what, by role */
export async function plantAttacks({ app, database }: Forum) {
  const post = poster(app)
  const admin = await signedIn(database, 'administrator')
  await plantCategories(post, admin.cookie)
  const category = (await findCategory(database.read, 'below'))!
  const asker = await signedIn(database, 'member', allPayloads[0])
  await askAll(post, asker.cookie, category.path)
  await askUnderNames(post, database, category.path)
  await answerSome(post, database, admin.cookie)
  await post('/drafts', asker.cookie, { key: newKey(), title: allPayloads[0]!, body: allPayloads.join(' ') })
  return { admin, asker, category }
}

/** A form that is refused would test nothing. */
function poster(app: FastifyInstance): Poster {
  let count = 0
  return async (url, cookie, fields) => {
    const remoteAddress = `10.0.0.${1 + Math.floor(count / PATIENCE)}`
    count += 1
    const { statusCode, body } = await app.inject({ url, remoteAddress, ...form(fields, { cookie }) })
    if (statusCode >= 400) throw new Error(`${url} ${statusCode}: ${JSON.stringify(fields)} ${body}`)
  }
}

async function plantCategories(post: Poster, cookie: string) {
  for (const [index, name] of someOf(12).entries())
    await post('/admin/categories', cookie, {
      name: name.slice(0, 100),
      slug: `attack-${index}`,
      description: someOf(12, 1)[index]?.slice(0, 300) ?? '',
      guidance: families[index]?.map(textOf).join('\n\n').slice(0, 5000) ?? '',
    })
  await post('/admin/categories', cookie, { name: '<b onclick=xss()>Below', slug: 'below', description: '"><xss()' })
}

async function askAll(post: Poster, cookie: string, category: string) {
  for (const payload of allPayloads) {
    const fact = payload.slice(0, 500)
    const title = `${payload.slice(0, 140)} and so on`
    await post('/ask', cookie, {
      category,
      title,
      body: `${textOf(payload)} and so on`,
      tried: fact,
      imaging: fact,
      key: newKey(),
    })
  }
  for (const family of families) {
    const body = family.map(textOf).join('\n\n')
    await post('/ask', cookie, { category, title: 'All of a family', body, key: newKey() })
  }
}

async function askUnderNames(post: Poster, database: Database, category: string) {
  for (const name of someOf(12, 2)) {
    const { cookie } = await signedIn(database, 'member', name.slice(0, 80))
    const question = { title: 'Who am I, after all?', body: 'Somebody with a name of their own.', shownAs: 'name' }
    await post('/ask', cookie, { ...question, category, key: newKey() })
  }
}

async function answerSome(post: Poster, database: Database, admin: string) {
  const rows = await listQuestions(database.read, { limit: 40 })
  for (const [index, name] of someOf(12, 3).entries()) {
    const { cookie, account } = await signedIn(database, 'expert', name.slice(0, 80))
    const [profession, credentials] = [someOf(12, 4)[index]!.slice(0, 100), someOf(12, 5)[index]!.slice(0, 100)]
    const biography = (families[index] ?? []).map(textOf).join('\n\n').slice(0, 5000)
    const profile = `/admin/accounts/${account.id}`
    await post(`${profile}/expert`, admin, { handle: `attack-${index}`, profession, credentials, biography })
    await post(`${profile}/verification`, admin, {})
    const body = allPayloads
      .slice(index * 12, index * 12 + 12)
      .map(textOf)
      .join('\n\n')
    await post(`/questions/${rows[index]!.id}/answers`, cookie, { body: `${body} and so on`, key: newKey() })
    await post(`/moderation/questions/${rows[index]!.id}/asker`, admin, { reason: `${name} and so on` })
    const edited = { category: 'below', title: `${profession} again and again`, body: `${textOf(name)} and again` }
    await post(`/questions/${rows[index]!.id}/edit`, admin, edited)
  }
}
