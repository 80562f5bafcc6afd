import type { Viewer } from '../plugins/sessions.ts'
import { isAsker } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'

const HOUR_MS = 3_600_000
const LONG_MS = 48 * HOUR_MS
const TIMES_THE_USUAL = 2

type Waiting = Pick<Question, 'createdAt' | 'pausedSeconds' | 'clarifyingSince'>

/** Without the times its asker was asked something, now as well. */
export const waitedMs = ({ createdAt, pausedSeconds, clarifyingSince }: Waiting, now: Date) =>
  Number(clarifyingSince ?? now) - Number(createdAt) - pausedSeconds * 1000

/** Two days, or twice what is usual in a category if that is more. */
export const longWaitMs = (medianSeconds?: number | null) =>
  Math.max(LONG_MS, TIMES_THE_USUAL * (medianSeconds ?? 0) * 1000)

export const hasWaitedLong = (question: Waiting, medianSeconds: number | null | undefined, now: Date) =>
  waitedMs(question, now) > longWaitMs(medianSeconds)

export const isWaiting = ({ status, answerCount, hiddenAt }: Question) =>
  status === 'open' && answerCount === 0 && hiddenAt === null

/** Into a category above its own. */
export const canMoveUp = (viewer: Viewer | null, question: Question) => isAsker(viewer, question) && isWaiting(question)
