import type { TestContext } from 'node:test'
import type { config } from '../../src/config.ts'
import { outbox, questions, safetyMarks } from '../../src/database/schema.ts'
import { ALLOWED, newKey, plantCategory } from '../fixtures.ts'
import { build, form, signedIn } from '../helper.ts'

export const URGENT = {
  title: 'Numb after lifting a box',
  body: 'My back went on Monday. Since last night my groin is numb and I cannot pee.',
  category: 'chiropractors',
  considered: 'yes',
  ...ALLOWED,
}
export const CRISIS = {
  ...URGENT,
  title: 'I cannot bear this back',
  body: 'I want to kill myself because of this pain.',
}
export const HARMLESS = {
  ...URGENT,
  title: 'Is heat better than ice?',
  body: 'A stiff back since the weekend, nothing else.',
}

type Fields = Record<string, string>

/** Somebody who asks, and a moderator; with what is in the database by then. */
export async function buildWithAsker(t: TestContext, overrides: Partial<typeof config> = {}) {
  const { app, database } = await build(t, overrides)
  const asker = await signedIn(database, 'member', 'Ada')
  const moderator = await signedIn(database, 'moderator')
  const category = await plantCategory(database)
  const post = (url: string, fields: Fields, { cookie } = asker) => app.inject({ url, ...form(fields, { cookie }) })
  const ask = (fields: Fields) => post('/ask', { key: newKey(), ...fields })
  const get = (url: string, somebody?: { cookie: string }) =>
    app.inject({ url, headers: somebody ? { cookie: somebody.cookie } : {} })
  const stored = async () => ({
    questions: await database.read.select().from(questions),
    marks: await database.read.select().from(safetyMarks),
    mails: await database.read.select().from(outbox),
  })
  return { app, database, asker, moderator, category, post, ask, get, stored }
}

const FIELD = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g
const CHARACTERS: Fields = { '&#39;': "'", '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** What the form of a page sends without a button. */
export const carriedOn = ({ body }: { body: string }): Fields =>
  Object.fromEntries(
    [...body.matchAll(FIELD)].map(([, name, value]) => [
      name!,
      value!.replace(/&(?:#39|quot|lt|gt|amp);/g, (character) => CHARACTERS[character]!),
    ]),
  )
