import { createHmac } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { networkOf } from '../lib/networks.ts'
import type { Page } from '../plugins/views.ts'
import { countAttempt, forgiveAttempt } from './attempt-queries.ts'

type Limit = {
  /** Limits of one name count together. */
  name: string
  minutes: number
  /** Attempts from one internet address. */
  byVisitor: number
  /** Attempts on one account, from wherever they come. */
  byTarget: number
  target: (request: FastifyRequest) => string | Promise<string>
}

type Counted = { key: string; most: number }

const MINUTE_MS = 60_000

/**
 * Counts attempts, so that passwords cannot be guessed nor mailboxes flooded. Addresses are kept as keyed hashes alone.
 * @returns a function that counts one more, and says what stands above a form that has been sent too often
 */
export function createLimit({ database, config }: FastifyInstance, { name, minutes, ...limit }: Limit) {
  const keyOf = (kind: string, value: string) =>
    createHmac('sha256', config.secret).update(`attempt ${name} ${kind} ${value}`).digest('base64url')
  const countedIn = async (request: FastifyRequest): Promise<Counted[]> => [
    { key: keyOf('visitor', networkOf(request.ip)), most: limit.byVisitor },
    { key: keyOf('target', await limit.target(request)), most: limit.byTarget },
  ]

  /** Who has tried too often themselves costs nobody else an attempt. @returns the seconds to wait, mostly none */
  const count = (counted: Counted[], now: Date) =>
    database.write(async (db) => {
      const endsAt = new Date(now.getTime() + minutes * MINUTE_MS)
      for (const { key, most } of counted) {
        const attempt = await countAttempt(db, { key, endsAt, now })
        if (attempt.count > most) return Math.ceil((attempt.endsAt.getTime() - now.getTime()) / 1000)
      }
      return 0
    })

  const check = async (request: FastifyRequest, reply: FastifyReply): Promise<FormErrors | undefined> => {
    const wait = await count(await countedIn(request), new Date())
    if (wait === 0) return undefined
    reply.code(429).header('retry-after', wait)
    return { form: waitSentence(request.page, wait) }
  }

  /** For attempts that turned out right, where only wrong ones should count. */
  const forgive = async (request: FastifyRequest) => {
    const counted = await countedIn(request)
    await database.write(async (db) => {
      for (const { key } of counted) await forgiveAttempt(db, key)
    })
  }

  return Object.assign(check, { forgive })
}

type Account = (request: FastifyRequest) => number | undefined | Promise<number | undefined>

/** For codes of six digits, wherever they are asked for: only wrong ones count. */
export const createCodeLimit = (app: FastifyInstance, account: Account) =>
  createLimit(app, {
    name: 'code',
    minutes: 15,
    byVisitor: 5,
    byTarget: 5,
    target: async (request) => String(await account(request)),
  })

const waitSentence = ({ t }: Pick<Page, 't'>, seconds: number) =>
  t('Too many tries. Please try again in {minutes, plural, one {# minute} other {# minutes}}.', {
    minutes: Math.ceil(seconds / 60),
  })

/** The address a form names. */
export const namedAddress = ({ body }: FastifyRequest) => String((body as { email?: unknown }).email).toLowerCase()

/** Whoever is signed in. */
export const ownAccount = ({ viewer }: FastifyRequest) => String(viewer?.id)
