import type { FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { isSecureAddress } from '../lib/urls.ts'

/** Where anybody can look somebody up. */
export function addressProblem(request: FastifyRequest): FormErrors {
  const { registerUrl } = request.typed()
  if (!registerUrl || isSecureAddress(registerUrl)) return {}
  return { registerUrl: request.page.t('Please give a whole address that begins with https://') }
}

/**
 * When a credential was checked lies behind us, and when it is to be checked again before us.
 * @param standing the day that stands already: it may have gone by
 */
function dayProblems(request: FastifyRequest, standing?: string): FormErrors {
  const { t } = request.page
  const { checkedOn, checkAgainOn } = request.typed()
  const errors: FormErrors = {}
  const now = new Date()
  if (checkedOn && new Date(checkedOn) > now) errors.checkedOn = t('That day is still to come.')
  if (checkAgainOn && checkAgainOn !== standing && new Date(checkAgainOn) <= now)
    errors.checkAgainOn = t('Please choose a day that is still to come.')
  return errors
}

/** Both, with what the form's shape refuses. */
export function checkedProblems(request: FastifyRequest, standing?: string): FormErrors | undefined {
  const errors = { ...addressProblem(request), ...dayProblems(request, standing), ...request.formErrors() }
  return Object.keys(errors).length > 0 ? errors : undefined
}
