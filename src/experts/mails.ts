import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, type Person } from '../notifications/views.ts'
import type { Credential } from './credential-queries.ts'

/** A credential to check again, and whose it is. */
export type Due = Credential & { expert: Person }

export function dueMail(site: Site, { expert, issuer, number, checkAgainAt }: Due, now: Date): Mail {
  const { t, formatDate } = site
  const hasLapsed = checkAgainAt <= now
  const values = { issuer, number, date: formatDate(checkAgainAt) }
  const what = hasLapsed
    ? t(
        'Your registration with {issuer} ({number}) was to be checked again by {date}. Until it is, you are not shown as a verified expert and cannot answer. Your answers stay.',
        values,
      )
    : t(
        'Your registration with {issuer} ({number}) is to be checked again by {date}. From then on you are not shown as a verified expert and cannot answer.',
        values,
      )
  const subject = hasLapsed
    ? t('Your registration was not checked in time')
    : t('Your registration is to be checked again')
  const paragraphs = [what, t('Has anything changed, or do you have a new certificate? Send it to us here:')]
  return letter(site, expert, { subject, paragraphs, path: '/experts/credentials' })
}

export function staffDueMail(site: Site, person: Person, due: Due[]): Mail {
  const { t, formatDate } = site
  const lines = due.map(({ expert, issuer, checkAgainAt }) =>
    t('{name}, {issuer}: by {date}', { name: expert.name, issuer, date: formatDate(checkAgainAt) }),
  )
  return letter(site, person, {
    subject: t('Credentials to check again'),
    paragraphs: [
      t(
        '{count, plural, one {The registration of an expert is} other {Registrations of experts are}} to be checked again:',
        {
          count: due.length,
        },
      ),
      lines.join('\n'),
    ],
    path: '/moderation/credentials',
  })
}
