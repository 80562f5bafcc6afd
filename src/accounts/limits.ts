import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import type { Page } from '../plugins/views.ts'

type Limit = {
  minutes: number
  /** Attempts from one internet address. */
  byVisitor: number
  /** Attempts on one account, from wherever they come. */
  byTarget: number
  target: (request: FastifyRequest) => string
}

const MINUTE_MS = 60_000

/**
 * Counts attempts, so that passwords cannot be guessed nor mailboxes flooded.
 * @returns a function that counts one more, and says what stands above a form that has been sent too often
 */
export function createLimit(app: FastifyInstance, { minutes, byVisitor, byTarget, target }: Limit) {
  const timeWindow = minutes * MINUTE_MS
  const limits = [
    app.createRateLimit({ timeWindow, max: byVisitor }),
    app.createRateLimit({ timeWindow, max: byTarget, keyGenerator: target }),
  ]
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FormErrors | undefined> => {
    const counted = await Promise.all(limits.map((count) => count(request)))
    const wait = Math.max(...counted.map((limit) => (!limit.isAllowed && limit.isExceeded ? limit.ttlInSeconds : 0)))
    if (wait === 0) return undefined
    reply.code(429).header('retry-after', wait)
    return { form: waitSentence(request.page, wait) }
  }
}

const waitSentence = ({ t }: Pick<Page, 't'>, seconds: number) =>
  t('Too many tries. Please try again in {minutes, plural, one {# minute} other {# minutes}}.', {
    minutes: Math.ceil(seconds / 60),
  })

/** The address a form names. */
export const namedAddress = ({ body }: FastifyRequest) => String((body as { email?: unknown }).email).toLowerCase()

/** Whoever is signed in. */
export const ownAccount = ({ viewer }: FastifyRequest) => String(viewer?.id)
