import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { safePath } from '../lib/urls.ts'
import { Conflict } from '../plugins/errors.ts'
import { hasDuties } from '../plugins/sessions.ts'
import type { Page } from '../plugins/views.ts'
import type { setUpOf } from './authenticators.ts'
import type { Passkey } from './passkey-queries.ts'
import { findPasswordHash } from './queries.ts'
import type { findAuthenticator } from './second-factor-queries.ts'

export const HOME = '/account/two-factor'

/** What a form asks for, so that an open session alone changes nothing of how one signs in. */
type Asked = { isAsked: boolean; hasPassword: boolean; canProve: boolean }

/** Something that takes a password or a code. */
type Removal = { title: string; lead: string; path: string; button: string }

type SetUp = NonNullable<Awaited<ReturnType<typeof setUpOf>>>
type Onward = { next?: string; errors?: FormErrors }

declare module '../plugins/views.ts' {
  interface Views {
    'accounts/second-step': Onward & { hasAuthenticator: boolean; hasPasskey: boolean; isRemembered: boolean }
    'accounts/two-factor': {
      authenticator: Awaited<ReturnType<typeof findAuthenticator>>
      passkeys: Passkey[]
      recoveryCodes: number
      isRequired: boolean
      canHavePasskeys: boolean
      canWait: boolean
      next?: string
    }
    'accounts/new-authenticator': Onward & { asked: Asked }
    'accounts/authenticator': Onward & SetUp
    'accounts/new-passkey': Onward & { asked: Asked; values: Record<string, string | undefined>; isPossible: boolean }
    'accounts/recovery-codes': { codes: string[]; next: string }
    'accounts/remove-second-factor': Removal & { hasPassword: boolean; errors?: FormErrors }
    'accounts/_passkey': { address: string; options: string; isConditional?: boolean; label: string; next?: string }
    'accounts/_passkeys': { passkeys: Passkey[] }
    'accounts/_proof': { hasPassword: boolean; error?: string }
  }
}

const FRESH_MS = 15 * 60_000

/** Whoever has just signed in has shown who they are. */
const isFresh = (startedAt: Date) => Date.now() - startedAt.getTime() < FRESH_MS

export async function askedOf(request: FastifyRequest): Promise<Asked> {
  const { id, startedAt, twoFactorEnabled } = request.signedIn()
  const hasPassword = (await findPasswordHash(request.server.database.read, id)) !== undefined
  return { isAsked: !isFresh(startedAt), hasPassword, canProve: hasPassword || twoFactorEnabled }
}

/** Whether this account's role asks for a second step, set up or not. */
export function isRequiredOf({ server: { config }, viewer }: FastifyRequest) {
  if (!config.requiresTwoFactor || !viewer) return false
  return viewer.needsSecondFactor || hasDuties(viewer)
}

/** @throws where the last of somebody's who must have one would go; thrown in a transaction it undoes that */
export function assertAllowed(request: FastifyRequest, isAnotherLeft: boolean) {
  if (isAnotherLeft || !isRequiredOf(request)) return
  throw new Conflict('Your role here asks for two-step sign-in. Add another way before you remove this one.')
}

export const removals = (t: Page['t']) => ({
  recoveryCodes: {
    title: t('Make new recovery codes'),
    lead: t('The ones you have now will no longer work.'),
    path: `${HOME}/recovery-codes`,
    button: t('Make new codes'),
  },
  authenticator: {
    title: t('Remove the authenticator app'),
    lead: t('Its codes will no longer be asked for, and will no longer work. Other devices will be signed out.'),
    path: `${HOME}/authenticator/removal`,
    button: t('Remove the app'),
  },
  everything: {
    title: t('Turn off two-step sign-in'),
    lead: t(
      'Your authenticator app, your passkeys and your recovery codes will be removed. Other devices will be signed out.',
    ),
    path: `${HOME}/removal`,
    button: t('Turn it off'),
  },
})

export const passkeyRemoval = (t: Page['t'], { id, name }: Passkey): Removal => ({
  title: t('Remove the passkey “{name}”', { name }),
  lead: t('It will no longer sign you in. Other devices will be signed out.'),
  path: `${HOME}/passkeys/${id}/removal`,
  button: t('Remove the passkey'),
})

export async function showRemoval(request: FastifyRequest, reply: FastifyReply, removal: Removal, errors?: FormErrors) {
  const { hasPassword } = await askedOf(request)
  return reply.render('accounts/remove-second-factor', { ...removal, hasPassword, errors })
}

type Codes = { codes: string[]; next?: string }

/** In answer to the form itself: they are shown once, and kept nowhere. */
export const showCodes = (reply: FastifyReply, { codes, next }: Codes) =>
  reply.render('accounts/recovery-codes', { codes, next: safePath(next, HOME) })
