import type { FastifyReply, FastifyRequest } from 'fastify'
import { deleteQuestionDrafts } from '../drafts/queries.ts'
import { confirmAge, isOfAge } from '../safety/mark-queries.ts'
import { countryOf } from '../safety/views.ts'
import { ageOptions, isOldEnough } from './age.ts'
import type { Asking } from './asking.ts'

const DAY_SECONDS = 86_400
/** Kept in their browser alone, for a day and for this account: another age a page back changes nothing. */
const YOUNGER = 'younger'

/** Once, of members nobody vouches for. Neither an age nor that somebody is too young is stored. */
export async function askAge({ request, reply, values, isFromForm }: Asking) {
  const { viewer, server } = request
  if (!viewer || (await isOfAge(server.database.read, viewer.id))) return undefined
  const minimumAge = server.config.minimumAge ?? (await ageInCountry(request))
  const isEnough = minimumAge === 0 || (isOldEnough(values.age, minimumAge) && !hasSaidYounger(request, viewer.id))
  if (isEnough) return void (await server.database.write((db) => confirmAge(db, viewer.id, new Date())))
  reply.header('cache-control', 'private, no-store')
  if (isEnough === undefined) return showAge(request, isFromForm ? reply : reply.code(422), values)
  await server.database.write((db) => deleteQuestionDrafts(db, viewer.id))
  return reply
    .setCookie(YOUNGER, String(viewer.id), { signed: true, maxAge: DAY_SECONDS })
    .redirect(request.page.url('/ask/younger'), 303)
}

async function ageInCountry(request: FastifyRequest) {
  const { rules } = await request.server.safety.current()
  return countryOf(request, rules).minimumAge
}

function hasSaidYounger(request: FastifyRequest, accountId: number) {
  const { valid, value } = request.unsignCookie(request.cookies[YOUNGER] ?? '')
  return valid && value === String(accountId)
}

function showAge({ page }: FastifyRequest, reply: FastifyReply, values: Record<string, string>) {
  const carried = Object.entries(values)
    .filter(([name]) => name !== 'age' && name !== 'action')
    .map(([name, value]) => ({ name, value }))
  const error = values.age && page.t('Please choose one of the list.')
  return reply.render('safety/age', { carried, action: '/ask', options: ageOptions(page.t), error })
}
