import type { Answer, Thread } from '../answers/queries.ts'
import { canCountersign } from '../countersigns/policy.ts'
import { type ShownCountersign, shownCountersigns } from '../countersigns/views.ts'
import type { Page } from '../plugins/views.ts'
import { type ShownRecalls, shownRecalls } from '../recalls/views.ts'
import { canReview } from '../reviews/policy.ts'
import { type ShownReview, shownReview } from '../reviews/views.ts'
import type { ThreadParts } from './queries.ts'

/** What has become of an answer since it was given: who agrees, whether it was checked, put right or taken back. */
export type Standing = {
  countersigns: ShownCountersign[]
  canCountersign: boolean
  recalls: ShownRecalls
  review: ShownReview
}

type Around = { thread: Thread; parts: ThreadParts }

export function standingOf(page: Page, answer: Answer, { thread, parts }: Around): Standing {
  const { isInScope, standing, now } = parts
  const place = { answer, question: thread.question, isInScope }
  const countersigns = answer.withdrawnAt ? [] : shownCountersigns(page, answer, standing.countersigns)
  return {
    countersigns,
    canCountersign: canCountersign(page.viewer, place) && !countersigns.some(({ isOwn }) => isOwn),
    recalls: shownRecalls(page, answer, standing.recalls),
    review: shownReview(page, answer, { canReview: canReview(page.viewer, place), now }),
  }
}
