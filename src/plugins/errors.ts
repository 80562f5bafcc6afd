import createError from '@fastify/error'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isMissingReference } from '../database/dialect.ts'

export const NotFound = createError('NOT_FOUND', 'There is nothing at this address.', 404)
export const Gone = createError('GONE', 'This has been taken down.', 410)
export const Forbidden = createError('FORBIDDEN', 'Sorry, this is not open to you.', 403)
export const OutOfScope = createError('OUT_OF_SCOPE', 'This category is outside what you may answer.', 403)
export const NotVerified = createError(
  'NOT_VERIFIED',
  'You cannot answer here until we have looked up your registration.',
  403,
)
export const Conflict = createError('CONFLICT', '%s', 409)
export const SignInNeeded = createError('SIGN_IN_NEEDED', 'Please sign in first.', 401)

/** `wait` in seconds. */
export class TooManyAttempts extends createError('TOO_MANY_ATTEMPTS', 'Too many tries.', 429) {
  readonly wait: number
  constructor(wait: number) {
    super()
    this.wait = wait
  }
}

/** What a person reads instead of the framework's own words. */
const plain: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'That is more text than we can take at once. Please make it shorter.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'We cannot read what was sent.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'We cannot read what was sent.',
  FST_ERR_BAD_URL: 'This address is not written as an address should be.',
}

/** The address at which somebody finds what used to be at another. */
type LeadOn = (request: FastifyRequest) => Promise<string | undefined>

declare module 'fastify' {
  interface FastifyInstance {
    /** Asked where nothing is found any more. */
    leadsOn: LeadOn[]
  }
}

export default fp(async (app: FastifyInstance) => {
  app.decorate('leadsOn', [])

  app.setNotFoundHandler(() => {
    throw new NotFound()
  })

  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof SignInNeeded && !wantsJson(request)) return leadToSignIn(request, reply)
    if (error instanceof Forbidden && request.viewer?.needsSecondFactor && !wantsJson(request))
      return leadToSecondFactor(request, reply)
    const movedTo = isMissing(error) ? await findMoved(app, request) : undefined
    if (movedTo) return reply.redirect(movedTo, 307)
    const status = statusOf(error)
    if (status >= 500) request.log.error(error)
    const wait = error instanceof TooManyAttempts ? error.wait : undefined
    if (wait !== undefined) reply.header('retry-after', wait)
    const message = messageFor(error, status)
    reply.code(status).header('cache-control', 'no-store')
    if (wantsJson(request)) return reply.send({ error: message })
    return reply.render('errors/error', {
      status,
      message,
      wait,
      isClosedToThem: error instanceof Forbidden,
      isUnverified: error instanceof NotVerified,
      requestId: request.id,
      isPosted: request.method !== 'GET',
    })
  })
})

/** Not there, or not any more once it was to be written to. */
const isMissing = (error: unknown) => error instanceof NotFound || isMissingReference(error)

async function findMoved({ leadsOn }: FastifyInstance, request: FastifyRequest) {
  for (const leadOn of leadsOn) {
    const address = await leadOn(request)
    if (address) return address
  }
  return undefined
}

/** Whose session ran out comes back, after signing in, to the page they were on. */
const leadToSignIn = (request: FastifyRequest, reply: FastifyReply) =>
  reply.redirect(request.page.url('/sign-in', { next: cameFrom(request) }), 303)

/** What is closed to them opens once they have set up a second step. */
const leadToSecondFactor = (request: FastifyRequest, reply: FastifyReply) =>
  reply.redirect(request.page.url('/account/two-factor', { next: cameFrom(request) }), 303)

const cameFrom = ({ method, page }: FastifyRequest) => (method === 'GET' ? page.path : page.refererPath)

const wantsJson = ({ headers, url }: FastifyRequest) =>
  url.startsWith('/api/') || Boolean(headers.accept?.startsWith('application/json'))

function statusOf(error: FastifyError) {
  if (error.validation) return error.validationContext === 'body' ? 422 : 404
  return error.statusCode ?? 500
}

function messageFor(error: FastifyError, status: number) {
  if (status >= 500) return 'Something went wrong on our side.'
  if (error.validation) return status === 404 ? 'There is nothing at this address.' : 'Something sent to us is missing.'
  return plain[error.code] ?? error.message
}
