import type { FastifyInstance } from 'fastify'
import { listAnswers } from '../../src/answers/queries.ts'
import type { Database } from '../../src/database/types.ts'
import { findQuestion, listQuestions } from '../../src/questions/queries.ts'
import { newKey, verifiedExpert } from '../fixtures.ts'
import { form, signedIn } from '../helper.ts'
import { allPayloads, payloads } from '../xss-payloads.ts'
import { plantSignIn } from './attack-sign-in.ts'
import { plantStanding } from './attack-standing.ts'

const families = Object.values(payloads)

/** Every twelfth or so, where one for each would take too long; a different set each time. */
const someOf = (step: number, from = 0) => allPayloads.filter((_, index) => index % step === from)

/** Each attempt by itself and as an address, the ways Markdown may take it. */
export const textOf = (payload: string) =>
  `${payload}\n\n[press](${payload}) ![look](${payload}) <${payload}>\n\n[press][1]\n\n[1]: ${payload}\n`

/** A question that others resemble. */
export const COMMON = 'How long does sciatica last?'

type Poster = (url: string, cookie: string, fields: Record<string, string>) => Promise<void>
type Forum = { app: FastifyInstance; database: Database }

/** Sends every attempt through the forms, as every kind of text there is. @returns who may see what, by role */
export async function plantAttacks({ app, database }: Forum) {
  const post = poster(app)
  const admin = await signedIn(database, 'administrator')
  await plantCategories(post, admin.cookie)
  const asker = await askAll(post, database)
  await answerSome(post, database, admin.cookie)
  const expert = await plantCommon(post, database)
  await plantSignIn(database, asker.account.id, (url, fields) => post(url, admin.cookie, fields))
  await post('/drafts', asker.cookie, { key: newKey(), title: allPayloads[0]!, body: allPayloads.join(' ') })
  await plantRules(post, admin.cookie)
  return { admin, asker, expert }
}

/** A form that is refused, or shown again, would test nothing. */
function poster(app: FastifyInstance): Poster {
  const send = (url: string, cookie: string, fields: Record<string, string>) =>
    app.inject({ url, ...form(fields, { cookie }) })
  return async (url, cookie, fields) => {
    const first = await send(url, cookie, fields)
    // pointed to what may tell who they are, they leave it as it is
    const [, seen] = /name="seen" value="([^"]*)"/.exec(first.body) ?? []
    const { statusCode } = seen ? await send(url, cookie, { ...fields, seen }) : first
    const isDone = url === '/ask' ? statusCode === 303 : statusCode < 400
    if (!isDone) throw new Error(`${url} ${statusCode} ${JSON.stringify(fields)}`)
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

/** @returns somebody who has asked the first question */
async function askAll(post: Poster, database: Database) {
  const question = { category: 'below', shownAs: 'name', considered: 'yes' }
  const askers = []
  for (const payload of allPayloads) {
    const asker = await signedIn(database, 'member', payload.slice(0, 80))
    const fact = payload.slice(0, 500)
    const texts = { title: `${payload.slice(0, 140)} and so on`, body: `${textOf(payload)} and so on` }
    await post('/ask', asker.cookie, { ...question, ...texts, tried: fact, imaging: fact, key: newKey() })
    askers.push(asker)
  }
  for (const [index, family] of families.entries()) {
    const body = family.map(textOf).join('\n\n')
    await post('/ask', askers[index]!.cookie, { ...question, title: 'All of a family', body, key: newKey() })
  }
  return askers[0]!
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
    const reason = `${name} and so on`
    await post(`/questions/${rows[index]!.id}/referral`, cookie, { kind: 'in-person', reason, key: newKey() })
    await post(`/questions/${rows[index]!.id}/decline`, cookie, { reason })
    await post(`/moderation/questions/${rows[index]!.id}/asker`, admin, { reason })
    const { version } = (await findQuestion(database.read, rows[index]!.id))!
    const texts = { title: `${profession} again and again`, body: `${textOf(name)} and again` }
    await post(`/questions/${rows[index]!.id}/edit`, admin, { category: 'below', ...texts, basis: String(version) })
    if (index % 5 === 0) await post(`/questions/${rows[index]!.id}/concealment`, admin, { reason })
  }
}

/** What administrators write into the rules is shown to askers and to themselves. */
async function plantRules(post: Poster, cookie: string) {
  const [name, title] = [someOf(12, 6)[0]!, someOf(12, 7)[0]!].map((text) =>
    JSON.stringify(text.slice(0, 150).replaceAll('\n', ' ')),
  )
  const text = JSON.stringify(allPayloads.map(textOf).join('\n\n').slice(0, 2_900))
  const source = `source: ${title}\nsourceUrl: https://example.org\nwrittenOn: '2026-01-01'\nseverity: urgent\nwhen: [attack]`
  await post('/admin/safety/concept/attack', cookie, { rule: 'words: xss' })
  await post('/admin/safety/flag/attack', cookie, { rule: `name: ${name}\ntitle: ${title}\ntext: ${text}\n${source}` })
  const [wording, meaning] = [allPayloads[0]!, allPayloads.map(textOf).join('\n').slice(0, 2_900)]
  await post('/admin/consents/research', cookie, { text: `${wording} and more`.slice(0, 300), meaning, basis: '1' })
  await post('/admin/pages/limits', cookie, { body: allPayloads.map(textOf).join('\n\n').slice(0, 19_000) })
  await post('/admin/pages/limits/review', cookie, { reviewerName: title!.slice(0, 120), reviewedOn: '2026-01-31' })
  await post('/admin/safety/trial', cookie, { text: allPayloads.join(' ').slice(0, 20_000) })
}

async function plantCommon(post: Poster, database: Database) {
  const [asker, expert] = [await signedIn(database), await verifiedExpert(database)]
  const texts = { title: `${COMMON} <img src=x onerror=xss()>`, body: `Sciatica in my left leg. ${allPayloads[0]}` }
  await post('/ask', asker.cookie, { category: 'below', considered: 'yes', ...texts, key: newKey() })
  const [question] = await listQuestions(database.read, { limit: 1 })
  const body = `It lasts for weeks. ${allPayloads[0]} <img src=x onerror=xss()>`
  await post(`/questions/${question!.id}/answers`, expert.cookie, { body, key: newKey() })
  await discuss(post, database, question!.id, { asker, expert })
  const standing = await plantStanding(post, database, question!.id)
  return { ...expert, standing, questionId: question!.id }
}

type Voices = Record<'asker' | 'expert', { cookie: string }>

/** In turn, so that nobody speaks too often in a row. */
async function discuss(post: Poster, database: Database, id: number, { asker, expert }: Voices) {
  const [given] = await listAnswers(database.read, id)
  const say = (url: string, { cookie }: { cookie: string }, body: string) => post(url, cookie, { body, key: newKey() })
  for (const family of families) {
    const body = `${family.map(textOf).join('\n\n').slice(0, 4900)} and so on`
    await say(`/questions/${id}/clarifications`, expert, body)
    await say(`/questions/${id}/replies`, asker, body)
    await say(`/answers/${given!.answer.id}/follow-ups`, asker, body)
    await say(`/answers/${given!.answer.id}/follow-ups`, expert, body)
  }
  await say(`/questions/${id}/colleague-comments`, expert, someOf(12).map(textOf).join('\n\n').slice(0, 4900))
}
