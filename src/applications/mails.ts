import type { Mail } from '../notifications/queries.ts'
import { letter } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'
import type { Application } from './queries.ts'

type Site = Pick<Page, 't' | 'siteName' | 'absolute'>
type Person = { id: number; name: string; email: string }
type Staff = Omit<Person, 'id'> & { accountId: number }
type Which = Pick<Application, 'id' | 'credentialId'>

const addressed = ({ id, name, email }: Person): Staff => ({ accountId: id, name, email })
const pathOf = ({ id }: Which) => `/experts/applications/${id}`

export function receivedMail(site: Site, applicant: Person, application: Which): Mail {
  const { t } = site
  const what = application.credentialId
    ? t('We have what you sent us about your registration. We will look it up and write to you.')
    : t('We have your application. We will look up your registration and write to you, within a few days as a rule.')
  return letter(site, addressed(applicant), {
    subject: application.credentialId ? t('We have your renewal') : t('We have your application'),
    paragraphs: [what, t('Here you can see how far it is, add files, or withdraw it:')],
    path: pathOf(application),
  })
}

export function staffMail(site: Site, person: Staff, { id, credentialId }: Which): Mail {
  const { t } = site
  return letter(site, person, {
    subject: credentialId ? t('A renewal to look at') : t('An application to look at'),
    paragraphs: [t('Somebody waits for us to look at their registration:')],
    path: `/moderation/applications/${id}`,
  })
}

export function askedMail(site: Site, applicant: Person, application: Which & { body: string }): Mail {
  const { t } = site
  return letter(site, addressed(applicant), {
    subject: t('A question about your application'),
    paragraphs: [t('Before we decide we would like to know:'), application.body, t('You can answer here:')],
    path: pathOf(application),
  })
}

export function answeredMail(site: Site, person: Staff, { id }: Which): Mail {
  const { t } = site
  return letter(site, person, {
    subject: t('An applicant has written back'),
    paragraphs: [t('Somebody whom we asked about their application has written back:')],
    path: `/moderation/applications/${id}`,
  })
}

type Accepted = { until: string; categories: string[] }

export function acceptedMail(site: Site, applicant: Person, { until, categories }: Accepted): Mail {
  const { t } = site
  return letter(site, addressed(applicant), {
    subject: t('Your application is accepted'),
    paragraphs: [
      t(
        'Welcome among the experts! We have looked up your registration, and you may answer questions in: {categories}.',
        {
          categories: categories.join(', '),
        },
      ),
      t('We will look it up again by {until}, and remind you before that.', { until }),
      t('Begin here:'),
    ],
    path: '/questions?status=open',
  })
}

export function renewedMail(site: Site, applicant: Person, { until, issuer }: { until: string; issuer: string }): Mail {
  const { t } = site
  return letter(site, addressed(applicant), {
    subject: t('Your registration is checked'),
    paragraphs: [
      t('We have looked up your registration with {issuer} again. It holds here till {until}.', { issuer, until }),
    ],
    path: '/experts/credentials',
  })
}

export function refusedMail(site: Site, applicant: Person, application: Which & { reason: string }): Mail {
  const { t } = site
  return letter(site, addressed(applicant), {
    subject: t('Your application'),
    paragraphs: [
      t('Thank you for offering your help. We cannot accept your application as it stands.'),
      t('Why: {reason}', { reason: application.reason }),
      t('You may apply again when that has changed. The files you sent are deleted in 30 days.'),
    ],
    path: pathOf(application),
  })
}

export function withdrawnMail(site: Site, applicant: Person, application: Which): Mail {
  const { t } = site
  return letter(site, addressed(applicant), {
    subject: t('Your application is withdrawn'),
    paragraphs: [t('You have withdrawn your application. The files you sent are deleted in 30 days.')],
    path: pathOf(application),
  })
}
