import type { FastifyRequest } from 'fastify'
import { listLooks } from '../audiences/queries.ts'
import { isAsker, isSleptOn } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import { hasToLook, lacksLeave } from '../questions/regret-queries.ts'
import { listMarks } from './mark-queries.ts'
import { canSeeMarks } from './policy.ts'
import { type ForAsker, heldFlags, numbersFor, type ShownMark, shownMarks } from './views.ts'

/** What may be urgent in a question, for those who may know. */
export async function findShownMarks(
  { viewer, server, page }: FastifyRequest,
  { id, flaggedAt }: Pick<Question, 'id' | 'flaggedAt'>,
): Promise<ShownMark[]> {
  if (!flaggedAt || !canSeeMarks(viewer)) return []
  const { rules } = await server.safety.current()
  return shownMarks(page, await listMarks(server.database.read, id), rules)
}

export async function findForAsker(request: FastifyRequest, question: Question): Promise<ForAsker | undefined> {
  const { viewer, server } = request
  const { id, flaggedAt, heldAt, hiddenReason, withdrawnAt, audience } = question
  if (!flaggedAt || heldAt || withdrawnAt || !isAsker(viewer, question)) return undefined
  const { rules } = await server.safety.current()
  const isAsleep = isSleptOn(question)
  const [marks, looks, needsLeave] = await Promise.all([
    hiddenReason || isAsleep ? listMarks(server.database.read, id) : [],
    isAsleep && !audience ? listLooks(server.database.read, id) : [],
    isAsleep && lacksLeave(server.database.read, question),
  ])
  const own = marks.filter(({ commentId }) => commentId === null)
  const held = heldFlags(own, rules)
  return {
    id,
    help: hiddenReason && held.length > 0 ? numbersFor(request, rules, held) : undefined,
    mayIdentify: isAsleep && hasToLook(question),
    needsLeave,
    looks,
  }
}
