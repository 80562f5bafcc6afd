import type { Mail } from '../notifications/queries.ts'
import { type Letter, mailText } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'

type Concealed = {
  kind: 'question' | 'answer'
  id: number
  /** Without the question's slug: that tells of somebody's health. */
  path: string
  /** Whoever wrote it. */
  writer: { accountId: number; name: string; email: string }
}

/** Why stands in the text alone: subjects are read over shoulders. */
export function hiddenMail(page: Page, concealed: Concealed, reason: string) {
  const { t } = page
  const isQuestion = concealed.kind === 'question'
  return mailAbout(page, concealed, {
    subject: isQuestion ? t('Your question has been hidden') : t('Your answer has been hidden'),
    paragraphs: [
      isQuestion
        ? t('We have hidden your question. Only you and our staff can see it now.')
        : t('We have hidden your answer. Only you and our staff can see it now.'),
      t('Why: {reason}', { reason }),
      ...(page.contact ? [t('If you think this is a mistake, write to us: {address}', page.contact)] : []),
      t('Here it is, once you have signed in:'),
    ],
  })
}

export function shownMail(page: Page, concealed: Concealed) {
  const { t } = page
  const isQuestion = concealed.kind === 'question'
  return mailAbout(page, concealed, {
    subject: isQuestion ? t('Your question can be read again') : t('Your answer can be read again'),
    paragraphs: [
      isQuestion
        ? t('We had hidden your question. Everybody can read it again:')
        : t('We had hidden your answer. Everybody can read it again:'),
    ],
  })
}

type News = Pick<Letter, 'paragraphs'> & { subject: string }

function mailAbout(page: Page, { writer, path }: Concealed, { subject, paragraphs }: News): Mail {
  const { accountId, name, email } = writer
  const text = mailText(page, { name, paragraphs, link: page.absolute(path) })
  return { accountId, recipient: email, subject, text }
}
