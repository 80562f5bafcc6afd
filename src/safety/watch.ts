import type { FastifyInstance } from 'fastify'
import { listOnDuty } from '../accounts/staff-queries.ts'
import { readersAmong } from '../audiences/queries.ts'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import type { Found } from './book.ts'
import { alertMail } from './mails.ts'
import { createMarks, listHolders, type Told } from './mark-queries.ts'

/** What somebody wrote, as one text. */
export const textToCheck = (fields: Record<string, string | null | undefined>) =>
  Object.values(fields).filter(Boolean).join('.\n\n')

type Watched = {
  site: Site
  questionId: number
  commentId?: number
  found: Found[]
  now: Date
  /** The experts it was said to, unless it is held. */
  spokenTo?: Told[]
}

/** Marks what was found and tells those who are on call, in the transaction of what it was found in. */
export async function raiseAlarm(db: Writer, { commentId, found, ...watched }: Watched) {
  if (found.length === 0) return
  const isHeld = isCrisis(found)
  const { questionId, now } = watched
  await createMarks(db, { questionId, commentId, flags: found.map(({ flag }) => flag), isHeld }, now)
  await alert(db, { ...watched, isHeld })
}

type Alert = Pick<Watched, 'site' | 'questionId' | 'now' | 'spokenTo'> & { isHeld: boolean }

/** Whoever is answering it hears of it even where it is held, but only staff read what is. */
async function alert(db: Writer, { site, questionId, isHeld, now, spokenTo = [] }: Alert) {
  const staff = await listOnDuty(db)
  const concerned = [...(await listHolders(db, questionId, now)), ...(isHeld ? [] : spokenTo)]
  const others = await readersAmong(db, questionId, concerned, now)
  const told = new Map([...others, ...staff].map((person) => [person.accountId, person]))
  const isStaff = new Set(staff.map(({ accountId }) => accountId))
  for (const person of told.values())
    await queueMail(db, alertMail(site, person, { questionId, isHeld, isStaff: isStaff.has(person.accountId) }))
}

/** Help comes before an answer: what was written waits for a moderator. */
export const isCrisis = (found: Found[]) => found.some(({ severity }) => severity === 'crisis')

/** What a text raises that an older version of it did not. */
export async function findNew({ safety }: FastifyInstance, text: string, before = '') {
  const [found, known] = await Promise.all([safety.check(text), before ? safety.check(before) : []])
  const flags = new Set(known.map(({ flag }) => flag))
  return found.filter(({ flag }) => !flags.has(flag))
}
