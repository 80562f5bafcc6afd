import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createComment } from '../../src/comments/queries.ts'
import { newKey } from '../fixtures.ts'
import { ASKED, buildDiscussion, REPLIED } from './fixtures.ts'

const HOUR_MS = 3_600_000

test('the waiting stands still from the first question to the reply', async (t) => {
  const { say, question, at } = await buildClock(t)

  await say('expert', 1)
  await say('expert', 2)
  assert.deepEqual((await question()).clarifyingSince, at(1))
  await say('asker', 5)
  const { clarifyingSince, pausedSeconds, waitsFrom, createdAt } = await question()
  assert.deepEqual([clarifyingSince, pausedSeconds], [null, 4 * 3600])
  assert.equal(waitsFrom!.getTime() - createdAt.getTime(), 4 * HOUR_MS)

  await say('asker', 6)
  await say('expert', 7)
  await say('asker', 8)
  assert.equal((await question()).pausedSeconds, 5 * 3600)
})

test('two replies at once let it go on once', async (t) => {
  const { say, question } = await buildClock(t)
  await say('expert', 1)

  await Promise.all([say('asker', 3), say('asker', 3), say('asker', 3)])
  assert.equal((await question()).pausedSeconds, 2 * 3600)
})

for (const [what, end] of [
  ['closed', (forum: Forum) => forum.close()],
  ['answered', (forum: Forum) => forum.answer()],
  ['asked nothing any more, as staff hid it', (forum: Forum) => forum.hide(1)],
  ['asked nothing any more, as it was taken back', (forum: Forum) => forum.takeBack(1, forum.expert)],
] as const)
  test(`it goes on when the question is ${what}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const forum = await buildDiscussion(t)
    await forum.ask()
    t.mock.timers.tick(HOUR_MS / 2)

    await end(forum)
    const { clarifyingSince, pausedSeconds } = await forum.question()
    assert.deepEqual([clarifyingSince, pausedSeconds], [null, 1800])
  })

test('a question shown again stops it again, below an open question alone', async (t) => {
  const { ask, hide, show, question, answer } = await buildDiscussion(t)
  await ask()
  await hide(1)
  await show(1)
  assert.notEqual((await question()).clarifyingSince, null)
  await answer()
  await hide(1)
  await show(1)
  assert.equal((await question()).clarifyingSince, null)
})

test('how long it stood still does not count as waiting for the answer', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { ask, answer, database } = await buildDiscussion(t)
  t.mock.timers.tick(HOUR_MS / 4)
  await ask()
  t.mock.timers.tick(HOUR_MS / 2)
  const { id } = await answer()

  const { findAnswer } = await import('../../src/answers/queries.ts')
  assert.equal((await findAnswer(database.read, id))!.waitSeconds, 900)
})

type Forum = Awaited<ReturnType<typeof buildDiscussion>>

async function buildClock(t: Parameters<typeof buildDiscussion>[0]) {
  const forum = await buildDiscussion(t)
  const { database, asker, expert, id } = forum
  const { createdAt } = await forum.question()
  const at = (hours: number) => new Date(createdAt.getTime() + hours * HOUR_MS)
  const voices = {
    asker: { authorId: asker.account.id, authorName: 'Quiet Heron 7', isByAsker: true, body: REPLIED },
    expert: { authorId: expert.account.id, authorName: 'Vera Lund', isByAsker: false, body: ASKED },
  }
  const say = (who: keyof typeof voices, hours: number) =>
    database.write((db) =>
      createComment(
        db,
        { ...voices[who], questionId: id, kind: 'clarification', submissionKey: newKey() },
        { now: at(hours) },
      ),
    )
  return { ...forum, at, say }
}
