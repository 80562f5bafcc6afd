import { listUnticked } from '../consents/standing.ts'
import { isSleptOn } from '../questions/policy.ts'
import { questionPath } from '../questions/views.ts'
import type { Found } from '../safety/book.ts'
import { countryOf, rememberCountry, warningPage } from '../safety/views.ts'
import { findNew, isCrisis, textToCheck } from '../safety/watch.ts'
import type { Asking } from './asking.ts'
import { showForm } from './pages.ts'
import { leaveToHold, storedWith } from './readers.ts'
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

/** Whoever comes back to a draft in danger is helped first, and can send it with one press. */
export async function warnAgain(asking: Asking) {
  const found = await asking.request.server.safety.check(written(asking.values))
  if (isCrisis(found)) await showWarning(asking, found)
}

async function showWarning(asking: Asking, found: Found[]) {
  const { request, reply, action, values, question, wish, isKept, isUnfinished } = asking
  const { rules } = await request.server.safety.current()
  rememberCountry(request, reply, rules, values.country)
  const form = { action, values, resume: wish, isKept, isUnfinished, isSleptOn: willSleep(asking) }
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
async function mayBeHeld({ request, action, values, question, wish, isUnfinished }: Asking) {
  if (!request.viewer || values.action === 'country' || wish || isUnfinished) return false
  const storing = question && storedWith(request, question)
  if (storing) return (await listUnticked(request, { ...storing, action, values })).isAllowed
  if (question) return true
  return (await listUnticked(request, { ...leaveToHold(request), action, values })).isAllowed
}

/** A country was chosen on a page that had nothing to warn of any more. */
export async function showFormAgain({ request, reply, values, question }: Asking) {
  if (values.action !== 'country') return undefined
  return showForm(request, reply, { values, question })
}
