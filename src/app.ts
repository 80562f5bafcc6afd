import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyServerOptions, type RawRequestDefaultExpression as RawRequest } from 'fastify'
import acceptance from './acceptance/routes.ts'
import accounts from './accounts/routes.ts'
import admin from './admin/routes.ts'
import door from './answering/door.ts'
import answering from './answering/routes.ts'
import applications from './applications/routes.ts'
import asking from './asking/routes.ts'
import audiences from './audiences/routes.ts'
import browsing from './browsing/routes.ts'
import claims from './claims/routes.ts'
import comments from './comments/routes.ts'
import consents from './consents/routes.ts'
import countersigns from './countersigns/routes.ts'
import type { Database } from './database/types.ts'
import desk from './desk/routes.ts'
import drafts from './drafts/routes.ts'
import experts from './experts/routes.ts'
import feeds from './feeds/routes.ts'
import finder from './finding/finder.ts'
import finding from './finding/routes.ts'
import home from './home/routes.ts'
import incidents from './incidents/routes.ts'
import { withoutBasePath } from './lib/urls.ts'
import moderation from './moderation/routes.ts'
import outcomes from './outcomes/routes.ts'
import assets from './plugins/assets.ts'
import context, { type AppConfig } from './plugins/context.ts'
import errors from './plugins/errors.ts'
import forms, { addFormats } from './plugins/forms.ts'
import health from './plugins/health.ts'
import notices from './plugins/notices.ts'
import security from './plugins/security.ts'
import sessions from './plugins/sessions.ts'
import views from './plugins/views.ts'
import privacy from './privacy/routes.ts'
import profiles from './profiles/routes.ts'
import questions from './questions/routes.ts'
import recalls from './recalls/routes.ts'
import referrals from './referrals/routes.ts'
import reviews from './reviews/routes.ts'
import revisions from './revisions/routes.ts'
import book from './safety/book.ts'
import safety from './safety/routes.ts'
import thanks from './thanks/routes.ts'
import trust from './trust/routes.ts'
import waiting from './waiting/routes.ts'

/** 50,000 characters, each of four bytes, and each byte written as %F0 in a form. */
const LARGEST_BODY_BYTES = 640 * 1024

/** The table of contents. */
const FEATURES = [
  home,
  accounts,
  browsing,
  finding,
  questions,
  answering,
  comments,
  acceptance,
  thanks,
  outcomes,
  claims,
  referrals,
  countersigns,
  recalls,
  reviews,
  profiles,
  waiting,
  revisions,
  applications,
  experts,
  asking,
  audiences,
  safety,
  drafts,
  consents,
  privacy,
  desk,
  trust,
  incidents,
  moderation,
  admin,
  feeds,
]

export async function buildApp(database: Database, config: AppConfig, options: FastifyServerOptions = {}) {
  const app = Fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    trustProxy: believesFirst(config.trustProxy),
    rewriteUrl: (request) => withoutBasePath(withFormMethod(request), config.basePath),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    ajv: { customOptions: { allErrors: true }, onCreate: addFormats },
    ...options,
  }).withTypeProvider<TypeBoxTypeProvider>()
  await app.register(context, { database, config })
  await app.register(errors)
  await app.register(views, config)
  await app.register(security, config)
  await app.register(sessions, config)
  await app.register(notices)
  await app.register(forms)
  await app.register(compress, {
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
  await app.register(assets)
  await app.register(health)
  await app.register(finder)
  await app.register(book)
  await app.register(door)

  for (const feature of FEATURES) await app.register(feature)

  return app
}

/** A mere number would make Fastify believe nobody: whoever connects is taken for a proxy here because TRUST_PROXY says so. */
const believesFirst = (proxies: number) => proxies > 0 && ((_address: string, hop: number) => hop < proxies)

const FORM_DELETE = /([?&])_method=DELETE(&|$)/

/** Forms can only GET and POST: one that deletes posts to an address that ends in `?_method=DELETE`. */
function withFormMethod(request: RawRequest) {
  const url = request.url ?? '/'
  if (request.method !== 'POST' || !FORM_DELETE.test(url)) return url
  request.method = 'DELETE'
  return url.replace(FORM_DELETE, '$1').replace(/[?&]$/, '')
}
