import { isAccepted } from '../acceptance/policy.ts'
import type { Thread } from '../answers/queries.ts'
import { answerData } from '../answers/views.ts'
import { breadcrumbsOf } from '../categories/views.ts'
import { clarificationsIn, commentData, followUpsIn } from '../comments/views.ts'
import { countersignData } from '../countersigns/views.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import { qaPage, structuredDataHtml } from '../lib/structured-data.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { questionPath } from '../questions/views.ts'
import { reviewData } from '../reviews/views.ts'
import type { ThreadParts } from './queries.ts'

/**
 * A closed question takes no more answers, so to search engines it is no page to ask and answer on; a hidden one is
 * nothing to them.
 * @param thread with the answers that count
 */
export function threadDataHtml(page: Page, thread: Thread & { parts: ThreadParts }, crumbs: Crumb[]) {
  const { question, answers, parts } = thread
  if (question.audience) return ''
  const breadcrumbs = breadcrumbsOf(page, crumbs)
  if (question.status === 'closed' || question.hiddenAt) return structuredDataHtml(breadcrumbs)
  const asked = {
    name: question.title,
    text: plainTextOf(question.bodyHtml),
    author: { name: question.askerName },
    datePublished: question.createdAt,
    dateModified: question.editedAt ?? undefined,
    comments: commentData(page, { rows: clarificationsIn(parts.comments), question }),
    answers: answers.map((row) => givenAnswer(page, row, thread)),
    ...reviewData(answers.map(({ answer }) => answer)),
  }
  return structuredDataHtml(qaPage(asked), breadcrumbs)
}

type Around = { question: Thread['question']; parts: ThreadParts }

const givenAnswer = (page: Page, row: Thread['answers'][number], { question, parts }: Around) => ({
  ...answerData(page, questionPath(question), row),
  isAccepted: isAccepted(row.answer),
  comments: [
    ...countersignData(page, row.answer, parts.standing.countersigns),
    ...commentData(page, { rows: followUpsIn(parts.comments, row.answer), question }),
  ],
})
