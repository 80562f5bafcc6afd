import type { Question } from './queries.ts'

const HOUR_MS = 3_600_000
const LONG_MS = 48 * HOUR_MS
const TIMES_THE_USUAL = 2

type Waiting = Pick<Question, 'createdAt' | 'pausedSeconds' | 'clarifyingSince'>

/** Without the times its asker was asked something, now as well. */
const waitedMs = ({ createdAt, pausedSeconds, clarifyingSince }: Waiting, now: Date) =>
  Number(clarifyingSince ?? now) - Number(createdAt) - pausedSeconds * 1000

/** Two days, or twice what is usual in a category if that is more. */
export const longWaitMs = (medianSeconds?: number | null) =>
  Math.max(LONG_MS, TIMES_THE_USUAL * (medianSeconds ?? 0) * 1000)

export const hasWaitedLong = (question: Waiting, medianSeconds: number | null | undefined, now: Date) =>
  waitedMs(question, now) > longWaitMs(medianSeconds)
