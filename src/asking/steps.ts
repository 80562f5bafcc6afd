import { askedFirst } from '../consents/standing.ts'
import { missingConsents } from '../consents/views.ts'
import { saveDraftAnyhow } from '../drafts/queries.ts'
import { draftFields } from '../drafts/views.ts'
import { loadSuggestions } from '../finding/results.ts'
import { identityStep } from '../identity/views.ts'
import { writtenIn } from '../questions/texts.ts'
import { fieldLabels, questionPath } from '../questions/views.ts'
import { isCrisis } from '../safety/watch.ts'
import { askAge } from './age-step.ts'
import type { Asking } from './asking.ts'
import { showForm } from './pages.ts'
import { isForEverybody, leaveToHold, listAskedOf, storedWith } from './readers.ts'
import { showFormAgain, warnOfRedFlags } from './safety-steps.ts'

/** Sends a page that carries on what was typed, or lets it pass. */
type Step = (asking: Asking) => Promise<unknown>

/** What stands between a form that is filled in and a question, in this order. */
export const stepsToAsk: Step[] = [
  ...[showFormAgain, askConsents, pointOutIdentity, suggestAnswers, limitPosts],
  ...[askAge, keepTillSignedIn],
]
export const stepsToEdit: Step[] = [showFormAgain, askStanding, pointOutIdentity]
/** What a moderator reads first is not held up by anything else. */
export const stepsToHold: Step[] = [askLeaveToKeep, limitPosts, keepTillSignedIn]
export const stepsFirst: Step[] = [warnOfRedFlags]

/** Whether one of them has sent its page. (A reply cannot be handed on: to wait for it is to wait till it is sent.) */
export async function walk(steps: Step[], asking: Asking) {
  for (const step of steps) {
    await step(asking)
    if (asking.reply.sent) return true
  }
  return false
}

/** Before anything is stored. */
async function askConsents({ request, reply, values }: Asking) {
  if (request.hadSession && values.allowed) return undefined // they are asked once they have signed in again
  const asked = await listAskedOf(request, values)
  const errors = missingConsents(request.page, asked, values)
  if (Object.keys(errors).length === 0) return undefined
  return showForm(request, reply.code(422), { values, errors })
}

/** What is held is not published: for that its asker is asked once a moderator has read it. */
async function askLeaveToKeep({ request, reply, action, values, found = [] }: Asking) {
  if (request.hadSession && values.allowed) return
  await askedFirst(request, reply, { ...leaveToHold(request), action, values, canChange: true, found })
}

/** What is edited is stored and published anew: whoever has taken that back is asked first. */
async function askStanding({ request, reply, action, values, question, found }: Asking) {
  const storing = question && storedWith(request, question)
  if (storing) await askedFirst(request, reply, { ...storing, action, values, canChange: true, found })
}

async function pointOutIdentity({ request, reply, action, values, isFromForm, question }: Asking) {
  if (!isFromForm) return undefined
  const found = identityStep(request.page, {
    action,
    values,
    labels: fieldLabels(request.page.t),
    before: question && !question.isIdentityUnseen ? writtenIn(question) : {},
    backPath: question && questionPath(question),
  })
  if (!found) return undefined
  reply.header('cache-control', 'private, no-store')
  return reply.render('identity/show', found)
}

async function suggestAnswers({ request, reply, values, isFromForm }: Asking) {
  if (values.considered || !isFromForm || !isForEverybody(values)) return undefined
  const { finder, database } = request.server
  const suggestions = await loadSuggestions(database.read, await finder.suggest(values.title!, values.body))
  if (suggestions.length === 0) return undefined
  return showForm(request, reply, { values: { ...values, considered: 'yes' }, suggestions, isHeld: true })
}

async function limitPosts({ request, reply, values, countPost }: Asking) {
  const wait = await countPost()
  if (wait === 0) return undefined
  const minutes = Math.ceil(wait / 60)
  const form = request.page.t(
    'You have posted a lot within an hour. Please try again in {minutes, plural, one {# minute} other {# minutes}}.',
    { minutes },
  )
  return showForm(request, reply.code(429).header('retry-after', wait), { values, errors: { form } })
}

/** Whoever is not signed in does that now; the key in `next` brings them back to what they wrote. */
async function keepTillSignedIn({ request, reply, values, key, isOfAge, found = [] }: Asking) {
  if (request.viewer) return undefined
  const fields = { ...draftFields(values), ...(isOfAge ? { isOfAge: 'yes' } : {}) }
  const draft = await request.server.database.write((db) => saveDraftAnyhow(db, { key, fields }))
  const next = `/ask?${new URLSearchParams({ draft })}`
  return reply.notice(isCrisis(found) ? UNREAD : KEPT).redirect(request.page.url('/sign-up', { next }), 303)
}

const notice = (sentence: string) => sentence
const KEPT = notice('Your question is kept. You can post it once you have signed up or signed in.')
const UNREAD = notice('What you wrote is kept. You can send it to a moderator once you have signed up or signed in.')
