import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Found } from './book.ts'
import { countryOf, rememberCountry, warningPage } from './views.ts'
import { isCrisis } from './watch.ts'

type Said = {
  text: string
  action: string
  values: Record<string, string>
  backPath?: string
  /** It cannot be sent as it is: help cannot come after it. */
  isUnfinished?: boolean
  /** Something else has to be asked before it can be kept. */
  isHelpFirst?: boolean
}

/** What may be urgent in what an asker says below their question; undefined where its page has been sent. */
export async function foundOrWarned(request: FastifyRequest, reply: FastifyReply, said: Said) {
  const { values, isUnfinished, isHelpFirst } = said
  const found = await request.server.safety.check(said.text)
  const warned = new Set(values.warned?.split(' '))
  const isUnread = found.some(({ flag }) => !warned.has(flag))
  const isToBeRead = isUnread && (isUnfinished || isHelpFirst || !isCrisis(found))
  if (found.length === 0 || (!isToBeRead && values.action !== 'country')) return found
  await showWarning(request, reply, said, found)
  return undefined
}

/** Whoever may be in danger is not sent to sign in first. True: they have been shown help. */
export async function helpedFirst(request: FastifyRequest, reply: FastifyReply, said: Said) {
  const found = await request.server.safety.check(said.text)
  const warned = new Set(said.values.warned?.split(' '))
  if (!isCrisis(found) || found.every(({ flag }) => warned.has(flag))) return false
  await showWarning(request, reply, said, found)
  return true
}

async function showWarning(request: FastifyRequest, reply: FastifyReply, said: Said, found: Found[]) {
  const { action, values, backPath, isUnfinished } = said
  const { rules } = await request.server.safety.current()
  rememberCountry(request, reply, rules, values.country)
  const country = countryOf(request, rules)
  const form = { action, values, isUnfinished }
  reply.header('cache-control', 'private, no-store')
  await reply.render('safety/warning', warningPage({ rules, found, country, form, backPath }))
}
