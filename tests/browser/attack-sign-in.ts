import { eq } from 'drizzle-orm'
import { createPasskey } from '../../src/accounts/passkey-queries.ts'
import { accounts } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { newKey } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { allPayloads } from '../xss-payloads.ts'

type Post = (url: string, fields: Record<string, string>) => Promise<void>

/** Names of passkeys, and why an administrator has reset a sign-in. Only a real device could send the names by form. */
export async function plantSignIn(database: Database, accountId: number, postAsAdmin: Post) {
  const names = allPayloads.slice(0, 18).map((payload) => payload.slice(0, 80))
  for (const name of names) await database.write((db) => createPasskey(db, passkeyOf(accountId, name)))
  const { account } = await signedIn(database)
  await database.write((db) => db.update(accounts).set({ twoFactorEnabled: true }).where(eq(accounts.id, account.id)))
  await postAsAdmin(`/admin/accounts/${account.id}/two-factor`, { reason: `${allPayloads[0]} and so on` })
}

const passkeyOf = (accountId: number, name: string) => ({
  accountId,
  name,
  credentialId: newKey(),
  publicKey: newKey(),
  counter: 0,
  transports: [],
})
