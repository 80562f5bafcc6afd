import { updateAnswer } from '../../src/answers/queries.ts'
import type { Database } from '../../src/database/types.ts'
import { decide } from '../../src/incidents/deciding.ts'
import { confirmationToken } from '../../src/incidents/links.ts'
import { createIncident } from '../../src/incidents/queries.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { answerSomething, askSomething, newKey } from '../fixtures.ts'
import { SECRET } from '../helper.ts'
import type { State } from './states.ts'
import type { World } from './world.ts'

const ADVICE = 'Stop whatever you take for a week and see how it goes.'
const WORRY = 'It says < nothing > of side effects.'
const NOTICE = 'Please take your tablets again and call your doctor.'
const KEY = 'r'.repeat(30)
const DAY_MS = 86_400_000

type People = { member: number; expert: number; moderator: number }

/** Reports that wait, one of them of a visitor and late, one that is decided, and an answer to report. */
export async function plantIncidents(database: Database, { member, expert, moderator }: People, categoryId: number) {
  const answer = async (title: string) => {
    const question = await askSomething(database, { askerId: member, categoryId, title })
    return { question, answer: await answerSomething(database, question.id, expert, ADVICE) }
  }
  const made = await Promise.all(['With a reported answer?', 'With a late report?', 'Taken down?'].map(answer))
  const [reported, late, takenDown] = made.map((one) => one.answer)
  const now = new Date()
  const report = (about = reported!, at = now) => ({ answer: about, body: WORRY, submissionKey: newKey(), now: at })
  const visitor = { visitorKey: 'far away', reporterEmail: 'visitor@example.org' }
  const site = siteOf({ baseUrl: undefined, basePath: '', host: '127.0.0.1', port: 0, siteName: 'Bone Health' })
  return database.write(async (db) => {
    const { incident } = await createIncident(db, { ...report(), reporter: { reporterId: moderator } })
    const waiting = await createIncident(db, {
      ...report(late, new Date(now.getTime() - 2 * DAY_MS)),
      reporter: visitor,
      submissionKey: KEY,
    })
    await updateAnswer(db, late!, { body: 'Ask your doctor before you stop anything.', editorId: expert })
    await createIncident(db, { ...report(late), reporter: { reporterId: member } })
    const decided = await createIncident(db, { ...report(takenDown), reporter: { reporterId: member } })
    const by = { id: moderator, name: 'Mo Moderator' }
    const outcome = { outcome: 'upheld' as const, explanation: 'Two of our doctors say so.', notice: NOTICE, by, now }
    await decide(db, site, { incident: decided.incident, answer: takenDown }, outcome)
    const token = confirmationToken(SECRET, waiting.incident.id, now)
    return { incidents: { own: incident.id, late: waiting.incident.id, decided: decided.incident.id, token, made } }
  })
}

export const reporting = ({ incidents, reportable }: World): State[] => {
  const { own, late, decided, token, made } = incidents
  const { question } = made[2]!
  const address = `/answers/${reportable.id}/incidents`
  return [
    { path: `${address}/new`, as: 'member' },
    { path: `${address}/new` },
    { path: address, as: 'member', send: { body: '' }, status: 422 },
    { path: address, send: { body: WORRY, email: 'nobody' }, status: 422 },
    { path: `/questions/${question.id}/${question.slug}` },
    { path: `/questions/${question.id}/${question.slug}`, as: 'expert' },
    { path: `/incidents/confirmation?token=${token}` },
    { path: '/incidents/confirmation', send: { token } },
    { path: `/incidents/thanks?report=${KEY}` },
    { path: `/answers/${made[1]!.answer.id}/incidents/new` },
    { path: '/moderation/incidents', as: 'moderator' },
    ...[own, late, decided].map((id): State => ({ path: `/moderation/incidents/${id}`, as: 'moderator' })),
    { path: `/moderation/incidents/${late}/outcome`, as: 'administrator', send: { outcome: '' }, status: 422 },
    { path: `/moderation/incidents/${late}/outcome`, as: 'administrator', send: { outcome: 'upheld' }, status: 422 },
  ]
}
