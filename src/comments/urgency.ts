import type { FastifyReply, FastifyRequest } from 'fastify'
import { questionPath } from '../questions/views.ts'
import { foundOrWarned, helpedFirst } from '../safety/warning.ts'
import type { Place } from './places.ts'

/** What an asker says may be urgent too, whatever else is wrong with it; undefined: they are told so first. */
export function foundUrgent(request: FastifyRequest, reply: FastifyReply, { thread, comment, address }: Place) {
  const values = request.typed()
  if (!comment.isByAsker || !values.body) return []
  const isUnfinished = Boolean(request.formErrors())
  const backPath = questionPath(thread.question)
  return foundOrWarned(request, reply, { text: values.body, action: address, values, backPath, isUnfinished })
}

const BY_ASKERS = /\/(replies|follow-ups)$/

/** Nobody knows yet who writes. True: they may be in danger, and have been shown where to get help. */
export async function helpedUnsigned(request: FastifyRequest, reply: FastifyReply, address: string) {
  const values = request.typed()
  if (!BY_ASKERS.test(address) || !values.body) return false
  return helpedFirst(request, reply, { text: values.body, action: address, values })
}
