import { eq } from 'drizzle-orm'
import { experts } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { addCredential, updateCredential } from '../experts/credential-queries.ts'
import { handlesFor } from '../experts/handles.ts'
import { setExpertScope } from '../experts/profession-queries.ts'
import { createExpert, updateProfile } from '../experts/queries.ts'
import { verifyExpert } from '../experts/verification-queries.ts'
import { type Application, changeOpen } from './queries.ts'

export type Acceptance = {
  professionId: number | null
  profession: string
  credentials: string
  categoryIds: number[]
}

export type Checked = {
  issuer: string
  number: string
  registerUrl: string
  checkedAt: Date
  checkAgainAt: Date
}

type Decision = { application: Application; name: string; deciderId: number }

/** Makes them an expert, or changes what they are one for. False: somebody else was quicker, and nothing is changed. */
export async function acceptApplication(
  db: Writer,
  { application, name, deciderId }: Decision,
  { acceptance, checked }: { acceptance: Acceptance; checked: Checked },
) {
  if (!(await decide(db, application, { status: 'accepted', decidedById: deciderId }))) return false
  const { accountId, country, biography, interests } = application
  const { professionId, profession, credentials, categoryIds } = acceptance
  await saveProfile(db, { accountId, name }, { profession, credentials, country, biography, interests })
  await setExpertScope(db, accountId, { professionId, categoryIds })
  await addCredential(db, accountId, { ...checked, checkedById: deciderId })
  await verifyExpert(db, accountId, deciderId)
  return true
}

/** What was handed in for one credential has been looked at: it holds till the next time. */
export async function acceptRenewal(db: Writer, { application, deciderId }: Omit<Decision, 'name'>, checked: Checked) {
  if (!(await decide(db, application, { status: 'accepted', decidedById: deciderId }))) return false
  const which = { id: application.credentialId!, expertId: application.accountId }
  await updateCredential(db, which, { ...checked, checkedById: deciderId })
  return true
}

export const refuseApplication = (
  db: Writer,
  application: Application,
  refusal: { deciderId: number; reason: string },
) => decide(db, application, { status: 'refused', decidedById: refusal.deciderId, reason: refusal.reason })

export const withdrawApplication = (db: Writer, application: Application) =>
  decide(db, application, { status: 'withdrawn', decidedById: application.accountId })

const decide = (db: Writer, { id }: Application, decision: Partial<Application>) =>
  changeOpen(db, id, { ...decision, decidedAt: new Date() })

type Profile = Pick<Application, 'profession' | 'credentials' | 'country' | 'biography' | 'interests'>

async function saveProfile(db: Writer, { accountId, name }: { accountId: number; name: string }, profile: Profile) {
  const [standing] = await db.select().from(experts).where(eq(experts.accountId, accountId))
  if (standing) return updateProfile(db, accountId, profile)
  for (const handle of handlesFor(name, accountId))
    if (await createExpert(db, { ...profile, accountId, handle })) return
  throw new Error(`no handle is left for ${name}`)
}
