import { missingConsents } from '../consents/views.ts'
import { deleteDraft } from '../drafts/queries.ts'
import { isSleptOn } from '../questions/policy.ts'
import { questionPath } from '../questions/views.ts'
import type { Found } from '../safety/book.ts'
import { confirmAge, isOfAge } from '../safety/mark-queries.ts'
import { countryOf, rememberCountry, warningPage } from '../safety/views.ts'
import { findNew, isCrisis, textToCheck } from '../safety/watch.ts'
import { ageOptions, isOldEnough } from './age.ts'
import { showForm } from './pages.ts'
import { listAskedOf } from './readers.ts'
import type { Asking } from './steps.ts'
import { publishAtOf } from './views.ts'

type Written = { title?: string; body?: string; tried?: string | null; imaging?: string | null }

const written = ({ title, body, tried, imaging }: Written) => textToCheck({ title, body, tried, imaging })

/** First of all, whatever else is wrong or wished for: whoever may be in danger is told where to get help. Leaves in `found` what was read. */
export async function warnOfRedFlags(asking: Asking) {
  const { request, values, question } = asking
  const found = await findNew(request.server, written(values), question && written(question))
  asking.found = found
  if (found.length === 0 || !asking.isFromForm) return undefined
  const warned = new Set(values.warned?.split(' '))
  const isUnread = found.some(({ flag }) => !warned.has(flag))
  if (isUnread ? isCrisis(found) && (await mayBeHeld(asking)) : !isCrisis(found) || asking.wish !== 'preview')
    return undefined
  return showWarning(asking, found)
}

async function showWarning(asking: Asking, found: Found[]) {
  const { request, reply, action, values, question, wish, isKept, isUnfinished } = asking
  const { rules } = await request.server.safety.current()
  rememberCountry(request, reply, rules, values.country)
  const form = { action, values, resume: wish, canChange: true, isKept, isUnfinished, isSleptOn: willSleep(asking) }
  reply.header('cache-control', 'private, no-store')
  return reply.render(
    'safety/warning',
    warningPage({
      rules,
      found,
      country: countryOf(request, rules),
      form,
      backPath: question && questionPath(question),
    }),
  )
}

const willSleep = ({ request, values, question }: Asking) =>
  question
    ? isSleptOn(question)
    : publishAtOf(request.server.config.publishAfter, values.publishIn, new Date()) !== undefined

/** Whether it can be kept for a moderator at once: nobody's words are stored before they have agreed to that. */
async function mayBeHeld({ request, values, question, wish, isUnfinished }: Asking) {
  if (!request.viewer || values.action === 'country' || wish || isUnfinished) return false
  if (question) return true
  const asked = await listAskedOf(request, values)
  return Object.keys(missingConsents(request.page, asked, values)).length === 0
}

/** Once, of members nobody vouches for. Neither an age nor that somebody is too young is stored. */
export async function askAge({ request, reply, values, key, isFromForm }: Asking) {
  const { viewer, server, page } = request
  if (!viewer || !isFromForm || (await isOfAge(server.database.read, viewer.id))) return undefined
  const { rules } = await server.safety.current()
  const minimumAge = server.config.minimumAge ?? countryOf(request, rules).minimumAge
  const now = new Date()
  const isEnough = minimumAge === 0 || isOldEnough(values.age, minimumAge)
  if (isEnough) return void (await server.database.write((db) => confirmAge(db, viewer.id, now)))
  reply.header('cache-control', 'private, no-store')
  if (isEnough === undefined)
    return showAge({ request, reply, values, error: values.age && page.t('Please choose one of the list.') })
  await server.database.write((db) => deleteDraft(db, key, viewer.id))
  return reply.redirect(page.url('/ask/younger'), 303)
}

type AgePage = Pick<Asking, 'request' | 'reply' | 'values'> & { error?: string }

function showAge({ request, reply, values, error }: AgePage) {
  const carried = Object.entries(values)
    .filter(([name]) => name !== 'age' && name !== 'action')
    .map(([name, value]) => ({ name, value }))
  return reply.render('safety/age', { carried, action: '/ask', options: ageOptions(request.page.t), error })
}

/** A country was chosen on a page that had nothing to warn of any more. */
export async function showFormAgain({ request, reply, values, question }: Asking) {
  if (values.action !== 'country') return undefined
  return showForm(request, reply, { values, question })
}
