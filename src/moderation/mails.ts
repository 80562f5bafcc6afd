import type { Mail } from '../notifications/queries.ts'
import { type Letter, mailText } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'

type Concealed = {
  kind: 'question' | 'answer' | 'comment'
  id: number
  /** Without the question's slug: that tells of somebody's health. */
  path: string
  /** Not everybody could read it before. */
  isInConfidence?: boolean
  /** It has never been published, and is not yet. */
  isPending?: boolean
  /** Whoever wrote it. */
  writer: { accountId: number; name: string; email: string }
}

/** Why stands in the text alone: subjects are read over shoulders. */
export function hiddenMail(page: Page, concealed: Concealed, reason: string) {
  const { t, contact } = page
  const news = {
    question: {
      subject: t('Your question has been hidden'),
      what: t('We have hidden your question. Only you and our staff can see it now.'),
    },
    answer: {
      subject: t('Your answer has been hidden'),
      what: t('We have hidden your answer. Only you and our staff can see it now.'),
    },
    comment: {
      subject: t('Your comment has been hidden'),
      what: t('We have hidden your comment. Only you and our staff can see it now.'),
    },
  }
  const { subject, what } = news[concealed.kind]
  const appeal = contact && t('If you think this is a mistake, write to us: {address}', contact)
  const paragraphs = [what, t('Why: {reason}', { reason }), appeal, t('Here it is, once you have signed in:')]
  return mailAbout(page, concealed, { subject, paragraphs: paragraphs.filter((text) => text !== undefined) })
}

export function shownMail(page: Page, concealed: Concealed) {
  const { t } = page
  const news = {
    question: {
      subject: concealed.isPending ? t('Your question is not hidden any more') : t('Your question can be read again'),
      paragraphs: [whoReads(t, concealed)],
    },
    answer: {
      subject: t('Your answer can be read again'),
      paragraphs: [t('We had hidden your answer. Everybody can read it again:')],
    },
    comment: {
      subject: t('Your comment can be read again'),
      paragraphs: [t('We had hidden your comment. It can be read again:')],
    },
  }
  return mailAbout(page, concealed, news[concealed.kind])
}

function whoReads(t: Page['t'], { isInConfidence, isPending }: Concealed) {
  if (isPending) return t('We had hidden your question. It is yours alone again till the time you chose:')
  if (isInConfidence) return t('We had hidden your question. Those you asked can read it again:')
  return t('We had hidden your question. Everybody can read it again:')
}

type News = Pick<Letter, 'paragraphs'> & { subject: string }

function mailAbout(page: Page, { writer, path }: Concealed, { subject, paragraphs }: News): Mail {
  const { accountId, name, email } = writer
  const text = mailText(page, { name, paragraphs, link: page.absolute(path) })
  return { accountId, recipient: email, subject, text }
}
