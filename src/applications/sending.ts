import type { FastifyRequest } from 'fastify'
import { listStaff } from '../accounts/staff-queries.ts'
import type { Writer } from '../database/types.ts'
import { idsIn } from '../lib/form-ids.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Page } from '../plugins/views.ts'
import { addFiles, deleteFiles, listFiles } from './file-queries.ts'
import { staffMail } from './mails.ts'
import { type Application, saveDraft } from './queries.ts'

/** Examining files costs far more than reading words. */
export const UPLOADS = { rateLimit: { max: 60, timeWindow: '1 hour' } }

/** What was typed and the files that were good are kept, whatever else is wrong. */
export async function keepDraft(db: Writer, request: FastifyRequest, draft: Parameters<typeof saveDraft>[1]) {
  const application = await saveDraft(db, draft)
  if (application?.status !== 'draft') return { application, left: [], files: [] }
  await deleteFiles(db, application.id, idsIn(request, 'without'))
  const left = await addFiles(db, application.id, request.uploads.files)
  return { application, left, files: await listFiles(db, application.id) }
}

/** But not whoever sent it themselves. */
export async function tellStaff(
  db: Writer,
  page: Page,
  application: Pick<Application, 'id' | 'credentialId' | 'accountId'>,
) {
  for (const person of await listStaff(db))
    if (person.accountId !== application.accountId) await queueMail(db, staffMail(page, person, application))
}
