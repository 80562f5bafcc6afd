import { createLink } from '../../src/accounts/link-queries.ts'
import { hideAnswer, hideThread } from '../../src/answers/concealment-queries.ts'
import { findAnswer, updateAnswer } from '../../src/answers/queries.ts'
import { recordEvent } from '../../src/audit/queries.ts'
import { findCategory } from '../../src/categories/queries.ts'
import type { Database, Writer } from '../../src/database/types.ts'
import { saveDraft } from '../../src/drafts/queries.ts'
import { queueMail } from '../../src/notifications/queries.ts'
import { closeQuestion, findQuestion, updateQuestion } from '../../src/questions/queries.ts'
import { questionPath } from '../../src/questions/views.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { plantApplications } from './application-states.ts'
import { plantConfidence } from './audience-states.ts'
import { plantDesk, plantFollowUp } from './desk-world.ts'
import { plantDiscussions } from './discussions.ts'
import { plantIncidents } from './incident-states.ts'
import { plantPrivacy } from './privacy-states.ts'
import { plantProtected } from './protected.ts'
import { plantUrgent } from './safety-states.ts'
import { plantStanding } from './standing.ts'

export type Role =
  | 'newcomer'
  | 'ageless'
  | 'protected'
  | 'halfway'
  | 'visitor'
  | 'member'
  | 'expert'
  | 'moderator'
  | 'administrator'
export type World = Awaited<ReturnType<typeof populate>>
type People = { member: number; expert: number; moderator: number }

/** Somebody of each role, and something of each kind in each state, beside the example content. */
export async function populate(database: Database) {
  const [member, moderator, administrator, expert] = [
    await signedIn(database, 'member', 'Mia Member'),
    await signedIn(database, 'moderator', 'Mo Moderator'),
    await signedIn(database, 'administrator', 'Ada Administrator'),
    await verifiedExpert(database),
  ]
  const people = { member: member.account.id, expert: expert.account.id, moderator: moderator.account.id }
  const questions = await plantQuestions(database, people)
  const { privacy } = await plantPrivacy(database, people.member, questions.category.id)
  const { urgent } = await plantUrgent(database, people.member, questions.category.id)
  await plantFollowUp(database, questions.answered.id, questions.answer.id)
  const someone = await plantProtected(database)
  return {
    cookies: {
      ...someone.cookies,
      visitor: undefined,
      newcomer: privacy.newcomer,
      ageless: urgent.ageless,
      member: member.cookie,
      expert: expert.cookie,
      moderator: moderator.cookie,
      administrator: administrator.cookie,
    },
    people: { ...people, protected: someone.id },
    recoveryCode: someone.recoveryCode,
    expertPath: `/experts/${expert.handle}`,
    ...questions,
    privacy,
    urgent,
    discussions: await plantDiscussions(database, { people, categoryId: questions.category.id, body: EVERYTHING }),
    standing: await plantStanding(database, { people, categoryId: questions.category.id, body: EVERYTHING }),
    applying: await plantApplications(database, people, questions.category.id),
    ...(await plantHidden(database, people, questions.category.id)),
    ...(await plantDesk(database, people, questions.category.id)),
    ...(await plantConfidence(database, people, questions.category.id)),
    ...(await plantIncidents(database, people, questions.category.id)),
    ...(await plantReportable(database, people, questions.category.id)),
    ...(await database.write((db) => plantTokens(db, people.member))),
    ...(await database.write((db) => plantDrafts(db, people, questions.open.id))),
  }
}

async function plantQuestions(database: Database, { member, expert }: People) {
  const category = (await findCategory(database.read, 'pain-and-symptoms/chiropractors'))!
  const ask = (title: string) => askSomething(database, { askerId: member, categoryId: category.id, title })
  const [open, answered, closed] = [await ask('Still open?'), await ask('Answered?'), await ask('Closed?')]
  const answer = await answerSomething(database, answered.id, expert, EVERYTHING)
  await database.write(async (db) => {
    await closeQuestion(db, closed.id)
    const edit = { title: 'Answered and edited?', body: EVERYTHING, categoryId: category.id, editorId: member }
    await updateQuestion(db, (await findQuestion(db, answered.id))!, { ...answered, ...edit })
    await updateAnswer(db, (await findAnswer(db, answer.id))!, { body: 'Less is more.', editorId: expert })
    await queueMail(db, { recipient: 'x@example.org', subject: 'An answer', text: 'Read it at https://example.org.' })
  })
  const edited = (await findQuestion(database.read, answered.id))!
  return { category, answer, open, closed, answered, answeredPath: questionPath(edited) }
}

async function plantHidden(database: Database, { member, expert, moderator }: People, categoryId: number) {
  const ask = (title: string) => askSomething(database, { askerId: member, categoryId, title })
  const [hidden, reopened] = [await ask('Hidden?'), await ask('With a hidden answer?')]
  const answer = await answerSomething(database, reopened.id, expert, EVERYTHING)
  const concealment = { hiddenById: moderator, hiddenReason: 'It names somebody who has not agreed to that.' }
  const event = { actorId: moderator, reason: concealment.hiddenReason }
  await database.write(async (db) => {
    await hideThread(db, hidden, concealment)
    await recordEvent(db, { ...event, action: 'question-hidden', subjectKind: 'question', subjectId: hidden.id })
    await hideAnswer(db, answer, concealment)
    await recordEvent(db, { ...event, action: 'answer-hidden', subjectKind: 'answer', subjectId: answer.id })
  })
  return { hidden, reopened }
}

async function plantReportable(database: Database, { member, expert }: People, categoryId: number) {
  const { id } = await askSomething(database, { askerId: member, categoryId, title: 'With an answer to report?' })
  return { reportable: await answerSomething(database, id, expert, EVERYTHING) }
}

async function plantTokens(db: Writer, accountId: number) {
  const person = { name: 'Nora', email: 'nora@example.org', passwordHash: '', browser: '' }
  return {
    tokens: {
      signUp: await createLink(db, 'sign-up', person),
      signIn: await createLink(db, 'sign-in', { accountId }),
      reset: await createLink(db, 'reset-password', { accountId }),
      address: await createLink(db, 'change-address', { accountId, email: 'new@example.org' }),
      closure: await createLink(db, 'close-account', { accountId }),
    },
  }
}

async function plantDrafts(db: Writer, { member, expert }: People, questionId: number) {
  const [question, answer] = [newKey(), newKey()]
  const fields = { title: 'A question I have not posted', body: EVERYTHING }
  await saveDraft(db, { key: question, accountId: member, fields })
  await saveDraft(db, { key: answer, accountId: expert, questionId, fields: { body: EVERYTHING } })
  return { drafts: { question, answer } }
}

/** All that Markdown can do here. */
export const EVERYTHING = `
# A heading

Some *emphasis*, **strength**, ~~regret~~, \`code\`, [a link](https://example.org) and https://example.org/bare.
A line of its own, 3 < 4 & "so on". שלום.

## A list

1. one
   a. lettered
   b. lettered
2. two
   - [ ] to do
   - [x] done

> A quote
>
> > in a quote

| What | How often | How much |
|:-----|:---------:|---------:|
| Walk | daily     | 20 min   |
| Swim | weekly    | 1 h      |

\`\`\`
a long line of code that goes on and on and on and on and on and on and on and on and on and on and on and on
\`\`\`

---

![A picture](https://example.org/x.png) ${'Averylongwordwithoutanybreak'.repeat(8)}
`
