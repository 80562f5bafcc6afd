import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter, mailText } from '../notifications/views.ts'
import type { Told } from './mark-queries.ts'

type Alert = { questionId: number; isHeld: boolean; isStaff: boolean }

/** Says nothing of what was written: mail travels open. */
export function alertMail(site: Site, person: Told, { questionId, isHeld, isStaff }: Alert): Mail {
  const { t } = site
  if (isHeld && !isStaff) return heldMail(site, person)
  const what = isHeld
    ? t('Somebody who wrote here may be in danger. What they wrote is held back till one of you has read it.')
    : t('Something that somebody wrote here may be urgent. They were told where to get help, and went on.')
  const subject = isHeld ? t('Somebody may be in danger: please look now') : t('Urgent: please look at a question now')
  const path = isStaff ? `/moderation/safety/${questionId}` : `/questions/${questionId}`
  return letter(site, person, { subject, paragraphs: [what, t('Please look now:')], path })
}

/** To whoever is answering a question of which something is held: they cannot read it. */
const heldMail = (site: Site, person: Told) =>
  letter(site, person, {
    subject: site.t('About a question you are answering'),
    paragraphs: [
      site.t(
        'Whoever asked a question that you are answering may be in danger. What they wrote is held back till one of our staff has read it, and they were shown where to get help.',
      ),
      site.t('You need not do anything. Please do not write to them about it.'),
    ],
  })

type Decision = {
  questionId: number
  news: 'published' | 'confided' | 'slept-on' | 'looked-over' | 'unallowed' | 'kept-back'
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
      'One of us has read your question. Nobody but you and our moderators sees it till the time you chose, and it is published then unless you change your mind.',
    ),
    'looked-over': t(
      'One of us has read your question. Something in it may tell who you are, or who somebody else is. Please look at that first. Nobody but you and our moderators sees it till the time that stands there, and it is published then as you leave it.',
    ),
    unallowed: t(
      'One of us has read your question. Before everybody can read it we need to know whether you want that: please say so on its page. Till then nobody but you and our moderators sees it, and after two weeks it is a draft of yours again.',
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
