import type { FastifyReply, FastifyRequest } from 'fastify'
import { forgetConsents } from '../consents/queries.ts'
import type { Writer } from '../database/types.ts'
import { deleteQuestionDrafts } from '../drafts/queries.ts'
import { countQuestionsOf } from '../questions/queries.ts'
import { countryOf } from '../safety/views.ts'
import { ageOptions, isOldEnough } from './age.ts'
import { confirmAge, isOfAge } from './age-queries.ts'
import type { Asking } from './asking.ts'
import { hasSaidYounger, rememberYounger } from './younger.ts'

/** Once, of members nobody vouches for and before an account is made. Neither an age nor that somebody is too young is stored. */
export async function askAge(asking: Asking) {
  const { request, reply, values, isFromForm } = asking
  const { viewer, server } = request
  if (viewer ? await isOfAge(server.database.read, viewer.id) : request.hadSession) return undefined
  const minimumAge = server.config.minimumAge ?? (await ageInCountry(request))
  const isEnough = minimumAge === 0 || (isOldEnough(values.age, minimumAge) && !hasSaidYounger(request))
  if (isEnough) return keepIsOfAge(asking)
  reply.header('cache-control', 'private, no-store')
  if (isEnough === undefined) return showAge(request, isFromForm ? reply : reply.code(422), values)
  if (viewer) await server.database.write((db) => forget(db, viewer.id))
  return rememberYounger(request, reply).redirect(request.page.url('/ask/younger'), 303)
}

async function keepIsOfAge(asking: Asking) {
  const { viewer, server } = asking.request
  asking.isOfAge = true
  if (viewer) await server.database.write((db) => confirmAge(db, viewer.id, new Date()))
}

async function forget(db: Writer, accountId: number) {
  await deleteQuestionDrafts(db, accountId)
  if ((await countQuestionsOf(db, accountId)) === 0) await forgetConsents(db, accountId)
}

async function ageInCountry(request: FastifyRequest) {
  const { rules } = await request.server.safety.current()
  return countryOf(request, rules).minimumAge
}

function showAge({ page }: FastifyRequest, reply: FastifyReply, values: Record<string, string>) {
  const carried = Object.entries(values)
    .filter(([name]) => name !== 'age' && name !== 'action')
    .map(([name, value]) => ({ name, value }))
  const error = values.age && page.t('Please choose one of the list.')
  return reply.render('safety/age', { carried, action: '/ask', options: ageOptions(page.t), error })
}
