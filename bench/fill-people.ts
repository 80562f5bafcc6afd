import { randomUUID } from 'node:crypto'
import { createAccount } from '../src/accounts/queries.ts'
import { config } from '../src/config.ts'
import { accounts, consents, sessions } from '../src/database/schema.ts'
import type { Writer } from '../src/database/types.ts'
import { createExpert, findVerifiedExpert } from '../src/experts/queries.ts'
import { SESSION_COOKIE, signedToken } from '../src/plugins/sessions.ts'

/** Enough that nobody posts more than the forum lets one account post in an hour. */
const MEMBERS = 3000
const EXPERTS = 50
const DAY_MS = 86_400_000

/** What asking needs. */
const allowed = (accountId: number) =>
  (['health-data', 'publication'] as const).map((kind) => ({ accountId, kind, version: 1, givenAt: new Date() }))

/** All of them signed in: the cookie is what their browser sends. */
export async function fillMembers(db: Writer) {
  const people = Array.from({ length: MEMBERS }, (_, index) => ({
    name: `Member ${index}`,
    email: `member-${index}@example.org`,
    emailVerified: true,
    ageConfirmedAt: new Date(),
  }))
  const rows = await db.insert(accounts).values(people).returning({ id: accounts.id })
  const expiresAt = new Date(Date.now() + DAY_MS)
  const signedIn = rows.map(({ id: accountId }) => ({ accountId, token: randomUUID(), expiresAt }))
  await db.insert(sessions).values(signedIn)
  await db.insert(consents).values(rows.flatMap(({ id }) => allowed(id)))
  return signedIn.map(({ accountId, token }) => ({ id: accountId, cookie: cookieOf(token) }))
}

const cookieOf = (token: string) => `${SESSION_COOKIE}=${encodeURIComponent(signedToken(token, config.secret!))}`

export async function fillExperts(db: Writer) {
  const experts = []
  for (let index = 0; index < EXPERTS; index++) {
    const account = await createAccount(db, {
      name: `Expert ${index}`,
      email: `expert-${index}@example.org`,
      role: 'expert',
    })
    await createExpert(db, {
      accountId: account!.id,
      handle: `expert-${index}`,
      profession: 'Physiotherapist',
      credentials: 'MSc, MCSP',
      verifiedAt: new Date(),
    })
    experts.push((await findVerifiedExpert(db, account!.id))!)
  }
  return experts
}
