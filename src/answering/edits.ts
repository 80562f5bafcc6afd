import { type Answer, findAnswer, updateAnswer } from '../answers/queries.ts'
import { writtenAt } from '../answers/views.ts'
import { lookAgainMail } from '../countersigns/mails.ts'
import { listCountersigners } from '../countersigns/queries.ts'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Page } from '../plugins/views.ts'
import { lockQuestion } from '../questions/concealment-queries.ts'
import { tellEverybody } from '../recalls/mails.ts'
import { recordCorrection } from '../recalls/queries.ts'
import { reviewAnswer } from '../reviews/queries.ts'

export type Edit = {
  body: string
  editor: { id: number; name: string }
  /** What was wrong, where that is to be told. */
  correction?: string
  isReviewed: boolean
  reviewMonths: number
}

/** What follows from an edit happens with it or not at all. False: somebody changed the answer since it was read. */
export async function saveEdit(db: Writer, page: Page, answer: Answer, edit: Edit) {
  await lockQuestion(db, answer.questionId)
  const before = await findAnswer(db, answer.id)
  if (Number(before?.withdrawnAt) !== Number(answer.withdrawnAt)) return false
  const isChanged = edit.body !== answer.body
  if (isChanged && !(await updateAnswer(db, answer, { body: edit.body, editorId: edit.editor.id }))) return false
  if (edit.correction && isChanged && !answer.withdrawnAt) await correct(db, page, answer, edit)
  else if (isChanged) await askToLookAgain(db, page, answer)
  if (edit.isReviewed) await review(db, answer.id, edit)
  return true
}

/** Countersigners are among those who are told. */
async function correct(db: Writer, page: Page, answer: Answer, { editor, correction }: Edit) {
  const recall = { reason: correction!, byId: editor.id, byName: answer.expertName, now: new Date() }
  await recordCorrection(db, answer, recall)
  await tellEverybody(db, page, { kind: 'corrected', answer, byId: editor.id, isByStaff: false })
}

async function askToLookAgain(db: Writer, page: Page, answer: Answer) {
  if (answer.countersignCount === 0 || answer.withdrawnAt) return
  const path = `/questions/${answer.questionId}#answer-${answer.id}`
  for (const reader of await listCountersigners(db, answer.id, writtenAt(answer)))
    await queueMail(db, lookAgainMail(page, { reader, path, by: answer.expertName }))
}

async function review(db: Writer, answerId: number, { editor, reviewMonths }: Edit) {
  const expert = { accountId: editor.id, name: editor.name }
  await reviewAnswer(db, (await findAnswer(db, answerId))!, { expert, now: new Date(), reviewMonths })
}
