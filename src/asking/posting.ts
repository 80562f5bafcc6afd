import type { FastifyRequest } from 'fastify'
import { tellAddressee } from '../audiences/mails.ts'
import { giveConsents } from '../consents/queries.ts'
import { givenIn } from '../consents/views.ts'
import type { Writer } from '../database/types.ts'
import { deleteDraft } from '../drafts/queries.ts'
import { newPseudonym } from '../lib/pseudonyms.ts'
import { createQuestion, type Question } from '../questions/queries.ts'
import type { Found } from '../safety/book.ts'
import { isCrisis } from '../safety/watch.ts'
import type { QuestionForm } from './forms.ts'
import { publishAtOf, typedQuestion } from './views.ts'
import { watch } from './watching.ts'

type Post = {
  key: string
  categoryId: number
  readers: Pick<Question, 'audience' | 'addresseeId'>
  found: Found[]
  now: Date
}

/** Its form posted twice makes one question. Undefined: it was posted before with another text. */
export async function postQuestion(
  db: Writer,
  request: FastifyRequest<{ Body: QuestionForm }>,
  { key, categoryId, readers, found, now }: Post,
) {
  const { page, body, server } = request
  const { id: askerId, name } = request.signedIn()
  const isPseudonym = body.shownAs !== 'name'
  const isHeld = isCrisis(found)
  await giveConsents(db, { accountId: askerId, ...givenIn(request.typed()), now })
  const created = await createQuestion(db, {
    ...typedQuestion(body),
    categoryId,
    askerId,
    askerName: isPseudonym ? newPseudonym() : name,
    isPseudonym,
    ...readers,
    isIdentityUnseen: isHeld,
    submissionKey: key,
    createdAt: now,
    publishAt: publishAtOf(server.config.publishAfter, body.publishIn, now) ?? (isHeld ? now : undefined),
  })
  if (created.askerId !== askerId || created.body !== body.body) return undefined
  await deleteDraft(db, key, askerId)
  if (!created.flaggedAt) await watch(db, page, { question: created, found, now })
  const isNew = created.createdAt.getTime() === now.getTime()
  if (isNew && !isHeld) await tellAddressee(db, page, created.id)
  return created
}
