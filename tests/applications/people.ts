import type { FastifyInstance } from 'fastify'
import type { Database } from '../../src/database/types.ts'
import { addCredential } from '../../src/experts/credential-queries.ts'
import { newKey, plantCategory, verifiedExpert } from '../fixtures.ts'
import { build, type Cleanup, signedIn } from '../helper.ts'
import { pdf } from './fixtures.ts'

type File = { name: string; content: Buffer; type?: string }
type Fields = Record<string, string | string[]>

/** A form with files as a browser sends it. */
export function multipart(fields: Fields, files: File[] = [], headers: Record<string, string> = {}) {
  const boundary = 'boundary-of-the-tests'
  const lines: Buffer[] = []
  const part = (head: string, content: Buffer | string) =>
    lines.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n'))
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) part(`Content-Disposition: form-data; name="${name}"`, value)
  for (const { name, content, type = 'application/octet-stream' } of files)
    part(`Content-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: ${type}`, content)
  return {
    method: 'POST' as const,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    payload: Buffer.concat([...lines, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

export const licence = () => ({ name: 'licence.pdf', content: pdf() })

/** Everything that an application takes. */
export const complete = (categoryId: number): Fields => ({
  key: newKey(),
  profession: 'other',
  title: 'Doctor of Chiropractic',
  credentials: 'DC, MSc',
  issuer: 'General Chiropractic Council',
  number: '01234',
  registerUrl: 'https://www.gcc-uk.org/find/01234',
  country: 'GB',
  categories: [String(categoryId)],
  biography: 'I have treated backs in Leeds for ten years.',
  hasInterests: 'none',
  interests: '',
  action: 'send',
})

/** A category, somebody who applies, and two of staff. */
export async function stage(t: Cleanup) {
  const { app, database } = await build(t)
  const category = await plantCategory(database)
  const [tom, mo, ada] = [
    await signedIn(database, 'member', 'Tom Reed'),
    await signedIn(database, 'moderator', 'Mo'),
    await signedIn(database, 'administrator', 'Ada'),
  ]
  return { app, database, category, tom, mo, ada }
}

type Somebody = { cookie: string }

export const apply = (app: FastifyInstance, { cookie }: Somebody, fields: Fields, files: File[] = [licence()]) =>
  app.inject({ url: '/experts/apply', ...multipart(fields, files, { cookie }) })

/** An expert with one credential that is to be checked again then. */
export async function registeredExpert(database: Database, checkAgainAt: Date, name = 'Vera Lund') {
  const expert = await verifiedExpert(database, name)
  await database.write((db) => addCredential(db, expert.account.id, { ...hcpc, checkAgainAt }))
  return expert
}

const hcpc = {
  issuer: 'HCPC',
  number: 'PH123',
  registerUrl: 'https://www.hcpc-uk.org/check/PH123',
  checkedAt: new Date('2026-01-05'),
}
