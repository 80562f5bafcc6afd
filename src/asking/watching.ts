import { hideThread } from '../answers/concealment-queries.ts'
import type { Writer } from '../database/types.ts'
import type { Site } from '../notifications/site.ts'
import type { Question } from '../questions/queries.ts'
import type { Found } from '../safety/book.ts'
import { holdQuestion, WHY_HELD } from '../safety/mark-queries.ts'
import { isCrisis, raiseAlarm } from '../safety/watch.ts'

type Watched = { question: Question; found: Found[]; now: Date }

/** Marks a question in which something may be urgent; one whose asker may be in danger is hidden till staff have looked. */
export async function watch(db: Writer, site: Site, { question, found, now }: Watched) {
  if (found.length === 0) return
  const isHeld = isCrisis(found)
  await raiseAlarm(db, { site, questionId: question.id, found, now })
  if (isHeld) await hold(db, question, now) // which ends the claim of whoever was told
}

/** Also one that its asker sleeps on: it must not be published by itself. What was never published goes on to say so. */
async function hold(db: Writer, question: Question, now: Date) {
  const isHidden = await hideThread(db, question, { hiddenById: null, hiddenReason: WHY_HELD })
  if (isHidden || question.publishAt) await holdQuestion(db, question.id, { heldAt: now, hiddenReason: WHY_HELD })
}
