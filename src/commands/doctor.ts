import process from 'node:process'
import { hasPasskeysAt } from '../accounts/passkeys.ts'
import { hasAdministrator } from '../accounts/queries.ts'
import { type Config, config, findSecret, isLoopback } from '../config.ts'
import { listSetAside } from '../database/backup.ts'
import { connect } from '../database/index.ts'
import type { Database } from '../database/types.ts'
import { openTransport } from '../notifications/smtp.ts'
import { openProvider } from '../search/provider.ts'
import { canHoldVectors } from '../search/vectors.ts'
import { BACKUPS_ARE_KEPT_DAYS } from './database.ts'
import { inPlainWords } from './plain-words.ts'

const OLDEST_NODE = 24

type Finding = { is: 'good' | 'doubtful' | 'wrong'; text: string }

const good = (text: string): Finding => ({ is: 'good', text })
const doubtful = (text: string): Finding => ({ is: 'doubtful', text })
const wrong = (text: string): Finding => ({ is: 'wrong', text })

const MARKS: Record<Finding['is'], string> = { good: 'good   ', doubtful: 'mind   ', wrong: 'WRONG  ' }

/** Looks at everything the forum needs, and fails if something is wrong. */
export async function examine() {
  const findings = [
    examineNode(),
    examineSecret(),
    ...(await examineDatabase()),
    ...(await examineCopies()),
    ...examineAddress(config),
    await examineMail(config),
    ...(await examineMeaning(config)),
  ]
  for (const { is, text } of findings) console.log(MARKS[is] + text)
  const { length } = findings.filter(({ is }) => is === 'wrong')
  if (length > 0) throw new Error(length === 1 ? 'One thing is wrong.' : `${length} things are wrong.`)
}

function examineNode() {
  const { node } = process.versions
  const isOldEnough = Number.parseInt(node, 10) >= OLDEST_NODE
  return isOldEnough
    ? good(`Node ${node}`)
    : wrong(`Node is ${node}; the forum takes ${OLDEST_NODE} or newer: run npm ci again.`)
}

function examineSecret() {
  try {
    findSecret(config)
    return good(config.secret ? 'SECRET is set.' : 'The secret is kept beside the database.')
  } catch (error) {
    return wrong(inPlainWords(error))
  }
}

const COPIES_ARE_OLD_MS = BACKUPS_ARE_KEPT_DAYS * 86_400_000

/** What people have deleted since is still in them. */
async function examineCopies() {
  const old = await listSetAside(config.databaseUrl, new Date(Date.now() - COPIES_ARE_OLD_MS))
  return old.map((file) => doubtful(`${file} is older than ${BACKUPS_ARE_KEPT_DAYS} days: delete it.`))
}

async function examineDatabase() {
  try {
    const database = await connect(config.databaseUrl)
    return await examineContent(database).finally(() => database.close())
  } catch (error) {
    return [wrong(`The database cannot be used. ${inPlainWords(error)}`)]
  }
}

async function examineContent(database: Database) {
  const pending = await database.pendingMigrations()
  if (pending.length > 0) return [wrong('The database is not up to date. Run: npm run forum -- migrate')]
  await database.write(async () => {})
  const broken = await database.examine()
  return [
    good('The database answers, is up to date and can be written to.'),
    ...(broken.length > 0 ? broken.map(wrong) : [good('Nothing in the database is damaged or lost.')]),
    (await hasAdministrator(database.read))
      ? good('There is an administrator.')
      : doubtful('There is no administrator. Run: npm run forum -- user add YOU@example.org --name NAME --role admin'),
    ...(config.embeddings && !(await canHoldVectors(database.read))
      ? [doubtful('This PostgreSQL has no extension named vector (pgvector): the search goes by words alone.')]
      : []),
  ]
}

/** How others reach the forum. */
export function examineAddress(settings: Config) {
  const { baseUrl, contact, host, isProduction, trustProxy } = settings
  const isPublic = isProduction || !isLoopback(host) || (baseUrl !== undefined && !isLoopback(baseUrl.hostname))
  if (!isPublic) return [good('The forum is open to this machine alone.')]
  const findings: Finding[] = []
  if (!baseUrl)
    findings.push(wrong('BASE_URL is not set; links in mail would lead nowhere. It takes the public address.'))
  else if (isLoopback(baseUrl.hostname))
    findings.push(wrong(`BASE_URL is ${baseUrl}, which only this machine can reach.`))
  else if (baseUrl.protocol === 'http:')
    findings.push(doubtful('BASE_URL is not https: passwords and questions travel open, and passkeys do not work.'))
  else if (!hasPasskeysAt(baseUrl))
    findings.push(doubtful(`BASE_URL is ${baseUrl}: passkeys take the name of a host, not a number.`))
  if (!isProduction) findings.push(doubtful('NODE_ENV is not production.'))
  if (isProduction && !settings.requiresTwoFactor)
    findings.push(
      doubtful('TWO_FACTOR is optional: a stolen password of an expert or of staff is enough to act for them.'),
    )
  if (!contact) findings.push(doubtful('CONTACT is not set: readers are not told how to reach you.'))
  if (baseUrl?.protocol === 'https:' && trustProxy === 0)
    findings.push(doubtful('TRUST_PROXY is off: behind a proxy all visitors look like one. Set it to on there.'))
  return findings.length > 0 ? findings : [good(`The forum is open to everybody at ${baseUrl}.`)]
}

async function examineMail({ smtpUrl, mailFrom }: Config) {
  if (!smtpUrl) return doubtful('SMTP_URL is not set: mail stays in the outbox, where administrators see it.')
  if (mailFrom.endsWith('@localhost')) return wrong('MAIL_FROM is not set; it takes the address mail is sent from.')
  try {
    await openTransport(smtpUrl).verify()
    return good('The mail server answers.')
  } catch (error) {
    return wrong(`The mail server cannot be used. ${inPlainWords(error)}`)
  }
}

const LONGEST_ANSWER_MS = 5_000

/** Whoever set no provider has nothing to be told. */
export async function examineMeaning({ embeddings }: Pick<Config, 'embeddings'>) {
  if (!embeddings) return []
  try {
    const startedAt = performance.now()
    const [vector] = await openProvider(embeddings).embed(['test'], AbortSignal.timeout(LONGEST_ANSWER_MS))
    const milliseconds = Math.round(performance.now() - startedAt)
    const text = `The embedding provider answers in ${milliseconds} ms, with ${vector!.length} numbers for a text.`
    return [milliseconds < WAITED_FOR_MS ? good(text) : doubtful(`${text} A search does not wait that long.`)]
  } catch (error) {
    return [wrong(inPlainWords(error))]
  }
}

const WAITED_FOR_MS = 300
