import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { letter } from '../notifications/views.ts'
import { listAnswered } from './taken-back-queries.ts'

/** To the experts who answered, before what they wrote goes with the question. */
export async function tellAnswered(db: Writer, site: Site, questionId: number) {
  for (const expert of await listAnswered(db, questionId)) await queueMail(db, takenBackMail(site, expert))
}

type Answered = Awaited<ReturnType<typeof listAnswered>>[number]

function takenBackMail(site: Site, { answeredAt, ...person }: Answered) {
  const { t } = site
  return letter(site, person, {
    subject: t('A question you answered has been taken back'),
    paragraphs: [
      t(
        'Whoever asked a question that you answered on {date} has taken it back. Readers cannot see it or your answer any more. Your answer no longer counts on your page.',
        { date: site.formatDate(answeredAt) },
      ),
      t(
        'In 30 days what you wrote there is deleted too, since it may tell something of whoever asked. If you want to keep it for your records, get a copy of your data before then:',
      ),
    ],
    path: '/account/data',
  })
}
