import type { Registration } from '../database/schema.ts'
import type { Credential } from './credential-queries.ts'

/** As everybody may see it. */
export type ShownCredential = Pick<Credential, 'issuer' | 'number' | 'registerUrl' | 'checkedAt'> & {
  hasLapsed: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'experts/_registrations': { registrations: Registration[] }
    'experts/_credentials': { credentials: ShownCredential[] }
  }
}

export const shownCredential = ({ checkAgainAt, ...credential }: Credential, now = new Date()): ShownCredential => ({
  ...credential,
  hasLapsed: checkAgainAt <= now,
})
