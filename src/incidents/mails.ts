import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { mailText } from '../notifications/views.ts'
import type { Incident } from './queries.ts'

type Person = { accountId: number; name: string; email: string }

const mailTo = (site: Site, { accountId, name, email }: Person, subject: string, letter: Letter): Mail => ({
  accountId,
  recipient: email,
  subject,
  text: mailText(site, { name, ...letter }),
})

type Letter = { paragraphs: string[]; link?: string }

/** To staff, at once. */
export function reportedMail(site: Site, person: Person, { id, isHiding }: Pick<Incident, 'id' | 'isHiding'>) {
  const { t } = site
  const done = isHiding
    ? t('The answer is hidden till one of you has looked.')
    : t('The answer has not been hidden by this report. Please look whether it should be.')
  return mailTo(site, person, t('Urgent: an answer may do harm'), {
    paragraphs: [t('Somebody has reported that an answer may do harm.'), done, t('Please look within 24 hours:')],
    link: site.absolute(`/moderation/incidents/${id}`),
  })
}

/** To staff, once the time is over. */
export function overdueMail(site: Site, person: Person, count: number) {
  const { t } = site
  return mailTo(site, person, t('Urgent: a harm report has waited for 24 hours'), {
    paragraphs: [
      t(
        '{count, plural, one {A report} other {# reports}} that an answer may do harm {count, plural, one {has} other {have}} not been looked at within 24 hours.',
        { count },
      ),
    ],
    link: site.absolute('/moderation/incidents'),
  })
}

/** To the expert: not who reported it. */
export function concernMail(site: Site, person: Person, answerPath: string) {
  const { t } = site
  return mailTo(site, person, t('Your answer is being checked'), {
    paragraphs: [
      t(
        'Somebody has reported that an answer of yours may do harm. Until we have looked, only you and our staff can see it. We look within 24 hours and tell you what came of it.',
      ),
    ],
    link: site.absolute(answerPath),
  })
}

/** To whoever reported it. */
export function outcomeMail(site: Site, person: Person, { outcome, explanation }: Outcome) {
  const { t } = site
  const what =
    outcome === 'upheld'
      ? t('You told us that an answer may do harm. We agree, and have taken it down.')
      : t('You told us that an answer may do harm. We have looked, and think that it may stand.')
  return mailTo(site, person, t('What became of your report'), {
    paragraphs: [what, explanation, t('Thank you for looking out for others.')],
  })
}

/** To the expert whose answer it is about. */
export function judgedMail(
  site: Site,
  person: Person,
  { outcome, explanation, answerPath }: Outcome & { answerPath: string },
) {
  const { t } = site
  const what =
    outcome === 'upheld'
      ? t('We have looked at the answer of yours that was reported, and it stays down.')
      : t('We have looked at the answer of yours that was reported. Everybody can read it again.')
  return mailTo(site, person, t('Your answer has been checked'), {
    paragraphs: [what, explanation],
    link: site.absolute(answerPath),
  })
}

type Outcome = { outcome: 'upheld' | 'dismissed'; explanation: string }
