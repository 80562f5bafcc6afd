import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, type Person } from '../notifications/views.ts'

/** Neither says which: mail is read over shoulders. */
export function dueMail(site: Site, reader: Person, count: number): Mail {
  const { t } = site
  return letter(site, reader, {
    subject: t('Answers of yours are due to be checked'),
    paragraphs: [
      t(
        'Medicine moves on, so every answer is looked at again after some time. {count, plural, one {One of yours has come to that point.} other {# of yours have come to that point.}} Please read what you wrote: say that it still holds, change it, or take it back.',
        { count },
      ),
    ],
    path: '/desk/reviews',
  })
}

export function overdueMail(site: Site, reader: Person, count: number): Mail {
  const { t } = site
  return letter(site, reader, {
    subject: t('Answers have not been checked for 30 days'),
    paragraphs: [
      t(
        '{count, plural, one {One answer is} other {# answers are}} 30 days past the date by which an expert should have checked that {count, plural, one {it still holds} other {they still hold}}. Please ask another expert to look, or withdraw what nobody stands by any more.',
        { count },
      ),
    ],
    path: '/moderation/reviews',
  })
}
