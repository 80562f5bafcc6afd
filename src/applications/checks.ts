import type { FastifyRequest } from 'fastify'
import { addressProblem } from '../experts/credential-checks.ts'
import type { FormErrors } from '../lib/form-errors.ts'
import type { Evidence } from './evidence.ts'
import type { Fields } from './queries.ts'
import { filesError } from './views.ts'

type Sent = { fields: Fields; categoryIds: number[]; left: Evidence[]; isFileNeeded: boolean }

/** All that keeps an application from being sent. */
export function formProblems(request: FastifyRequest, { fields, categoryIds, left, isFileNeeded }: Sent) {
  const { t } = request.page
  const errors: FormErrors = { ...request.formErrors(), ...addressProblem(request) }
  delete errors.categories
  if (!errors.profession && !fields.profession) errors.title = t('Please say what you are.')
  if (categoryIds.length === 0) errors.categories = t('Please choose at least one category.')
  if (!errors.hasInterests && fields.interests === null)
    errors.interests = t('Please say what your interests are, or that you have nothing to declare.')
  const files = uploadProblem(request, left) ?? (isFileNeeded ? t('Please add at least one file.') : undefined)
  if (files) errors.files = files
  return Object.keys(errors).length > 0 ? errors : undefined
}

export const uploadProblem = ({ page, uploads }: FastifyRequest, left: Evidence[]) =>
  filesError(page.t, [...uploads.refused, ...left.map(({ name }) => ({ name, why: 'too-many' as const }))])
