import type { Static } from 'typebox'
import { acceptAnswer } from '../acceptance/queries.ts'
import { findAccountByEmail } from '../accounts/queries.ts'
import { findAnswer } from '../answers/queries.ts'
import { createComment, type NewComment } from '../comments/queries.ts'
import { saveCountersign } from '../countersigns/queries.ts'
import { answers } from '../database/schema.ts'
import type { Writer } from '../database/types.ts'
import { findExpert } from '../experts/queries.ts'
import { findAnyQuestion } from '../questions/queries.ts'
import { giveThanks } from '../thanks/queries.ts'
import { exampleEmail, findSubmission } from './queries.ts'
import type { SeedDiscussion } from './seed-shapes.ts'

type Talk = { questionId: number; key: string; discussion: Static<typeof SeedDiscussion>; askerId?: number }
type Said = { by: string; at: string; text: string }

const ASKER = 'asker'

/** What an expert asked before there was an answer. */
export async function addClarifications(db: Writer, talk: Talk) {
  for (const said of talk.discussion.clarifications ?? []) await say(db, talk, said, { kind: 'clarification' })
}

/** What was said of the answers, and what became of them. */
export async function addWhatFollowed(db: Writer, talk: Talk) {
  const { followUps = [], countersigns = [], thanks = [], accepted } = talk.discussion
  for (const { to, ...said } of followUps)
    await say(db, talk, said, { kind: 'follow-up', answerId: (await answerOf(db, talk, to))?.id })
  for (const countersign of countersigns) await sign(db, talk, countersign)
  for (const { for: handle, by } of thanks) await thank(db, talk, { handle, by })
  const answer = accepted && (await answerOf(db, talk, accepted.answer))
  if (answer) await acceptAnswer(db, answer, new Date(accepted.at))
}

async function say(
  db: Writer,
  { questionId, key, askerId }: Talk,
  { by, at, text }: Said,
  place: Pick<NewComment, 'kind' | 'answerId'>,
) {
  const isByAsker = by === ASKER
  const expert = isByAsker ? undefined : await findExpert(db, by)
  const authorId = isByAsker ? askerId : expert?.accountId
  const asked = await findAnyQuestion(db, questionId)
  if (!authorId || !asked) return
  const authorName = expert?.name ?? asked.askerName
  const words = { questionId, authorId, authorName, isByAsker, body: text, submissionKey: `${key}/${by}/${at}` }
  await createComment(db, { ...words, ...place }, { now: new Date(at) })
}

async function answerOf(db: Writer, { key }: Talk, handle: string) {
  const found = await findSubmission(db, answers, `${key}/${handle}`)
  return found && findAnswer(db, found.id)
}

type SeedCountersign = NonNullable<Talk['discussion']['countersigns']>[number]

async function sign(db: Writer, talk: Talk, { on, by, at, stance, reason }: SeedCountersign) {
  const [answer, expert] = [await answerOf(db, talk, on), await findExpert(db, by)]
  if (answer && expert) await saveCountersign(db, answer, { expert, stance, reason: reason ?? null, now: new Date(at) })
}

async function thank(db: Writer, talk: Talk, { handle, by }: { handle: string; by: string }) {
  const answer = await answerOf(db, talk, handle)
  const account = by === ASKER ? { id: talk.askerId } : await findAccountByEmail(db, exampleEmail(by))
  if (answer && account?.id) await giveThanks(db, { answerId: answer.id, accountId: account.id })
}
