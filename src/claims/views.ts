import type { Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { canEndClaim, canSeeHolder } from './policy.ts'
import type { Holder } from './queries.ts'

export type ShownClaim = {
  questionId: number
  /** Who it is, for those who may know. */
  holder?: { name: string; path: string; until: Date }
  isOwn: boolean
  canEnd: boolean
}

/** What the form of an answer says of the claim, and asks. */
export type Claiming = {
  questionId: number
  /** Until when it is theirs. */
  until?: Date
  /** Somebody else holds it: then they say that they answer beside them. */
  alongside?: { name: string; until: Date; isTicked: boolean; error?: string }
}

declare module '../plugins/views.ts' {
  interface Views {
    'claims/_claim': { claim: ShownClaim }
    'claims/_claiming': { claiming: Claiming }
    'claims/_attributes': { claiming: Claiming }
    'claims/refused': { reason: string; questionPath: string; canAnswerAlongside: boolean }
  }
}

export function shownClaim({ viewer }: Page, question: Question, holder: Holder | undefined): ShownClaim | undefined {
  if (!holder) return undefined
  const shown = { name: holder.name, path: `/experts/${holder.handle}`, until: holder.until }
  return {
    questionId: question.id,
    holder: canSeeHolder(viewer, question) ? shown : undefined,
    isOwn: viewer?.id === holder.expertId,
    canEnd: canEndClaim(viewer, holder),
  }
}

type Typed = { alongside?: string; error?: string }

export function claimingOf({ viewer }: Page, question: Question, holder: Holder | undefined, typed: Typed): Claiming {
  const { id: questionId } = question
  if (!holder) return { questionId }
  if (holder.expertId === viewer?.id) return { questionId, until: holder.until }
  const { name, until } = holder
  return { questionId, alongside: { name, until, isTicked: typed.alongside === 'true', error: typed.error } }
}

/** @param refusal why a claim was refused, as a plain sentence */
export const refusedPage = (question: Question, refusal: { reason: string; canAnswerAlongside: boolean }) => ({
  ...refusal,
  questionPath: questionPath(question),
})

export const heldMeanwhile = ({ t, formatClock }: Page, { name, until }: Holder) =>
  t('{name} is answering this question until {time}. Your text is kept. Tick the box if you still want to answer.', {
    name,
    time: formatClock(until),
  })

export const heldBy = ({ t, formatClock }: Page, { name, until }: Pick<Holder, 'name' | 'until'>) =>
  t('{name} is answering this question until {time}.', { name, time: formatClock(until) })
