import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, mailText, type Person } from '../notifications/views.ts'
import { HOURS_BEFORE } from './clock-queries.ts'
import { LINK_DAYS } from './links.ts'
import type { Incident } from './queries.ts'
import type { Reporter } from './reporter-queries.ts'

/** `isAdded`: to a report that is open. */
type Reported = Pick<Incident, 'id' | 'isHiding'> & { isAdded: boolean }

/** To staff, at once. */
export function reportedMail(site: Site, person: Person, { id, isHiding, isAdded }: Reported) {
  const { t } = site
  const shown = isAdded
    ? t('Another report has hidden the answer already. This one adds to it.')
    : t('The answer has not been hidden by this report. Please look whether it should be.')
  const done = isHiding ? t('The answer is hidden till one of you has looked.') : shown
  return letter(site, person, {
    subject: t('Urgent: an answer may do harm'),
    paragraphs: [t('Somebody has reported that an answer may do harm.'), done, t('Please look within 24 hours:')],
    path: `/moderation/incidents/${id}`,
  })
}

/** To staff, while there is a little time left. */
export function nearlyDueMail(site: Site, person: Person, count: number) {
  const { t } = site
  return letter(site, person, {
    subject: t('Urgent: a harm report waits for you'),
    paragraphs: [
      t(
        '{count, plural, one {A report} other {# reports}} that an answer may do harm {count, plural, one {is} other {are}} to be decided within {hours, number} hours.',
        { count, hours: HOURS_BEFORE },
      ),
    ],
    path: '/moderation/incidents',
  })
}

/** To moderators, once the time is over. */
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

/** To administrators, then and each day after. */
export function escalationMail(site: Site, person: Person, count: number) {
  const { t } = site
  return letter(site, person, {
    subject: t('Urgent: a harm report is overdue'),
    paragraphs: [
      t(
        '{count, plural, one {A report} other {# reports}} that an answer may do harm {count, plural, one {is} other {are}} past the 24 hours within which we promise to look, and nobody has decided. The moderators have been told.',
        { count },
      ),
      t('Please see to it today that somebody does. You are told each day until then.'),
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

type Words = { subject: string; paragraphs: string[]; link?: string }

/** To whoever reported it, who may have no account. */
function toReporter(site: Site, { accountId, name, email }: Reporter, { subject, ...rest }: Words): Mail {
  return { accountId, recipient: email, subject, text: mailText(site, { name, ...rest }) }
}

/** Nothing else is sent to an address before this. */
export const confirmationMail = (site: Site, email: string, token: string) =>
  toReporter(
    site,
    { email },
    {
      subject: site.t('Please confirm your e-mail address'),
      paragraphs: [
        site.t(
          'Somebody told us that an answer may do harm, and gave us this address to learn what comes of it. If that was you, please open this page and press the button, within {days, number} days:',
          { days: LINK_DAYS },
        ),
        site.t('If it was not you, you need not do anything: we will not write again.'),
      ],
      link: site.absolute(`/incidents/confirmation?${new URLSearchParams({ token })}`),
    },
  )

/** Once the time is over. */
export const delayMail = (site: Site, reporter: Reporter, { isHiding, questionId }: Incident) =>
  toReporter(site, reporter, {
    link: linkTo(site, questionId),
    subject: site.t('Your report takes longer than we said'),
    paragraphs: [
      site.t(
        'You told us that an answer may do harm. We said that we would look within 24 hours, and we have not managed to. We are sorry.',
      ),
      ...(isHiding ? [site.t('The answer stays hidden until we have looked.')] : []),
      site.t('Those who run the site have been told. We will write to you once it is decided.'),
    ],
  })

/** The page that the answer was on; none: it is no longer here. */
const linkTo = (site: Site, questionId: number | null) =>
  questionId === null ? undefined : site.absolute(`/questions/${questionId}`)

export type Outcome = { outcome: NonNullable<Incident['outcome']>; explanation: string }

type Told = Outcome & Pick<Incident, 'questionId'>

/** To whoever reported it. */
export function outcomeMail(site: Site, reporter: Reporter, { outcome, explanation, questionId }: Told) {
  const { t } = site
  const what = {
    upheld: t(
      'You told us that an answer may do harm. We agree, and have taken it down. Everybody who was sent it is told.',
    ),
    withdrawn: t(
      'You told us that an answer may do harm. We agree, and have taken it back. Everybody who was sent it is told, and its page says what to do now.',
    ),
    corrected: t(
      'You told us that an answer may do harm. Its expert has put it right since, and we have looked at the new words. Everybody who was sent it is told what has changed.',
    ),
    dismissed: t('You told us that an answer may do harm. We have looked, and think that it can stay.'),
  }[outcome]
  return toReporter(site, reporter, {
    subject: t('What became of your report'),
    paragraphs: [what, explanation, t('Thank you for looking out for others.')],
    link: linkTo(site, questionId),
  })
}

/** To the expert whose answer it is about. */
export function judgedMail(
  site: Site,
  person: Person,
  { outcome, explanation, answerPath }: Outcome & { answerPath: string },
) {
  const { t } = site
  const what = {
    upheld: t('We have looked at the answer of yours that was reported, and it stays down.'),
    withdrawn: t(
      'We have looked at the answer of yours that was reported, and have taken it back. What people should do now stands in its place.',
    ),
    corrected: t(
      'We have looked at the answer of yours that was reported. As you have put it right it can stay, and readers are told what has changed.',
    ),
    dismissed: t('We have looked at the answer of yours that was reported, and it can stay.'),
  }[outcome]
  return letter(site, person, {
    subject: t('Your answer has been checked'),
    paragraphs: [what, explanation],
    path: answerPath,
  })
}
