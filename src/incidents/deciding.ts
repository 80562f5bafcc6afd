import { type Answer, findAuthor } from '../answers/queries.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Writer } from '../database/types.ts'
import { queueMail } from '../notifications/queries.ts'
import type { Site } from '../notifications/site.ts'
import { tellOfConcealment } from '../recalls/concealment-mails.ts'
import { tellEverybody } from '../recalls/mails.ts'
import { recordCorrection } from '../recalls/queries.ts'
import { clearAnswer, decideIncident, isHiddenOtherwise, keepHidden, takeBack } from './decision-queries.ts'
import { judgedMail, type Outcome, outcomeMail } from './mails.ts'
import type { Incident } from './queries.ts'
import { findReporter } from './reporter-queries.ts'
import { answerPath } from './views.ts'

type Decision = Outcome & {
  /** What readers and those who were sent the answer are told where it does not stand. */
  notice?: string
  by: { id: number; name: string }
  now: Date
}

/** `answer`: none where it is no longer here. `also`: other reports of it, which are decided in the same way. */
type Judged = { incident: Incident; answer?: Answer; also?: Incident[] }

/** What is found, what follows for the answer, and whoever is to know: all at once. False: somebody else was quicker. */
export async function decide(db: Writer, site: Site, { incident, answer, also = [] }: Judged, decision: Decision) {
  const { outcome, explanation, by } = decision
  if (!(await settle(db, site, incident, decision))) return false
  for (const other of also) await settle(db, site, other, decision)
  const exceptIds = [by.id, incident.reporterId, ...also.map(({ reporterId }) => reporterId)]
  if (answer) await FOLLOWS[outcome](db, site, { answer, decision, exceptIds })
  const author = answer && (await findAuthor(db, answer.id))
  if (author) await queueMail(db, judgedMail(site, author, { outcome, explanation, answerPath: answerPath(answer) }))
  return true
}

/** In the register, and before whoever reported it. */
async function settle(db: Writer, site: Site, incident: Incident, decision: Decision) {
  const { outcome, explanation, notice, by, now } = decision
  const reporter = await findReporter(db, incident)
  if (!(await decideIncident(db, incident, { outcome, explanation, notice, decidedById: by.id, now }))) return false
  const event = { actorId: by.id, subjectKind: 'incident' as const, subjectId: incident.id, reason: explanation }
  await recordEvent(db, { ...event, action: `incident-${outcome}` })
  if (reporter) await queueMail(db, outcomeMail(site, reporter, { ...decision, questionId: incident.questionId }))
  return true
}

type Following = { answer: Answer; decision: Decision; exceptIds: (number | null)[] }

/** What follows for the answer. */
const FOLLOWS: Record<Outcome['outcome'], (db: Writer, site: Site, following: Following) => Promise<void>> = {
  async upheld(db, site, { answer, decision, exceptIds }) {
    if (answer.withdrawnAt) return void (await clearAnswer(db, answer)) // its expert says there what to do
    const { by, explanation, notice = '' } = decision
    await keepHidden(db, answer, { hiddenById: by.id, hiddenReason: explanation, hiddenNotice: notice })
    if (!isHiddenOtherwise(answer)) await tellOfConcealment(db, site, { kind: 'hidden', answer, exceptIds })
  },
  async withdrawn(db, site, { answer, decision, exceptIds }) {
    const { by, notice = '', now } = decision
    if (!(await takeBack(db, answer, { reason: notice, byId: by.id, byName: by.name, now }))) return
    const event = { actorId: by.id, subjectKind: 'answer' as const, subjectId: answer.id, reason: notice }
    await recordEvent(db, { ...event, action: 'answer-withdrawn' })
    const news = { kind: 'withdrawn' as const, answer, byId: by.id, isByStaff: true }
    await tellEverybody(db, site, { ...news, exceptIds: [answer.expertId, ...exceptIds] })
  },
  async corrected(db, site, { answer, decision, exceptIds }) {
    const { by, notice = '', now } = decision
    const isShownNow = await clearAnswer(db, answer)
    await recordCorrection(db, answer, { reason: notice, byId: by.id, byName: by.name, now })
    if (!isShownNow && answer.hiddenAt) return // it is still doubted by others, or hidden for another reason
    const news = { kind: 'corrected' as const, answer, byId: by.id, isByStaff: true }
    await tellEverybody(db, site, { ...news, exceptIds: [answer.expertId, ...exceptIds] })
  },
  async dismissed(db, site, { answer, exceptIds }) {
    if (await clearAnswer(db, answer)) await tellOfConcealment(db, site, { kind: 'cleared', answer, exceptIds })
  },
}
