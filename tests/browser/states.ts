import { ALLOWED } from '../fixtures.ts'
import { applying } from './application-states.ts'
import { confiding } from './audience-states.ts'
import { atTheDesk } from './desk-world.ts'
import { discussing } from './discussion-states.ts'
import { reporting } from './incident-states.ts'
import { deciding } from './privacy-states.ts'
import { warning } from './safety-states.ts'
import { standing } from './standing-states.ts'
import type { Role, World } from './world.ts'

/** Where scripts put something else in the place of a field. */
export const enhancedStates: State[] = [{ path: '/ask' }, { path: '/ask', send: { title: 'Short' }, status: 422 }]

/** A page in one of its states: opened, or what comes back when a form is sent. */
export type State = { path: string; as?: Role; send?: Record<string, string>; status?: number }

const LONG = 'x'.repeat(200)
/** Answered in the example content. */
const LIKELY = 'How long does sciatica last?'

export const statesOf = (world: World): State[] => [
  ...reading(world),
  ...asking(world),
  ...answering(world),
  ...entering(world),
  ...ownAccount(world),
  ...secondFactors(world),
  ...atTheDesk(world),
  ...discussing(world),
  ...standing(world),
  ...moderating(world),
  ...administering(world),
  ...applying(world),
  ...deciding(world),
  ...confiding(world),
  ...warning(world),
  ...reporting(world),
]

/** Where there is nothing yet. */
export const emptyStates = (firstToken: string): State[] => [
  { path: `/first-administrator?token=${firstToken}` },
  { path: '/first-administrator', send: { token: firstToken }, status: 422 },
  { path: '/' },
  { path: '/categories' },
  { path: '/questions' },
  { path: '/questions?status=answered' },
  { path: '/experts' },
  { path: '/ask' },
  { path: '/account/questions', as: 'member' },
  { path: '/moderation', as: 'moderator' },
  { path: '/admin/categories', as: 'administrator' },
  { path: '/admin/outbox', as: 'administrator' },
  { path: '/admin/events', as: 'administrator' },
  { path: '/admin/searches', as: 'administrator' },
  { path: '/search?q=anything' },
]

const reading = ({ category, open, closed, answeredPath, answered, answer, expertPath }: World): State[] => [
  { path: '/' },
  { path: '/', as: 'administrator' },
  { path: '/categories' },
  { path: '/categories/pain-and-symptoms' },
  { path: `/categories/${category.path}` },
  { path: '/questions' },
  { path: '/questions?status=open' },
  { path: `/questions/${open.id}/${open.slug}` },
  { path: `/questions/${closed.id}/${closed.slug}` },
  { path: answeredPath },
  { path: `/questions/${answered.id}/revisions`, as: 'member' },
  { path: `/answers/${answer.id}/revisions` },
  { path: '/experts' },
  { path: expertPath },
  ...['/about', '/about/experts', '/about/privacy', '/about/funding'].map((path) => ({ path })),
  { path: '/search' },
  { path: '/search?q=sciatica' },
  { path: '/search?q=the&category=spine/low-back&status=answered&since=year&sort=date' },
  { path: '/search?q=sciatca' },
  { path: `/search?q=${LONG}` },
  { path: '/search?q=%22%F0%9F%A6%B4&kind=expert&category=nowhere' },
  { path: '/nothing/here', status: 404 },
  { path: '/admin', as: 'member', status: 403 },
  { path: '/theme', send: { theme: 'sepia' }, status: 422 },
]

const asking = ({ category, answered, answeredPath, open, drafts, ...world }: World): State[] => [
  { path: `/ask?category=${category.path}&title=${LONG}` },
  { path: '/ask', as: 'member' },
  { path: `/ask?draft=${drafts.question}`, as: 'member' },
  { path: `/ask?title=${LIKELY}` },
  { path: '/ask', send: { ...questionOf(world), ...ALLOWED, title: LIKELY, category: category.path } },
  { path: '/ask', send: { title: 'Short', category: 'none', tried: LONG.repeat(3) }, status: 422 },
  { path: '/ask', as: 'member', send: { ...questionOf(world), category: category.path, action: 'preview' } },
  { path: '/account/questions', as: 'member' },
  { path: answeredPath, as: 'member' },
  { path: `/questions/${open.id}/edit`, as: 'member' },
  { path: `/questions/${answered.id}/edit`, as: 'member', send: { title: '' }, status: 422 },
]

const questionOf = ({ answer }: Pick<World, 'answer'>) => ({
  title: 'What may I do with a sore back?',
  body: answer.body.repeat(3),
  key: 'k'.repeat(30),
})

const answering = ({ open, answer, answeredPath }: World): State[] => [
  { path: `/questions/${open.id}/${open.slug}`, as: 'expert' },
  { path: answeredPath, as: 'expert' },
  { path: `/questions/${open.id}/answers`, as: 'expert', send: { body: '' }, status: 422 },
  {
    path: `/questions/${open.id}/answers`,
    as: 'expert',
    send: { body: answer.body.repeat(3), key: 'a'.repeat(30), action: 'preview' },
  },
  { path: `/answers/${answer.id}/edit`, as: 'expert' },
  { path: `/answers/${answer.id}/edit`, as: 'expert', send: { body: '' }, status: 422 },
]

const entering = ({ tokens }: World): State[] => [
  { path: '/sign-up?next=/ask' },
  { path: '/sign-up', send: { name: '', email: 'nobody', password: 'short' }, status: 422 },
  { path: '/sign-up', send: { name: 'Otto', email: 'otto@example.org', password: 'blue boats in winter' } },
  { path: `/confirm-address?token=${tokens.signUp}` },
  { path: '/confirm-address?token=used', status: 410 },
  { path: '/sign-in' },
  { path: '/sign-in', send: { email: 'nobody@example.org', password: 'wrong password' }, status: 422 },
  { path: '/sign-in/links', send: { email: 'nobody@example.org' } },
  { path: `/sign-in/link?token=${tokens.signIn}` },
  { path: '/forgot-password' },
  { path: '/forgot-password', send: { email: 'nobody' }, status: 422 },
  { path: `/reset-password?token=${tokens.reset}` },
  { path: '/reset-password', send: { token: tokens.reset, password: 'short' }, status: 422 },
]

const ownAccount = ({ tokens }: World): State[] => [
  { path: '/account', as: 'member' },
  { path: '/account/name', as: 'member' },
  { path: '/account/name', as: 'expert' },
  { path: '/account/name', as: 'member', send: { name: LONG }, status: 422 },
  { path: '/account/address', as: 'member' },
  { path: `/account/address/confirmation?token=${tokens.address}`, as: 'member' },
  { path: '/account/password', as: 'member' },
  { path: '/account/closure', as: 'member' },
  { path: `/account/closure/confirmation?token=${tokens.closure}`, as: 'member' },
]

const secondFactors = ({ people, recoveryCode }: World): State[] => {
  const path = '/account/two-factor'
  const onAdmin = `/admin/accounts/${people.protected}/two-factor`
  return [
    { path: '/sign-in/second-step', as: 'halfway' },
    { path: '/sign-in/second-step', as: 'halfway', send: { code: '000000' }, status: 422 },
    { path: '/sign-in/second-step', as: 'halfway', send: { recoveryCode: 'not one' }, status: 422 },
    { path: '/account', as: 'protected' },
    { path, as: 'member' },
    { path, as: 'protected' },
    { path: `${path}/authenticator`, as: 'member' },
    { path: `${path}/authenticator`, as: 'protected' },
    { path: `${path}/authenticator/confirmation`, as: 'protected', send: { code: '000000' }, status: 422 },
    { path: `${path}/passkeys/new`, as: 'member' },
    { path: `${path}/removal`, as: 'protected' },
    { path: `${path}/removal`, as: 'protected', send: {}, status: 422 },
    { path: `${path}/recovery-codes`, as: 'protected', send: { password: recoveryCode } },
    { path: onAdmin.replace('/two-factor', ''), as: 'administrator' },
    { path: onAdmin, as: 'administrator' },
    { path: onAdmin, as: 'administrator', send: { reason: '' }, status: 422 },
  ]
}

const moderating = ({ open, answered, answer, answeredPath, hidden, reopened }: World): State[] => [
  { path: `/questions/${hidden.id}/${hidden.slug}`, status: 410 },
  { path: `/questions/${hidden.id}/${hidden.slug}`, as: 'member' },
  { path: `/questions/${hidden.id}/${hidden.slug}`, as: 'moderator' },
  { path: `/questions/${reopened.id}/${reopened.slug}`, as: 'expert' },
  { path: `/questions/${reopened.id}/${reopened.slug}`, as: 'moderator' },
  { path: `/questions/${open.id}/concealment`, as: 'moderator' },
  { path: `/answers/${answer.id}/concealment`, as: 'moderator', send: { reason: '' }, status: 422 },
  { path: `/questions/${answered.id}/revisions`, as: 'moderator' },
  { path: `/answers/${answer.id}/revisions`, as: 'moderator' },
  { path: '/moderation', as: 'moderator' },
  { path: answeredPath, as: 'moderator' },
  { path: `/moderation/questions/${open.id}/asker`, as: 'moderator' },
  { path: `/moderation/questions/${open.id}/asker`, as: 'moderator', send: { reason: '' }, status: 422 },
  {
    path: `/moderation/questions/${open.id}/asker`,
    as: 'moderator',
    send: { reason: 'Somebody may be in danger' },
  },
]

const administering = ({ category, people }: World): State[] => {
  const categoryPath = `/admin/categories/${category.id}`
  const accountPath = `/admin/accounts/${people.expert}`
  const paths = [
    ...['/admin', '/admin/categories', '/admin/categories/new', '/admin/accounts', '/admin/accounts?q=nobody'],
    ...['', '/edit', '/parent', '/merger'].map((end) => categoryPath + end),
    ...['', '/expert'].map((end) => accountPath + end),
    ...['/admin/outbox', '/admin/events', '/admin/searches', '/admin/pages', '/admin/pages/limits/edit'],
  ]
  const wrong = [
    '/admin/categories',
    '/admin/pages/limits',
    categoryPath,
    ...['/expert', '/role', '/name'].map((end) => accountPath + end),
  ]
  return [
    ...paths.map((path): State => ({ path, as: 'administrator' })),
    ...wrong.map((path): State => ({ path, as: 'administrator', send: { name: '' }, status: 422 })),
  ]
}
