import { eq } from 'drizzle-orm'
import { newSealedSecret } from '../../src/accounts/authenticators.ts'
import { createLink } from '../../src/accounts/link-queries.ts'
import { createPasskey } from '../../src/accounts/passkey-queries.ts'
import { beginAuthenticator, renewRecoveryCodes } from '../../src/accounts/second-factor-queries.ts'
import { accounts, authenticators } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { newKey } from '../fixtures.ts'
import { SECRET, signedCookie, signedIn } from '../helper.ts'

/** Somebody with all kinds of second step, who is about to move to another phone; and the same person half signed in. */
export async function plantProtected(database: Database) {
  const { account, cookie } = await signedIn(database, 'member', 'Pia Protected')
  const secret = await newSealedSecret(SECRET)
  const passkey = { credentialId: newKey(), publicKey: newKey(), counter: 0, transports: [], name: 'Blue key' }
  return database.write(async (db) => {
    await db.insert(authenticators).values({ accountId: account.id, secret, isConfirmed: true })
    await beginAuthenticator(db, account.id, secret)
    await createPasskey(db, { ...passkey, accountId: account.id })
    await createPasskey(db, { ...passkey, accountId: account.id, credentialId: newKey(), usedAt: new Date() })
    await db.update(accounts).set({ twoFactorEnabled: true }).where(eq(accounts.id, account.id))
    const [recoveryCode = ''] = await renewRecoveryCodes(db, account.id)
    const halfway = signedCookie('second_step', await createLink(db, 'second-step', { accountId: account.id }))
    return { id: account.id, cookies: { protected: cookie, halfway }, recoveryCode }
  })
}
