import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Found } from './book.ts'
import { countryOf, rememberCountry, warningPage } from './views.ts'
import { isCrisis } from './watch.ts'

type Said = { text: string; action: string; values: Record<string, string>; backPath: string }

/** What may be urgent in what an asker says below their question; undefined where its page has been sent. */
export async function foundOrWarned(request: FastifyRequest, reply: FastifyReply, said: Said) {
  const { safety } = request.server
  const { text, values, action, backPath } = said
  const found: Found[] = await safety.check(text)
  const warned = new Set(values.warned?.split(' '))
  const isUnread = found.some(({ flag }) => !warned.has(flag))
  if (!isUnread && values.action !== 'country') return found
  if (found.length === 0 || (isCrisis(found) && values.action !== 'country')) return found
  const { rules } = await safety.current()
  rememberCountry(request, reply, rules, values.country)
  const country = countryOf(request, rules)
  reply.header('cache-control', 'private, no-store')
  await reply.render('safety/warning', warningPage({ rules, found, country, form: { action, values }, backPath }))
  return undefined
}
