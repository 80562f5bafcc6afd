import { createLink, createSignInLink } from '../accounts/link-queries.ts'
import { createAccount, hasAdministrator } from '../accounts/queries.ts'
import type { Config } from '../config.ts'
import type { Database, Writer } from '../database/types.ts'
import { exampleEmail, findExample, lockExamples } from './queries.ts'

const LINK_MINUTES = 24 * 60

export type ExampleLink = { as: 'asker' | 'expert' | 'administrator'; path: string }

/** One-time ways in for whoever tries the forum out; outside a trial the examples are locked instead. */
export function waysIn(database: Database, { isTrial }: Pick<Config, 'isTrial'>) {
  return database.write(async (db) => {
    if (!isTrial) await lockExamples(db)
    const links = isTrial ? await createExampleLinks(db) : []
    return { links, firstAdministratorPath: await firstAdministratorPath(db) }
  })
}

/** None once there is an administrator. */
async function firstAdministratorPath(db: Writer) {
  if (await hasAdministrator(db)) return undefined
  return `/first-administrator?token=${await createLink(db, 'first-administrator', {})}`
}

/** None without the example content. */
async function createExampleLinks(db: Writer) {
  const [asker, expert] = [await findExample(db, 'member'), await findExample(db, 'expert')]
  if (!asker || !expert) return []
  const administrator = (await findExample(db, 'administrator')) ?? (await createExampleAdministrator(db))
  const links: ExampleLink[] = [await linkFor(db, 'asker', asker), await linkFor(db, 'expert', expert)]
  return administrator ? [...links, await linkFor(db, 'administrator', administrator)] : links
}

const linkFor = async (db: Writer, as: ExampleLink['as'], { email }: { email: string }) => ({
  as,
  path: await createSignInLink(db, { email, minutes: LINK_MINUTES }),
})

/** None beside a real one: then this is no trial any more. */
async function createExampleAdministrator(db: Writer) {
  if (await hasAdministrator(db)) return undefined
  const email = exampleEmail('administrator')
  return createAccount(db, { name: 'Example administrator', email, role: 'administrator', isExample: true })
}
