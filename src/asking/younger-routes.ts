import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { closeAccount } from '../accounts/queries.ts'
import { Forbidden } from '../plugins/errors.ts'
import { takeAlong } from '../privacy/erasure-queries.ts'
import { countryOf, countryOptions, rememberCountry } from '../safety/views.ts'
import { isOfAge } from './age-queries.ts'
import { CountryQuery } from './forms.ts'
import { hasSaidYounger } from './younger.ts'

const YOUNGER = '/ask/younger'

/** Who listens to somebody who is too young to ask here, and what becomes of their account. */
const younger: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get(YOUNGER, { schema: { querystring: CountryQuery } }, async (request, reply) => {
    const { rules } = await app.safety.current()
    rememberCountry(request, reply, rules, request.query.country)
    const country = countryOf(request, rules)
    reply.header('cache-control', 'private, no-store')
    const shown = { country, countryOptions: countryOptions(rules) }
    return reply.render('safety/younger', {
      ...shown,
      minimumAge: app.config.minimumAge ?? country.minimumAge,
      isTooYoung: hasSaidYounger(request),
      canDelete: await canDelete(request),
    })
  })

  /** They have just said that they are too young: nobody else could press this, and nothing is worth a password. */
  app.delete(`${YOUNGER}/account`, async (request, reply) => {
    const account = request.signedIn()
    if (!(await canDelete(request))) throw new Forbidden()
    await database.write(async (db) => {
      const farewell = { texts: 'removed' as const, isNameKept: false }
      await takeAlong(db, account, farewell, { now: new Date(), site: request.page })
      await closeAccount(db, account)
    })
    reply.endSession()
    return reply.notice('Your account is deleted. We keep nothing of you.').redirect(request.page.url(YOUNGER), 303)
  })

  const canDelete = async (request: FastifyRequest) =>
    request.viewer !== null && hasSaidYounger(request) && !(await isOfAge(database.read, request.viewer.id))
}

export default younger
