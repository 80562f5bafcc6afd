import type { Site } from '../notifications/site.ts'
import { letter, type Person } from '../notifications/views.ts'
import type { Incident } from './queries.ts'

/** To staff, at once. */
export function reportedMail(site: Site, person: Person, { id, isHiding }: Pick<Incident, 'id' | 'isHiding'>) {
  const { t } = site
  const done = isHiding
    ? t('The answer is hidden till one of you has looked.')
    : t('The answer has not been hidden by this report. Please look whether it should be.')
  return letter(site, person, {
    subject: t('Urgent: an answer may do harm'),
    paragraphs: [t('Somebody has reported that an answer may do harm.'), done, t('Please look within 24 hours:')],
    path: `/moderation/incidents/${id}`,
  })
}

/** To staff, once the time is over. */
export function overdueMail(site: Site, person: Person, count: number) {
  const { t } = site
  return letter(site, person, {
    subject: t('Urgent: a harm report has waited for 24 hours'),
    paragraphs: [
      t(
        '{count, plural, one {A report} other {# reports}} that an answer may do harm {count, plural, one {has} other {have}} not been looked at within 24 hours.',
        { count },
      ),
    ],
    path: '/moderation/incidents',
  })
}

/** To the expert: not who reported it. */
export function concernMail(site: Site, person: Person, answerPath: string) {
  const { t } = site
  return letter(site, person, {
    subject: t('Your answer is being checked'),
    paragraphs: [
      t(
        'Somebody has reported that an answer of yours may do harm. Until we have looked, only you and our staff can see it. We look within 24 hours and tell you what came of it.',
      ),
    ],
    path: answerPath,
  })
}

/** To whoever reported it. */
export function outcomeMail(site: Site, person: Person, { outcome, explanation }: Outcome) {
  const { t } = site
  const what =
    outcome === 'upheld'
      ? t('You told us that an answer may do harm. We agree, and have taken it down.')
      : t('You told us that an answer may do harm. We have looked, and think that it may stand.')
  return letter(site, person, {
    subject: t('What became of your report'),
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
  return letter(site, person, {
    subject: t('Your answer has been checked'),
    paragraphs: [what, explanation],
    path: answerPath,
  })
}

type Outcome = { outcome: 'upheld' | 'dismissed'; explanation: string }
