import type { Mail } from '../notifications/queries.ts'
import { mailText } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'
import type { NewReferral } from './queries.ts'

type Paper = Pick<Page, 't' | 'siteName' | 'absolute'>
type Person = { accountId: number; name: string; email: string }
type News = { reader: Person; questionId: number; subject: string; text: string }

/** Without the question's title and the reason: those tell of somebody's health. */
function mailAbout(paper: Paper, { reader, questionId, subject, text }: News): Mail {
  const { accountId, name, email } = reader
  const link = paper.absolute(`/questions/${questionId}`)
  return { accountId, recipient: email, subject, text: mailText(paper, { name, paragraphs: [text], link }) }
}

type Passed = { reader: Person; questionId: number; kind: NewReferral['kind']; expertName: string }

export function referredMail(paper: Paper, { kind, expertName: name, ...to }: Passed) {
  const { t } = paper
  const texts = {
    category: t('{name} has moved your question to where experts for it will see it. You can read why here:', { name }),
    expert: t('{name} has asked a colleague to answer your question. You can read why here:', { name }),
    'in-person': t('{name} has read your question and suggests what to do next. You can read it here:', { name }),
  }
  return mailAbout(paper, { ...to, subject: t('There is news about your question'), text: texts[kind] })
}

type Routed = { reader: Person; questionId: number; expertName: string }

export function passedToMail(paper: Paper, { expertName: name, ...to }: Routed) {
  const { t } = paper
  const text = t('{name} has passed a question on to you. It is on your desk, and here:', { name })
  return mailAbout(paper, { ...to, subject: t('A colleague has passed a question on to you'), text })
}

/** One letter, of however many questions. */
export function waitedLongMail(paper: Paper, { reader, questionIds }: { reader: Person; questionIds: number[] }): Mail {
  const { t, absolute } = paper
  const count = questionIds.length
  const news = t(
    '{count, plural, one {A question has} other {# questions have}} waited longer than most, and you may be able to answer. You find {count, plural, one {it} other {them}} on your desk:',
    { count },
  )
  return {
    accountId: reader.accountId,
    recipient: reader.email,
    subject: t('Questions have waited long'),
    text: mailText(paper, { name: reader.name, paragraphs: [news], link: absolute('/desk') }),
  }
}
