import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { mailText } from '../notifications/views.ts'
import type { Told } from './mark-queries.ts'

type Alert = { questionId: number; isHeld: boolean }

/** Says nothing of what was written: mail travels open. */
export function alertMail(site: Site, { accountId, name, email }: Told, { questionId, isHeld }: Alert): Mail {
  const { t } = site
  const what = isHeld
    ? t('Somebody who wrote here may be in danger. What they wrote is held back till one of you has read it.')
    : t('Something that somebody wrote here may be urgent. They were told where to get help, and went on.')
  const text = mailText(site, {
    name,
    paragraphs: [what, t('Please look now:')],
    link: site.absolute(`/questions/${questionId}`),
  })
  return { accountId, recipient: email, subject: t('Urgent: please look at a question now'), text }
}

type Decision = {
  questionId: number
  news: 'published' | 'confided' | 'slept-on' | 'kept-back'
  reason?: string
}

/** To whoever asked, once a moderator has read what was held. */
export function decidedMail(site: Site, { accountId, name, email }: Told, decision: Decision): Mail {
  const { t } = site
  const { questionId, news, reason } = decision
  const said = {
    published: t(
      'One of us has read your question. It is published now, and we will write to you when an expert answers.',
    ),
    confided: t(
      'One of us has read your question. Those you asked can read it now, and we will write to you when one answers.',
    ),
    'slept-on': t(
      'One of us has read your question. It is yours alone again till the time you chose, and published then unless you change your mind.',
    ),
    'kept-back': t('One of us has read your question. We do not publish it, but we have not forgotten you.'),
  }
  const paragraphs = news === 'kept-back' ? [said[news], reason ?? ''] : [said[news]]
  const text = mailText(site, {
    name,
    paragraphs: [...paragraphs, t('If things get worse, please call the emergency number of your country.')],
    link: site.absolute(`/questions/${questionId}`),
  })
  return { accountId, recipient: email, subject: t('About your question'), text }
}
