import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { mailText } from '../notifications/views.ts'

type Reader = { accountId: number; name: string; email: string }

/** Neither says which: mail is read over shoulders. */
export function dueMail(site: Site, reader: Reader, count: number): Mail {
  const { t } = site
  return {
    accountId: reader.accountId,
    recipient: reader.email,
    subject: t('Answers of yours are due to be checked'),
    text: mailText(site, {
      name: reader.name,
      paragraphs: [
        t(
          'Medicine moves on, so every answer is looked at again after some time. {count, plural, one {One of yours has come to that point.} other {# of yours have come to that point.}} Please read what you wrote: say that it still holds, change it, or take it back.',
          { count },
        ),
      ],
      link: site.absolute('/desk/reviews'),
    }),
  }
}

export function overdueMail(site: Site, reader: Reader, count: number): Mail {
  const { t } = site
  return {
    accountId: reader.accountId,
    recipient: reader.email,
    subject: t('Answers have not been checked for 30 days'),
    text: mailText(site, {
      name: reader.name,
      paragraphs: [
        t(
          '{count, plural, one {One answer is} other {# answers are}} 30 days past the date by which an expert should have checked that {count, plural, one {it still holds} other {they still hold}}. Please ask another expert to look, or withdraw what nobody stands by any more.',
          { count },
        ),
      ],
      link: site.absolute('/moderation/reviews'),
    }),
  }
}
