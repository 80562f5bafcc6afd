import type { FastifyReply, FastifyRequest } from 'fastify'
import { askedFirst, listUnticked, neededFor } from '../consents/standing.ts'
import { questionPath } from '../questions/views.ts'
import { foundOrWarned, helpedFirst } from '../safety/warning.ts'
import type { Place } from './places.ts'

/** What an asker says may be urgent too, whatever else is wrong with it; undefined: they are told so first. */
export async function foundUrgent(request: FastifyRequest, reply: FastifyReply, place: Place) {
  const values = request.typed()
  if (!place.comment.isByAsker || !values.body) return []
  const { isAllowed } = await listUnticked(request, storing(request, place))
  const isUnfinished = Boolean(request.formErrors())
  const backPath = questionPath(place.thread.question)
  const said = { text: values.body, action: place.address, values, backPath, isUnfinished, isHelpFirst: !isAllowed }
  return foundOrWarned(request, reply, said)
}

/** What an asker says is kept and read by others, as their question is. */
export const storing = (request: FastifyRequest, { thread, comment, address: action }: Place) => ({
  accountId: comment.authorId ?? undefined,
  kinds: neededFor(thread.question),
  action,
  values: request.typed(),
  backPath: questionPath(thread.question),
  canChange: true,
})

const BY_ASKERS = /\/(replies|follow-ups)$/

/** Nobody knows yet who writes. True: they may be in danger, and have been shown where to get help. */
export async function helpedUnsigned(request: FastifyRequest, reply: FastifyReply, address: string) {
  const values = request.typed()
  if (!BY_ASKERS.test(address) || !values.body) return false
  return helpedFirst(request, reply, { text: values.body, action: address, values })
}

/** Nor whether they allow that what they wrote is kept till they have signed in, unless their form says so. */
export async function askedUnsigned(request: FastifyRequest, reply: FastifyReply, action: string) {
  const values = request.typed()
  if (!BY_ASKERS.test(action) || values.allowed) return false
  const found = await request.server.safety.check(values.body ?? '')
  return askedFirst(request, reply, { kinds: ['health-data'], action, values, found })
}
