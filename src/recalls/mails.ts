import type { Answer } from '../answers/queries.ts'
import type { Writer } from '../database/types.ts'
import { type Mail, queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { mailText } from '../notifications/views.ts'
import { listTold, type Recall } from './queries.ts'

type Reader = { accountId: number; name: string; email: string }
/** `exceptIds`: who is told in other words. */
type News = { kind: Recall['kind']; answer: Answer; byId: number; isByStaff: boolean; exceptIds?: (number | null)[] }

/** In the transaction of the recall. */
export async function tellEverybody(db: Writer, site: Site, news: News) {
  const told = [news.byId, ...(news.exceptIds ?? [])]
  for (const reader of await listTold(db, news.answer))
    if (!told.includes(reader.accountId)) await queueMail(db, recallMail(site, reader, news))
}

/** Why stands on the page alone: it would tell of somebody's health. */
function recallMail(site: Site, { accountId, name, email }: Reader, { kind, answer, isByStaff }: News): Mail {
  const { t, absolute } = site
  const expert = answer.expertName
  const texts = {
    withdrawn: {
      subject: t('An answer you were sent has been taken back'),
      what: isByStaff
        ? t('Our staff have taken back an answer of {expert} that you were sent. Please do not go by it any more.', {
            expert,
          })
        : t('{expert} has taken back an answer that you were sent. Please do not go by it any more.', { expert }),
    },
    corrected: {
      subject: t('An answer you were sent has been corrected'),
      what: t(
        '{expert} has corrected an answer that you were sent. Please read what has changed before you go by it.',
        {
          expert,
        },
      ),
    },
    restored: {
      subject: t('An answer you were sent stands again'),
      what: t('An answer of {expert} that had been taken back stands again.', { expert }),
    },
  }
  const { subject, what } = texts[kind]
  const link = absolute(`/questions/${answer.questionId}#answer-${answer.id}`)
  const paragraphs = [what, t('Why, you can read here:')]
  return { accountId, recipient: email, subject, text: mailText(site, { name, paragraphs, link }) }
}
