import { addMonths } from '../lib/months.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Credential, listCredentialsDue } from './credential-queries.ts'

type Values = Record<string, string>
type Due = Awaited<ReturnType<typeof listCredentialsDue>>[number]
type Managed = Credential & { hasLapsed: boolean }

declare module '../plugins/views.ts' {
  interface Views {
    'experts/_checked': { values: Values; errors?: Values; isRegisterNeeded: boolean }
    'experts/due': { credentials: (Due & { hasLapsed: boolean })[]; crumbs: Crumb[] }
    'experts/_managed': { credentials: Managed[]; canManage: boolean }
    'experts/managed': {
      expert: { accountId: number; name: string; handle: string }
      credentials: Managed[]
      /** Moderators leave their own to others. */
      canManage: boolean
      values: Values
      errors?: Values
      crumbs: Crumb[]
    }
    'experts/credential-form': {
      credential: Credential
      isAgain: boolean
      listPath: string
      values: Values
      errors?: Values
      crumbs: Crumb[]
    }
  }
}

const CHECKED_FOR_MONTHS = 12

export const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** For a year, as a rule. */
export const checkedToday = (now = new Date()) => ({
  checkedOn: dayOf(now),
  checkAgainOn: dayOf(addMonths(now, CHECKED_FOR_MONTHS)),
})

export const managed = (credentials: Credential[], now = new Date()): Managed[] =>
  credentials.map((credential) => ({ ...credential, hasLapsed: credential.checkAgainAt <= now }))

export function credentialValues(credential: Credential, isAgain: boolean): Values {
  const { issuer, number, registerUrl, checkedAt, checkAgainAt } = credential
  const days = isAgain ? checkedToday() : { checkedOn: dayOf(checkedAt), checkAgainOn: dayOf(checkAgainAt) }
  return { issuer, number, registerUrl: registerUrl ?? '', ...days }
}

export const managedPath = (expertId: number) => `/moderation/experts/${expertId}/credentials`

export const dueCrumbs = (t: Page['t']): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('Credentials to check again'), path: '/moderation/credentials' },
]

export const managedCrumbs = (t: Page['t'], { accountId, name }: { accountId: number; name: string }): Crumb[] => [
  { name: t('Moderation'), path: '/moderation' },
  { name: t('Credentials of {name}', { name }), path: managedPath(accountId) },
]
