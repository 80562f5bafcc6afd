import type { FastifyRequest } from 'fastify'
import { giveTicked } from '../consents/standing.ts'
import type { Writer } from '../database/types.ts'
import { deleteDraft, saveDraftAnyhow } from '../drafts/queries.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Page } from '../plugins/views.ts'
import type { Found } from '../safety/book.ts'
import { isCrisis, raiseAlarm } from '../safety/watch.ts'
import { commentMail, listReaders, purposeOf } from './mails.ts'
import type { Place } from './places.ts'
import { type Comment, createComment } from './queries.ts'

type Typed = { body: string; key: string; found: Found[] }

/** Says it and tells whom it is for; or says why not, and keeps the text. What may be urgent is marked. */
export async function post(db: Writer, request: FastifyRequest, place: Place, { body, key, found }: Typed) {
  const { comment: writer, isOutOfScope, until } = place
  const now = new Date()
  const rules = { now, until, isHeld: isCrisis(found) }
  const values = { ...writer, body, submissionKey: key }
  if (writer.isByAsker) await giveTicked(db, request, now)
  const made = isOutOfScope ? 'out-of-scope' : await createComment(db, values, rules)
  if (typeof made === 'string') {
    await saveDraftAnyhow(db, draftOf(place, { body, key }))
    return made
  }
  await deleteDraft(db, key, writer.authorId)
  if (made.isNew) await tell(db, request.page, { comment: made.comment, found, now })
  return made
}

type Said = { comment: Comment; found?: Found[]; now: Date }

/** Whom it is for; staff too where it may be urgent, and they alone where whoever wrote it may be in danger. */
export async function tell(db: Writer, page: Page, { comment, found = [], now }: Said) {
  const { id: commentId, questionId, authorId } = comment
  const readers = (await listReaders(db, comment, now)).filter(({ accountId }) => accountId !== authorId)
  if (found.length > 0) return raiseAlarm(db, { site: page, questionId, commentId, found, now, spokenTo: readers })
  for (const reader of readers) await queueMail(db, commentMail(page, purposeOf(comment), { reader, comment }))
}

const draftOf = (
  { address, comment: { authorId, questionId } }: Place,
  { body, key }: Pick<Typed, 'body' | 'key'>,
) => ({ key, accountId: authorId, questionId, address: `${address}/new`, fields: { body } })
