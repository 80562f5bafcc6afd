import process from 'node:process'
import { text } from 'node:stream/consumers'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { createAuth } from '../accounts/auth.ts'
import { createSignInLink } from '../accounts/link-queries.ts'
import { isEasyToGuess, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../accounts/passwords.ts'
import { createAccount, findAccountByEmail, listAccounts, type Role } from '../accounts/queries.ts'
import { secondFactorsResetMail } from '../accounts/second-factor-mails.ts'
import { resetSecondFactors } from '../accounts/second-factor-queries.ts'
import { recordEvent } from '../audit/queries.ts'
import { config, findSecret } from '../config.ts'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import { siteOf } from '../notifications/site.ts'
import { originAt } from '../plugins/context.ts'
import { withDatabase } from './database.ts'
import { addExpert, type ExpertOptions } from './expert.ts'

const ROLES: Record<string, Role> = {
  member: 'member',
  expert: 'expert',
  moderator: 'moderator',
  admin: 'administrator',
}
const LINK_MINUTES = 24 * 60
const Email = Type.String({ format: 'email', maxLength: 254 })
const LONGEST_NAME = 80

type NewUser = ExpertOptions & { name: string; role: string; passwordStdin?: boolean }

export async function addUser(email = '', given: Partial<NewUser>) {
  assertComplete(email, given)
  const role = checkedRole(email, given)
  const password = given.passwordStdin ? await readPassword([given.name, email, config.siteName]) : undefined
  await withDatabase(async (database) => {
    const passwordHash = password && (await createAuth(database, settings()).hashPassword(password))
    const { account, path } = await database.write((db) => create(db, { ...given, email, role, passwordHash }))
    console.log(`${account.name} <${account.email}> has an account now, as ${account.role}.`)
    if (path) console.log(`This link signs them in, once and within 24 hours:\n${address(path)}`)
  })
}

type Values = Omit<NewUser, 'role'> & { email: string; role: Role; passwordHash?: string }

async function create(db: Writer, { name, email, role, passwordHash, ...given }: Values) {
  const account = await createAccount(db, { name, email, role, passwordHash, ageConfirmedAt: new Date() })
  if (!account) throw new Error(`${email} has an account already.`)
  if (role === 'expert') await addExpert(db, account, given)
  const path = passwordHash ? undefined : await createSignInLink(db, { email, minutes: LINK_MINUTES })
  return { account, path }
}

export const listUsers = () =>
  withDatabase(async ({ read }) => {
    for (const { id, role, email, name, createdAt } of await listAccounts(read))
      console.log([id, role.padEnd(13), createdAt.toISOString().slice(0, 10), email, name].join('  '))
  })

const RESET = { action: 'second-factors-reset', subjectKind: 'account', reason: 'From the command line' } as const

/** For whoever has lost everything that proves who they are, even the only administrator. */
export const resetTwoFactor = (email: string) =>
  withDatabase(async (database) => {
    await database.write(async (db) => {
      const account = await findAccountByEmail(db, email)
      if (!account) throw new Error(`Nobody has an account with the address ${email}.`)
      if (!(await resetSecondFactors(db, account.id))) throw new Error(`${account.email} has no two-step sign-in.`)
      await recordEvent(db, { ...RESET, subjectId: account.id })
      await queueMail(db, secondFactorsResetMail(siteOf(config), account))
    })
    console.log(`The two-step sign-in of ${email} is reset. They are signed out and told by mail.`)
  })

const settings = () => ({ ...config, secret: findSecret(config) })
const address = (path: string) => originAt(config, config.port) + config.basePath + path

function assertComplete(email: string, given: Partial<NewUser>): asserts given is NewUser {
  const { name, role } = given
  const missing = Object.entries({ EMAIL: email || undefined, '--name': name, '--role': role })
    .filter(([, value]) => value === undefined)
    .map(([what]) => what)
  if (missing.length > 0)
    throw new Error(`Missing: ${missing.join(', ')}. Such as: user add ada@example.org --name Ada --role member`)
}

function checkedRole(email: string, { name, role, profession, credentials }: NewUser) {
  if (!Value.Check(Email, email)) throw new Error(`EMAIL is "${email}"; it takes an address such as name@example.org.`)
  if (!name.trim() || name.length > LONGEST_NAME) throw new Error(`--name takes 1 to ${LONGEST_NAME} characters.`)
  const found = ROLES[role]
  if (!found) throw new Error(`--role is "${role}"; it takes ${Object.keys(ROLES).join(', ')}.`)
  if (found === 'expert' && !(profession && credentials))
    throw new Error(
      'An expert takes --profession and --credentials, such as --profession Physiotherapist --credentials "MSc, MCSP".',
    )
  return found
}

async function readPassword(about: string[]) {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)
    throw new Error(`A password takes ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`)
  if (isEasyToGuess(password, about)) throw new Error('That password is easy to guess: choose another.')
  return password
}
