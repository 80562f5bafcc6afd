import type { Writer } from '../database/types.ts'
import { type Mail, queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, mailText } from '../notifications/views.ts'
import { isInConfidence } from '../questions/policy.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { findAddressee } from './queries.ts'

type Person = { accountId: number; name: string; email: string }

/** Tells the one expert of whom it was asked, once they can read it. Nothing of what was asked: mail travels open. */
export async function tellAddressee(db: Writer, site: Site, questionId: number) {
  const question = await findAnyQuestion(db, questionId)
  if (question?.audience !== 'expert' || !isInConfidence(question)) return
  const expert = await findAddressee(db, questionId)
  if (expert) await queueMail(db, askedMail(site, expert, questionId))
}

function askedMail(site: Site, { accountId, name, email }: Person, questionId: number): Mail {
  const { t, absolute } = site
  const paragraphs = [
    t('Somebody has asked a question of you alone, in confidence. If it is not for you, please say so there.'),
    t('You can read it here:'),
  ]
  const text = mailText(site, { name, paragraphs, link: absolute(`/questions/${questionId}`) })
  return { accountId, recipient: email, subject: t('You have been asked a question in confidence'), text }
}

/** To whoever asked in confidence, once nobody of those they asked can answer. */
export function unattendedMail(site: Site, person: Person, { id, audience }: { id: number; audience: string | null }) {
  const { t } = site
  const what =
    audience === 'expert'
      ? t('The expert you asked in confidence cannot answer you at present. Nobody else has read your question.')
      : t('None of the experts you asked in confidence can answer you at present. Nobody else has read your question.')
  return letter(site, person, {
    subject: t('About the question you asked in confidence'),
    paragraphs: [what, t('You can wait, ask other experts, or take your question back. Here you see what you can do:')],
    path: `/questions/${id}`,
  })
}

/** To an expert who answered in confidence. */
export function publishedMail(site: Site, { accountId, name, email }: Person, questionId: number): Mail {
  const { t, absolute } = site
  const paragraphs = [
    t('Whoever asked a question in confidence that you answered has published it. Your answer is published with it.'),
    t('You can read it, and edit your answer, here:'),
  ]
  const text = mailText(site, { name, paragraphs, link: absolute(`/questions/${questionId}`) })
  return { accountId, recipient: email, subject: t('A question you answered is public now'), text }
}
