import { findAsker, findAuthor } from '../answers/queries.ts'
import { readersAmong } from '../audiences/queries.ts'
import type { Reader } from '../database/types.ts'
import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, mailText } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'
import type { Purpose } from './places.ts'
import { type Comment, listAwaiting } from './queries.ts'

type Person = { accountId: number; name: string; email: string }

/** Whom a comment is for. What colleagues say to each other is mailed to nobody. */
export async function listReaders(db: Reader, comment: Comment, now: Date): Promise<Person[]> {
  const { questionId, answerId, kind, isByAsker } = comment
  const one = (person: Person | undefined) => (person ? [person] : [])
  if (kind === 'colleague') return []
  if (!isByAsker) return one(await findAsker(db, questionId))
  const experts = answerId ? one(await findAuthor(db, answerId)) : await listAwaiting(db, questionId, now)
  return readersAmong(db, questionId, experts, now)
}

export function purposeOf({ kind, isByAsker }: Comment): Purpose {
  if (kind === 'follow-up') return isByAsker ? 'follow-up' : 'follow-up-reply'
  return isByAsker ? 'reply' : kind
}

/** Names neither the question nor its subject, nor anything that was said: mail is read over shoulders. */
export function commentMail(page: Page, purpose: Purpose, { reader, comment }: { reader: Person; comment: Comment }) {
  const { subject, paragraph } = news(page, comment.authorName)[purpose]
  return {
    accountId: reader.accountId,
    recipient: reader.email,
    subject,
    text: mailText(page, {
      name: reader.name,
      paragraphs: [paragraph],
      link: page.absolute(`/questions/${comment.questionId}#comment-${comment.id}`),
    }),
  } satisfies Mail
}

const news = ({ t }: Page, name: string) => ({
  clarification: {
    subject: t('An expert asks you something'),
    paragraph: t('{name} would like to know something before answering your question. You can reply here:', { name }),
  },
  reply: {
    subject: t('You have a reply'),
    paragraph: t('Whoever asked the question has replied to what was asked back. You can read it here:'),
  },
  'follow-up': {
    subject: t('Your answer has a follow-up question'),
    paragraph: t('Whoever asked the question has come back to your answer. You can read it and reply here:'),
  },
  'follow-up-reply': {
    subject: t('Your follow-up question has a reply'),
    paragraph: t('{name} has replied to your follow-up question. You can read it here:', { name }),
  },
  colleague: { subject: '', paragraph: '' },
})

type CommentDecision = { questionId: number; commentId: number; isPublished: boolean; reason?: string }

/** To whoever wrote below their question, once a moderator has read what was held. */
export function decidedBelowMail(site: Site, person: Person, decision: CommentDecision) {
  const { t } = site
  const { questionId, commentId, isPublished, reason = '' } = decision
  const paragraphs = isPublished
    ? [t('One of us has read what you wrote below your question. It stands there now, and whom you wrote to is told.')]
    : [
        t('One of us has read what you wrote below your question. We do not show it, but we have not forgotten you.'),
        reason,
      ]
  return letter(site, person, {
    subject: t('About what you wrote'),
    paragraphs: [...paragraphs, t('If things get worse, please call the emergency number of your country.')],
    path: `/questions/${questionId}#comment-${commentId}`,
  })
}
