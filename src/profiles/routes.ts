import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findProfile } from '../experts/queries.ts'
import { Forbidden } from '../plugins/errors.ts'
import { ProfileForm } from './forms.ts'
import { updateProfile } from './queries.ts'
import { profilePage, profileValues, type Typed, webAddress } from './views.ts'

/** What an expert tells of themselves on their page. */
const profiles: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/account/profile', async (request, reply) => {
    const profile = await findOwn(request)
    return show(request, reply, { values: profileValues(profile) })
  })

  app.post('/account/profile', { schema: { body: ProfileForm }, attachValidation: true }, async (request, reply) => {
    const { accountId, handle } = await findOwn(request)
    const { biography = null, interests = null, practice = null, practiceUrl: typedUrl } = request.body
    const practiceUrl = typedUrl ? webAddress(typedUrl) : null
    const errors = request.formErrors() ?? (practiceUrl === undefined ? wrongAddress(request) : undefined)
    if (errors) return show(request, reply.code(422), { values: request.typed(), errors })
    const profile = { biography, interests, practice, practiceUrl: practiceUrl ?? null }
    await database.write((db) => updateProfile(db, accountId, profile))
    return reply.notice('Your page is saved.').redirect(request.page.url(`/experts/${handle}`), 303)
  })

  async function show(request: FastifyRequest, reply: FastifyReply, typed: Typed) {
    return reply.render('profiles/edit', profilePage(request.page, await findOwn(request), typed))
  }

  async function findOwn(request: FastifyRequest) {
    const viewer = request.signedIn()
    const profile = await findProfile(database.read, viewer.id)
    if (!profile || viewer.needsSecondFactor) throw new Forbidden()
    return profile
  }
}

const wrongAddress = ({ page }: FastifyRequest) => ({
  practiceUrl: page.t('Please write the address of a web page, such as https://example.org.'),
})

export default profiles
