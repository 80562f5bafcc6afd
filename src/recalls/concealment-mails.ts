import type { Answer } from '../answers/queries.ts'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter } from '../notifications/views.ts'
import { isLive } from '../questions/policy.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { listTold } from './queries.ts'

type Kind = 'checked' | 'hidden' | 'cleared' | 'shown'
/** `exceptIds`: who knows already, or is told in other words. */
type News = { kind: Kind; answer: Answer; exceptIds: (number | null)[] }

/**
 * To whoever asked and everybody who was sent an answer, in the transaction of what happens to it. Its author is told in
 * other words. Nobody reads what was withdrawn before, nor what stands below a question that is not to be read.
 */
export async function tellOfConcealment(db: Writer, site: Site, { kind, answer, exceptIds }: News) {
  const question = await findAnyQuestion(db, answer.questionId)
  if (answer.withdrawnAt || !question || !isLive(question)) return
  const told = [answer.expertId, ...exceptIds]
  const { subject, paragraphs } = texts(site, answer.expertName)[kind]
  const path = `/questions/${answer.questionId}`
  for (const person of await listTold(db, answer))
    if (!told.includes(person.accountId)) await queueMail(db, letter(site, person, { subject, paragraphs, path }))
}

/** Never why: that would tell of somebody's health. */
function texts({ t }: Site, expert: string): Record<Kind, { subject: string; paragraphs: string[] }> {
  const unsure = t(
    'If you have gone by it and are not sure what to do now, please ask somebody who can see you. In an emergency call your emergency number.',
  )
  return {
    checked: {
      subject: t('An answer you were sent is being checked'),
      paragraphs: [
        t(
          'Somebody fears that an answer of {expert} that you were sent may do harm. We have hidden it while we look. Please do not go by it till then.',
          { expert },
        ),
        t('We look within 24 hours and write to you again.'),
        unsure,
      ],
    },
    hidden: {
      subject: t('An answer you were sent has been taken down'),
      paragraphs: [
        t('Our staff have taken down an answer of {expert} that you were sent. Please do not go by it any more.', {
          expert,
        }),
        unsure,
      ],
    },
    cleared: {
      subject: t('An answer you were sent has been checked'),
      paragraphs: [
        t('We have looked at an answer of {expert} that you were sent, and it can stay. You can read it again here:', {
          expert,
        }),
      ],
    },
    shown: {
      subject: t('An answer you were sent can be read again'),
      paragraphs: [
        t('We had taken down an answer of {expert} that you were sent. It can be read again here:', { expert }),
      ],
    },
  }
}
