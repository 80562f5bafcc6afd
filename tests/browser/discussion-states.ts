import type { State } from './states.ts'
import type { World } from './world.ts'

/** What is said beside the answers, and how the loop closes. */
export const discussing = ({ discussions, closed }: World): State[] => {
  const { asked, followed, late, answer, comment, outcomes } = discussions
  const pathOf = ({ id, slug }: { id: number; slug: string }) => `/questions/${id}/${slug}`
  const short = { body: 'x' }
  return [
    ...[asked, followed].flatMap((question): State[] => [
      { path: pathOf(question) },
      { path: pathOf(question), as: 'member' },
      { path: pathOf(question), as: 'expert' },
      { path: pathOf(question), as: 'moderator' },
    ]),
    { path: pathOf(late), as: 'member' },
    { path: `/questions/${asked.id}/clarifications`, as: 'expert', send: short, status: 422 },
    { path: `/questions/${asked.id}/replies/new`, as: 'member' },
    { path: `/answers/${answer.id}/follow-ups/new`, as: 'member' },
    { path: `/questions/${asked.id}/colleague-comments/new`, as: 'moderator' },
    { path: `/questions/${closed.id}/clarifications`, as: 'expert', send: written, status: 409 },
    { path: `/comments/${comment}/withdrawal`, as: 'expert' },
    { path: `/comments/${comment}/concealment`, as: 'moderator' },
    { path: `/outcomes?token=${outcomes.open}&outcome=better` },
    { path: '/outcomes', send: { token: outcomes.open }, status: 422 },
    { path: '/outcomes', send: { token: outcomes.told, outcome: 'worse' } },
    { path: `/outcomes?token=${outcomes.told}&outcome=better`, status: 410 },
    { path: `/outcomes?token=${outcomes.old}`, status: 410 },
    { path: `/outcomes/stop?token=${outcomes.open}` },
    { path: '/outcomes/stop', send: { token: outcomes.open, scope: 'question' } },
  ]
}

const written = { body: 'Does the pain wake you at night?', key: 'a-key-that-is-long-enough-for-it' }
