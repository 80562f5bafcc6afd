import type { FastifyRequest } from 'fastify'
import { listOnDuty } from '../accounts/staff-queries.ts'
import { type Answer, findAuthor } from '../answers/queries.ts'
import type { Writer } from '../database/types.ts'
import { deleteDraft } from '../drafts/queries.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { tellOfConcealment } from '../recalls/concealment-mails.ts'
import { confirmationToken, visitorKey } from './links.ts'
import { concernMail, confirmationMail, reportedMail } from './mails.ts'
import { createIncident, type Incident } from './queries.ts'
import { answerPath } from './views.ts'

type Typed = { body: string; email?: string; key: string }

/** Staff, and those who may go by the answer, are told in the transaction that takes it down. */
export async function report(db: Writer, request: FastifyRequest, answer: Answer, { body, email, key }: Typed) {
  const { page, viewer, server } = request
  const { secret } = server.config
  const now = new Date()
  const reporter = viewer
    ? { reporterId: viewer.id }
    : { visitorKey: visitorKey(secret, request.ip), reporterEmail: email }
  const { incident, isNew } = await createIncident(db, { answer, reporter, body, submissionKey: key, now })
  if (viewer) await deleteDraft(db, key, viewer.id)
  if (!isNew) return incident
  for (const person of await listOnDuty(db, [incident.reporterId, answer.expertId]))
    await queueMail(db, reportedMail(page, person, { ...incident, isAdded: answer.hiddenAt !== null }))
  if (incident.isHiding) await tellOfChecking(db, page, { answer, incident })
  const address = incident.reporterEmail
  if (address) await queueMail(db, confirmationMail(page, address, confirmationToken(secret, incident.id, now)))
  return incident
}

type Doubted = { answer: Answer; incident: Incident }

/** The answer is hidden till staff have looked. */
export async function tellOfChecking(db: Writer, site: Site, { answer, incident }: Doubted) {
  const author = await findAuthor(db, answer.id)
  if (author) await queueMail(db, concernMail(site, author, answerPath(answer)))
  await tellOfConcealment(db, site, { kind: 'checked', answer, exceptIds: [incident.reporterId] })
}
