import { type Acceptance, acceptanceOf } from '../acceptance/views.ts'
import type { Thread } from '../answers/queries.ts'
import { type ShownAnswer, shownAnswer } from '../answers/views.ts'
import { type ShownFollowUps, shownFollowUps } from '../comments/views.ts'
import type { Page } from '../plugins/views.ts'
import { type ShownThanks, shownThanks } from '../thanks/views.ts'
import type { ThreadParts } from './queries.ts'
import { type Standing, standingOf } from './standing-views.ts'

/** An answer with all that stands on it. */
export type AnswerOnPage = ShownAnswer &
  Standing & {
    acceptance: Acceptance
    thanks: ShownThanks
    followUps?: ShownFollowUps
  }

declare module '../plugins/views.ts' {
  interface Views {
    'answers/_answer': { answer: AnswerOnPage }
    'answers/_text': { answer: AnswerOnPage }
    'answers/_footer': { answer: AnswerOnPage }
  }
}

type Row = Thread['answers'][number]
type Context = { thread: Thread; parts: ThreadParts }

export function answerOnPage(page: Page, row: Row, { thread, parts }: Context): AnswerOnPage {
  const { answer } = row
  const { comments: rows, thanked, isAllowed, followUpDays, now } = parts
  return {
    ...shownAnswer(page, row),
    ...standingOf(page, answer, { thread, parts }),
    ...(answer.withdrawnAt ? { bodyHtml: '' } : {}),
    acceptance: acceptanceOf(page, thread.question, answer),
    thanks: { ...shownThanks(page, answer, thanked), ...(thread.question.audience ? { canThank: false } : {}) },
    followUps: shownFollowUps(page, { thread, rows, isAllowed, answer, followUpDays, now }),
  }
}
