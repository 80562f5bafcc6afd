import type { FastifyRequest } from 'fastify'
import { isAnybodyIn } from '../audiences/attendance-queries.ts'
import { findAddressable } from '../audiences/queries.ts'
import { type Category, listAncestors } from '../categories/queries.ts'
import { listAsked, listMissing } from '../consents/queries.ts'
import { neededFor } from '../consents/standing.ts'
import type { Reader } from '../database/types.ts'
import { mayAnswerIn } from '../experts/scope-queries.ts'
import type { Page } from '../plugins/views.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'

type Readers = Pick<Question, 'audience' | 'addresseeId'>
type Asked = { viewerId?: number; category: Category; values: Record<string, string>; now: Date }

export const isForEverybody = ({ audience = 'everybody' }: Record<string, string>) => audience === 'everybody'

/** Of whom a question is asked, or why it cannot be. */
export async function findReaders(db: Reader, t: Page['t'], asked: Asked) {
  const { values, now, viewerId } = asked
  if (isForEverybody(values)) return { readers: { audience: null, addresseeId: null } satisfies Readers }
  if (values.audience === 'experts') {
    const readers = { audience: 'experts', addresseeId: null } satisfies Readers
    const error = await whyNobody(db, t, { category: asked.category, readers, now, exceptId: viewerId })
    return error ? { error } : { readers }
  }
  const expert = await findAddressable(db, values.expert ?? '', { exceptId: viewerId, now })
  if (!expert) return { error: t(UNAVAILABLE) }
  const readers = { audience: 'expert', addresseeId: expert.accountId } satisfies Readers
  const error = await whyNobody(db, t, { category: asked.category, readers, now, exceptId: viewerId })
  return error ? { error } : { readers }
}

type Wanted = { category: Category; readers: Readers; now: Date; exceptId?: number }

/** Why nobody of whom it is asked could answer it in a category. */
export async function whyNobody(db: Reader, t: Page['t'], { category, readers, ...asked }: Wanted) {
  const { audience, addresseeId } = readers
  if (audience === null) return undefined
  const categoryIds = [category.id, ...(await listAncestors(db, category)).map(({ id }) => id)]
  if (audience === 'experts') return (await isAnybodyIn(db, category, asked)) ? undefined : t(NOBODY_THERE)
  const may = addresseeId !== null && (await mayAnswerIn(db, addresseeId, categoryIds))
  return may ? undefined : t(OUT_OF_REACH)
}

/** What is published to nobody needs no leave to publish it. */
export async function listAskedOf({ viewer, server }: FastifyRequest, values: Record<string, string>) {
  const asked = await listAsked(server.database.read, viewer?.id)
  return isForEverybody(values) ? asked : asked.filter(({ kind }) => kind !== 'publication')
}

/** What an edit needs that its asker does not allow any more. */
export async function listMissingOf(request: FastifyRequest, question: Question) {
  const storing = storedWith(request, question)
  return storing ? listMissing(request.server.database.read, storing.accountId, storing.kinds) : []
}

/** An edit by whoever asked needs what they allowed with the question; one by staff does not. */
export const storedWith = ({ viewer }: FastifyRequest, question: Question) =>
  isAsker(viewer, question)
    ? { accountId: viewer!.id, kinds: neededFor(question), backPath: questionPath(question) }
    : undefined

/** What a moderator reads first is kept, and no more. */
export const leaveToHold = ({ viewer }: FastifyRequest) => ({ accountId: viewer?.id, kinds: ['health-data' as const] })

const UNAVAILABLE =
  'This expert takes no questions at present. You can ask the experts of a category in confidence instead.'
const NOBODY_THERE =
  'We are sorry: none of our experts answers in this category at present, so nobody could read your question. What you wrote is still here. Below “What is it about?” we name categories in which experts answer; or ask everybody.'
const OUT_OF_REACH =
  'This expert does not answer in this category. Please choose another, or ask the experts of the category.'
