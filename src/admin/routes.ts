import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isAdministrator } from '../accounts/policy.ts'
import { listEvents } from '../audit/queries.ts'
import { shownEvent } from '../audit/views.ts'
import { byId, pageOf, positionOf } from '../lib/paging.ts'
import { listMail } from '../notifications/queries.ts'
import { Forbidden } from '../plugins/errors.ts'
import accountRoutes from './account-routes.ts'
import categoryPlaceRoutes from './category-place-routes.ts'
import categoryRoutes from './category-routes.ts'
import { PageQuery } from './forms.ts'
import letterRoutes from './letter-routes.ts'
import { shownMail } from './letters.ts'
import professionRoutes from './profession-routes.ts'
import { countWaiting } from './queries.ts'
import scopeRoutes from './scope-routes.ts'
import secondFactorRoutes from './second-factor-routes.ts'

const admin: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app

  app.addHook('onRequest', async (request) => {
    if (!isAdministrator(request.signedIn())) throw new Forbidden()
  })

  await app.register(categoryRoutes)
  await app.register(categoryPlaceRoutes)
  await app.register(accountRoutes)
  await app.register(professionRoutes)
  await app.register(scopeRoutes)
  await app.register(secondFactorRoutes)
  await app.register(letterRoutes)

  app.get('/admin', async (_request, reply) => reply.render('admin/home', await countWaiting(database.read)))

  app.get('/admin/outbox', { schema: { querystring: PageQuery } }, async (request, reply) => {
    const { after } = request.query
    const { rows, next } = pageOf(await listMail(database.read, positionOf(after)), byId)
    // their links let whoever has them in: they are shown only where nobody would get them otherwise
    const isReadable = config.smtpUrl === undefined
    const mail = rows.map((row) => shownMail(request.page, row, isReadable))
    return reply.render('admin/outbox', { mail, isReadable, next, isFirstPage: !after })
  })

  app.get('/admin/events', { schema: { querystring: PageQuery } }, async (request, reply) => {
    const { after } = request.query
    const { rows, next } = pageOf(await listEvents(database.read, positionOf(after)), position)
    const events = rows.map((row) => shownEvent(request.page, row))
    return reply.render('admin/events', { events, next, isFirstPage: !after })
  })
}

const position = ({ createdAt, id }: { createdAt: Date; id: number }) => ({ at: createdAt, id })

export default admin
