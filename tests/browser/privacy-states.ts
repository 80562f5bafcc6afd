import { withdrawThread } from '../../src/answers/concealment-queries.ts'
import { giveConsents } from '../../src/consents/queries.ts'
import { changeWording } from '../../src/consents/wording-queries.ts'
import type { Database } from '../../src/database/types.ts'
import { ALLOWED, askSomething } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import type { State } from './states.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000

/** A question that waits to be published, one that was taken back, and somebody who has never asked. */
export async function plantPrivacy(database: Database, askerId: number, categoryId: number) {
  const values = { askerId, categoryId, body: `${'Born 12/3/1961, in words that go on. '.repeat(4)}Thanks, John Smith` }
  const publishAt = new Date(Date.now() + DAY_MS)
  const pending = await askSomething(database, { ...values, title: 'Not published yet?', publishAt })
  const withdrawn = await askSomething(database, { ...values, title: 'Taken back?' })
  await database.write((db) => withdrawThread(db, withdrawn, new Date()))
  await askSomething(database, { ...values, title: 'Left behind?' })
  await database.write((db) => giveConsents(db, { accountId: askerId, kinds: ['research'], now: new Date() }))
  await database.write((db) =>
    changeWording(db, { kind: 'research', words: OURS, basis: 1, writtenById: askerId, now: new Date() }),
  )
  const newcomer = await signedIn(database, 'member', 'Nia Newcomer', [])
  return { privacy: { pending, withdrawn, newcomer: newcomer.cookie } }
}

const OURS = {
  text: 'The University of Backs may learn from what I write.',
  meaning: 'Without your name.\nOnly for studies that an ethics board has approved.',
}

const TELLING = {
  title: 'Does my back need a scan, asks John Smith?',
  body: 'My name is Mary-Ann O’Neill, born 12/3/1961. <b>Dr Patel at St Mary’s in Leeds</b> said to wait.\n\nI live at 12 Elm Street, Leeds LS1 4AB. Call 07700 900123.\n\nThanks,\nMary-Ann',
  tried: 'Ask mary-ann@example.org',
}

const REPLY = { body: 'The wool blanket is nice, and I sleep well.', key: 'q'.repeat(30) }
const HARMLESS = 'The wool blanket is nice, and I sleep well. I wonder about heat.'

const ADMINISTRATION = '/admin/consents'
const wordings: State[] = [
  { path: ADMINISTRATION, as: 'administrator' },
  { path: `${ADMINISTRATION}/research`, as: 'administrator' },
  { path: `${ADMINISTRATION}/health-data`, as: 'administrator' },
  {
    path: `${ADMINISTRATION}/research`,
    as: 'administrator',
    send: { ...OURS, text: 'Anybody may learn from it.', basis: '2', action: 'preview' },
  },
  {
    path: `${ADMINISTRATION}/research`,
    as: 'administrator',
    send: { ...OURS, text: 'Anybody may learn from it.', basis: '1' },
    status: 409,
  },
  { path: `${ADMINISTRATION}/research`, as: 'administrator', send: { text: 'Short', basis: '2' }, status: 422 },
  { path: '/admin/pages/limits/review', as: 'administrator', send: { reviewerName: 'A' }, status: 422 },
  { path: '/admin/pages/limits', as: 'administrator', send: { body: 'x'.repeat(30), basis: '1' }, status: 409 },
]

export const deciding = ({ privacy: { pending, withdrawn }, category, open }: World): State[] => {
  const path = `/questions/${pending.id}/${pending.slug}`
  const telling = { ...TELLING, category: category.path, key: 'p'.repeat(30), considered: 'yes' }
  return [
    { path, as: 'member' },
    { path, as: 'moderator', status: 404 },
    { path: `/questions/${withdrawn.id}/${withdrawn.slug}`, as: 'member' },
    { path: `/questions/${withdrawn.id}/${withdrawn.slug}`, as: 'moderator' },
    { path: `/questions/${withdrawn.id}/${withdrawn.slug}`, status: 410 },
    { path: '/ask', as: 'member', send: telling },
    { path: '/ask', send: { ...telling, ...ALLOWED } },
    { path: '/ask', send: telling, status: 422 },
    { path: '/ask', as: 'newcomer' },
    { path: '/ask', as: 'newcomer', send: { ...telling, 'consent-research': '1' }, status: 422 },
    { path: `/questions/${pending.id}/withdrawal`, as: 'member' },
    { path: `/questions/${open.id}/withdrawal`, as: 'member' },
    { path: `/questions/${open.id}/anonymity`, as: 'member' },
    { path: '/account/questions/withdrawal', as: 'member' },
    { path: '/account/questions/anonymity', as: 'member' },
    { path: '/account/consents', as: 'member' },
    { path: '/account/consents', as: 'newcomer' },
    { path: '/account/consents/health-data/withdrawn', as: 'member' },
    { path: '/account/consents/publication/withdrawn', as: 'newcomer' },
    { path: '/account/data', as: 'member' },
    ...wordings,
    { path: '/account/closure', as: 'expert' },
    { path: '/account/closure', as: 'member' },
    { path: `/questions/${open.id}/replies`, send: REPLY, status: 422 },
    { path: `/questions/${open.id}/replies`, send: { ...REPLY, asked: 'yes' }, status: 422 },
    { path: '/ask', send: { ...telling, ...ALLOWED, title: 'Is heat any good?', body: HARMLESS, tried: '' } },
  ]
}
