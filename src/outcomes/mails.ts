import { outcomes } from '../database/schema.ts'
import type { Mail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { mailText } from '../notifications/views.ts'
import { LINK_DAYS, outcomeToken } from './links.ts'
import type { OutcomeRequest } from './queries.ts'
import { outcomeWords } from './views.ts'

type Asked = { accountId: number; name: string; email: string; request: OutcomeRequest }

/** Names neither the question nor its subject. */
export function outcomeMail(site: Site, secret: string, { request, now, ...asked }: Asked & { now: Date }): Mail {
  const { t, absolute } = site
  const token = outcomeToken(secret, request.id, now)
  const choices = outcomes.map((outcome) => {
    const link = absolute(`/outcomes?${new URLSearchParams({ outcome, token })}`)
    return `${outcomeWords(t)[outcome]}:\n${link}`
  })
  return {
    accountId: asked.accountId,
    recipient: asked.email,
    subject: t('Did the answer help?'),
    text: mailText(site, {
      name: asked.name,
      paragraphs: [
        t(
          '{weeks} weeks ago your question was answered. How are you now, compared with then? Choose what fits, then press the button on the page: you need not sign in. It helps others to see what helps; nobody is shown who said what.',
          { weeks: request.week },
        ),
        ...choices,
        t('The links work for {days} days. The question and its answers are here:', { days: LINK_DAYS }),
        absolute(`/questions/${request.questionId}`),
        t('If you do not want to be asked:'),
      ],
      link: absolute(`/outcomes/stop?${new URLSearchParams({ token })}`),
    }),
  }
}
