import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { findAccount } from '../accounts/queries.ts'
import type { Writer } from '../database/types.ts'
import { checkedProblems } from '../experts/credential-checks.ts'
import { findProfession } from '../experts/profession-queries.ts'
import { haveCommon, listOwnCategories } from '../experts/scope-queries.ts'
import type { FormErrors } from '../lib/form-errors.ts'
import { idsIn } from '../lib/form-ids.ts'
import { IdParams } from '../lib/shapes.ts'
import { queueMail } from '../notifications/queries.ts'
import { Conflict } from '../plugins/errors.ts'
import { type Acceptance, acceptApplication, acceptRenewal, type Checked } from './decision-queries.ts'
import { AcceptanceForm, CheckedForm, OTHER } from './forms.ts'
import { acceptedMail, renewedMail } from './mails.ts'
import { type Application, findPeople } from './queries.ts'
import { back, decidable, type Request, record, showOvertaken, showReview } from './reviewing.ts'
import { QUEUE } from './staff-views.ts'
import type { Values } from './views.ts'

/** What was left empty is shown as that. */
const BLANK = {
  ...{ title: '', credentials: '', issuer: '', number: '', registerUrl: '' },
  ...{ checkedOn: '', checkAgainOn: '' },
}
const CHANGED_NAME = 'They have changed their name since you looked. Check it before you accept them.'

/** What makes an expert, and what keeps one. */
const acceptances: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  const acceptance = { schema: { params: IdParams, body: AcceptanceForm }, attachValidation: true }
  app.post(`${QUEUE}/:id/acceptance`, acceptance, async (request, reply) => {
    const application = await decidable(request)
    if (application.credentialId) throw new Conflict('This is a renewal.')
    const values: Values = { ...BLANK, ...request.typed() }
    const categoryIds = idsIn(request, 'categories')
    const professionId = values.profession === OTHER ? null : Number(values.profession)
    const errors = await problemsOf(request, { professionId, categoryIds })
    if (errors) return showReview(request, reply.code(422), { values, errors, categoryIds })

    const { name, title, credentials } = request.body
    const acceptance = { professionId, profession: title, credentials, categoryIds }
    const decision = { application, name, acceptance, checked: checkedIn(request.body) }
    const isAccepted = await database.write((db) => accept(db, request, decision))
    return isAccepted ? back(request, reply, 'They are an expert now.') : showOvertaken(request, reply)
  })

  const renewal = { schema: { params: IdParams, body: CheckedForm }, attachValidation: true }
  app.post(`${QUEUE}/:id/renewal`, renewal, async (request, reply) => {
    const application = await decidable(request)
    if (!application.credentialId) throw new Conflict('This is an application.')
    const errors = { ...checkedProblems(request) }
    if (Object.keys(errors).length > 0)
      return showReview(request, reply.code(422), { values: { ...BLANK, ...request.typed() }, errors })

    const checked = checkedIn(request.body)
    const isRenewed = await database.write((db) => renew(db, request, { application, checked }))
    return isRenewed ? back(request, reply, 'The registration is checked.') : showOvertaken(request, reply)
  })

  type Choice = { professionId: number | null; categoryIds: number[] }

  async function problemsOf(request: Request, { professionId, categoryIds }: Choice) {
    const { t } = request.page
    const errors: FormErrors = { ...checkedProblems(request) }
    const profession = professionId === null ? undefined : await findProfession(database.read, professionId || 0)
    if (professionId !== null && !profession) errors.profession ??= t('Please choose one of the list.')
    if (categoryIds.length === 0) errors.categories = t('Please choose at least one category.')
    else if (profession && !(await haveCommon(database.read, profession.id, categoryIds)))
      errors.categories = t('Their profession may not answer in any of these. Choose others, or ask an administrator.')
    return Object.keys(errors).length > 0 ? errors : undefined
  }
}

type Sent = { issuer: string; number: string; registerUrl: string; checkedOn: string; checkAgainOn: string }

const checkedIn = ({ issuer, number, registerUrl, checkedOn, checkAgainOn }: Sent): Checked => ({
  issuer,
  number,
  registerUrl,
  checkedAt: new Date(checkedOn),
  checkAgainAt: new Date(checkAgainOn),
})

type Accepted = { application: Application; name?: string; acceptance: Acceptance; checked: Checked }

async function accept(db: Writer, request: Request, { application, name, ...accepted }: Accepted) {
  const { page } = request
  const applicant = (await findAccount(db, application.accountId))!
  if (name !== undefined && name !== applicant.name) throw new Conflict(CHANGED_NAME)
  const decision = { application, name: applicant.name, deciderId: request.signedIn().id }
  if (!(await acceptApplication(db, decision, accepted))) return false
  await record(db, request, { action: 'application-accepted', reason: accepted.acceptance.profession })
  const categories = (await listOwnCategories(db, applicant.id)).map((category) => category.name)
  const until = page.formatDate(accepted.checked.checkAgainAt)
  await queueMail(db, acceptedMail(page, applicant, { until, categories }))
  return true
}

async function renew(
  db: Writer,
  request: Request,
  { application, checked }: { application: Application; checked: Checked },
) {
  const { page } = request
  const deciderId = request.signedIn().id
  if (!(await acceptRenewal(db, { application, deciderId }, checked))) return false
  await record(db, request, { action: 'renewal-accepted', reason: checked.issuer })
  const { applicant } = await findPeople(db, application)
  const until = page.formatDate(checked.checkAgainAt)
  await queueMail(db, renewedMail(page, applicant, { until, issuer: checked.issuer }))
  return true
}

export default acceptances
