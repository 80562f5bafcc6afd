import type { Question } from './queries.ts'

/** All that its asker wrote in words of their own, by field. */
export const writtenIn = ({ title, body, tried, imaging }: Pick<Question, 'title' | 'body' | 'tried' | 'imaging'>) => ({
  title,
  body,
  ...(tried ? { tried } : {}),
  ...(imaging ? { imaging } : {}),
})
