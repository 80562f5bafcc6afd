import { addFiles } from '../../src/applications/file-queries.ts'
import { addMessage, saveDraft, sendDraft } from '../../src/applications/queries.ts'
import { recordEvent } from '../../src/audit/queries.ts'
import type { Database } from '../../src/database/types.ts'
import { addCredential, listCredentials } from '../../src/experts/credential-queries.ts'
import { createProfession, setExpertScope, setProfessionCategories } from '../../src/experts/profession-queries.ts'
import { pdf } from '../applications/fixtures.ts'
import { newKey, verifiedExpert } from '../fixtures.ts'
import type { State } from './states.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
const LONG = 'An answer with a verylongwordthatdoesnotbreakanywhere'.repeat(6)

type People = { member: number; expert: number; moderator: number }

/** An application that staff have asked about, one expert's credential that holds and another's that has lapsed. */
export async function plantApplications(database: Database, people: People, categoryId: number) {
  const lapsed = await verifiedExpert(database, 'Lars Lapsed')
  return database.write(async (db) => {
    const profession = await createProfession(db, 'Example profession')
    await setProfessionCategories(db, profession!.id, [categoryId])
    await setExpertScope(db, lapsed.account.id, { professionId: profession!.id, categoryIds: [categoryId] })
    for (const [expertId, days] of [
      [people.expert, 300],
      [lapsed.account.id, -3],
    ] as const)
      await addCredential(db, expertId, { ...registration(days), checkedAt: new Date(Date.now() - 90 * DAY_MS) })
    const draft = { accountId: people.member, submissionKey: newKey(), fields, categoryIds: [categoryId] }
    const application = (await saveDraft(db, draft))!
    await addFiles(db, application.id, [
      { name: `${LONG.slice(0, 90)}.pdf`, mediaType: 'application/pdf', content: pdf() },
    ])
    await sendDraft(db, application.id)
    await addMessage(db, application.id, { authorId: people.member, isByStaff: false, body: LONG })
    await addMessage(db, application.id, { authorId: people.moderator, isByStaff: true, body: 'Which branch?' })
    const event = { actorId: people.member, action: 'application-sent', subjectKind: 'application' as const }
    await recordEvent(db, { ...event, subjectId: application.id })
    const [credential] = await listCredentials(db, people.expert)
    return {
      application: application.id,
      profession: profession!.id,
      lapsed: lapsed.account.id,
      credential: credential!.id,
    }
  })
}

const registration = (days: number) => ({
  issuer: 'Health and Care Professions Council',
  number: 'PH012345',
  registerUrl: 'https://www.hcpc-uk.org/check-the-register/PH012345',
  checkAgainAt: new Date(Date.now() + days * DAY_MS),
})

const fields = {
  professionId: null,
  profession: 'Doctor of Chiropractic',
  credentials: 'DC, MSc',
  issuer: 'General Chiropractic Council',
  number: '01234',
  registerUrl: 'https://www.gcc-uk.org/find-a-chiropractor/01234',
  country: 'GB',
  biography: LONG,
  interests: '',
}

export function applying({ applying: { application, profession, lapsed, credential } }: World): State[] {
  const review = `/moderation/applications/${application}`
  const own = `/experts/applications/${application}`
  return [
    { path: '/experts/apply', as: 'moderator' },
    { path: '/experts/apply', as: 'expert' },
    {
      path: '/experts/apply',
      as: 'administrator',
      send: { key: newKey(), number: LONG, registerUrl: 'x' },
      status: 422,
    },
    { path: own, as: 'member' },
    { path: `${own}/messages`, as: 'member', send: { body: '' }, status: 422 },
    { path: '/experts/credentials', as: 'expert' },
    { path: `/experts/credentials/${credential}/renewal`, as: 'expert' },
    { path: `/experts/credentials/${credential}/renewal`, as: 'expert', send: { key: newKey() }, status: 422 },
    { path: '/moderation/applications', as: 'moderator' },
    { path: '/moderation/applications?status=refused', as: 'moderator' },
    { path: review, as: 'moderator' },
    { path: `${review}/acceptance`, as: 'moderator', send: { title: '' }, status: 422 },
    { path: `${review}/messages`, as: 'moderator', send: { body: '' }, status: 422 },
    { path: `${review}/refusal`, as: 'moderator', send: { reason: '' }, status: 422 },
    { path: '/moderation/credentials', as: 'moderator' },
    { path: `/moderation/experts/${lapsed}/credentials`, as: 'moderator' },
    { path: `/moderation/experts/${lapsed}/credentials`, as: 'moderator', send: { issuer: '' }, status: 422 },
    { path: `/moderation/credentials/${credential}?again=1`, as: 'moderator' },
    { path: '/admin/professions', as: 'administrator' },
    { path: '/admin/professions', as: 'administrator', send: { name: '' }, status: 422 },
    { path: `/admin/professions/${profession}`, as: 'administrator' },
    { path: `/admin/accounts/${lapsed}`, as: 'administrator' },
    { path: `/admin/accounts/${lapsed}/scope`, as: 'administrator' },
    { path: `/admin/accounts/${lapsed}/scope`, as: 'administrator', send: { isLimited: 'yes' }, status: 422 },
  ]
}
