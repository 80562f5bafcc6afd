import type { TestContext } from 'node:test'
import { createCategory } from '../../src/categories/tree-queries.ts'
import { questions } from '../../src/database/schema.ts'
import { questionPath } from '../../src/questions/views.ts'
import { askSomething } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'
import { professional } from '../referrals/professionals.ts'

export const SECRET_TITLE = 'May I tell you of my prolapse?'
export const SECRET_BODY = 'Nobody at home knows of the quagmire I am in since the birth.'

type Audience = 'experts' | 'expert'

/** Somebody who asked in confidence, the expert it is for, and others whom it is not for. */
export async function buildWithConfidence(t: TestContext, audience: Audience = 'experts', publishAt?: Date) {
  const { app, database } = await build(t)
  const place = (slug: string) =>
    database.write((db) => createCategory(db, { parentId: null, slug, name: slug, description: '' }))
  const [spine, skin] = [await place('spine'), await place('skin')]
  const vera = await professional(database, 'Vera Lund', { scope: [spine.id], accepted: [] })
  const thomas = await professional(database, 'Thomas Reed', { scope: [spine.id], accepted: [] })
  const outsider = await professional(database, 'Olaf Berg', { scope: [skin.id], accepted: [] })
  const asker = await signedIn(database)
  const member = await signedIn(database)
  const moderator = await signedIn(database, 'moderator', 'Mona Staff')
  const question = await askSomething(database, {
    askerId: asker.account.id,
    categoryId: spine.id,
    title: SECRET_TITLE,
    body: SECRET_BODY,
    audience,
    addresseeId: audience === 'expert' ? vera.account.id : undefined,
    publishAt,
  })
  const get = (url: string, by?: { cookie: string }) => app.inject({ url, headers: by ? { cookie: by.cookie } : {} })
  const post = (url: string, by: { cookie: string }, fields: Record<string, string> = {}) =>
    app.inject({ url, ...form(fields, { cookie: by.cookie }) })
  const people = { vera, thomas, outsider, asker, member, moderator }
  /** It has another number once it is published. */
  const pathNow = async () => {
    const rows = await database.read.select().from(questions)
    return questionPath(rows.find(({ title }) => title === question.title)!)
  }
  return { app, database, spine, skin, question, path: questionPath(question), pathNow, get, post, ...people }
}
