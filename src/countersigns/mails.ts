import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, type Person } from '../notifications/views.ts'
import type { Countersign } from './queries.ts'

type News = { reader: Person; path: string }

/** To the answer's author. What was said stands on the page alone. */
export function countersignedMail(site: Site, { reader, path, stance, by }: News & Said): Mail {
  const { t } = site
  const news = {
    agrees: t('{name} has read an answer of yours and agrees with it.', { name: by }),
    'agrees-with-caveat': t('{name} has read an answer of yours and agrees with a caveat.', { name: by }),
    disagrees: t('{name} has read an answer of yours and disagrees.', { name: by }),
  }
  return letter(site, reader, {
    subject: t('Another expert has looked at your answer'),
    paragraphs: [
      news[stance],
      t('What they say stands beside your answer. You can edit it, correct it or take it back:'),
    ],
    path,
  })
}

type Said = { stance: Countersign['stance']; by: string }

/** To those whose countersign is about what the answer said before. */
export function lookAgainMail(site: Site, { reader, path, by }: News & { by: string }): Mail {
  const { t } = site
  return letter(site, reader, {
    subject: t('An answer you countersigned has been changed'),
    paragraphs: [
      t('{name} has changed an answer that you countersigned.', { name: by }),
      t('Until you look again, the page says that your countersign is about an earlier version:'),
    ],
    path,
  })
}
