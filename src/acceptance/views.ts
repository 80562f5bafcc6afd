import type { Answer } from '../answers/queries.ts'
import type { Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { canAccept, isAccepted } from './policy.ts'

export type Acceptance = {
  isAccepted: boolean
  /** Whoever asked is looking, and may say so or take it back. */
  canChange: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'acceptance/_mark': { answer: { acceptance: Acceptance } }
    'acceptance/_button': { answer: { id: number; acceptance: Acceptance } }
  }
}

export const acceptanceOf = ({ viewer }: Page, question: Question, answer: Answer): Acceptance => ({
  isAccepted: isAccepted(answer),
  canChange: canAccept(viewer, question) && answer.hiddenAt === null && answer.withdrawnAt === null,
})

/** The accepted one first: whoever comes with the same question reads first what helped. Else as they came. */
export const acceptedFirst = <Row extends { answer: Answer }>(rows: Row[]) =>
  rows.toSorted((a, b) => Number(isAccepted(b.answer)) - Number(isAccepted(a.answer)))
