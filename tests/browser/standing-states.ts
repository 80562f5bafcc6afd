import type { State } from './states.ts'
import type { World } from './world.ts'

/** What has become of answers, who gave them, and what waiting is like. */
export const standing = ({ standing, category, people, open }: World): State[] => {
  const { judged, withdrawn, byStaff, waiting, answer, own, other, byOther } = standing
  const pathOf = ({ id, slug }: { id: number; slug: string }) => `/questions/${id}/${slug}`
  return [
    ...[judged, withdrawn, byStaff].flatMap((question): State[] => [
      { path: pathOf(question) },
      { path: pathOf(question), as: 'expert' },
      { path: pathOf(question), as: 'moderator' },
    ]),
    { path: `/answers/${other.id}/countersign`, as: 'expert', status: 409 },
    { path: `/answers/${byOther}/countersign`, as: 'expert' },
    { path: `/answers/${byOther}/countersign`, as: 'expert', send: { stance: 'perhaps' }, status: 422 },
    { path: `/answers/${byOther}/review`, as: 'expert' },
    { path: `/answers/${answer.id}/review`, as: 'expert' },
    { path: `/answers/${answer.id}/review`, as: 'expert', send: { note: 'x'.repeat(1_001), basis: '1' }, status: 422 },
    { path: `/answers/${answer.id}/edit?reviewed=true`, as: 'expert' },
    { path: `/answers/${own.id}/edit`, as: 'expert' },
    { path: `/answers/${answer.id}/withdrawal`, as: 'moderator' },
    { path: `/answers/${answer.id}/withdrawal`, as: 'expert', send: { reason: 'x' }, status: 422 },
    { path: `/answers/${own.id}/restoration`, as: 'expert' },
    { path: `/answers/${own.id}/restoration`, as: 'moderator', send: { reason: '' }, status: 422 },
    { path: `/answers/${own.id}/withdrawn-text` },
    { path: '/desk/reviews', as: 'expert' },
    { path: '/desk/reviews?show=others', as: 'expert' },
    { path: '/moderation/reviews', as: 'moderator' },
    { path: pathOf(waiting) },
    { path: pathOf(waiting), as: 'member' },
    { path: `/questions/${waiting.id}/category?to=pain-and-symptoms`, as: 'member' },
    { path: `/questions/${open.id}/category`, as: 'member', send: { category: 'nowhere', basis: '0' }, status: 404 },
    { path: `/ask?category=${category.path}`, as: 'member' },
    { path: `/experts?category=${category.path}` },
    { path: '/experts?profession=Nobody' },
    { path: '/account/profile', as: 'expert' },
    { path: '/account/profile', as: 'expert', send: { practiceUrl: 'javascript:x' }, status: 422 },
    { path: `/admin/accounts/${people.expert}`, as: 'administrator' },
  ]
}
