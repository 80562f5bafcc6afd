import type { Page, Views } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import type { Telltale } from './staying.ts'

type Kind = 'withdrawal' | 'deletion' | 'anonymity'

declare module '../plugins/views.ts' {
  interface Views {
    'privacy/regret': {
      title: string
      lead: string
      /** What follows, each in a sentence. */
      consequences: string[]
      action: string
      button: string
      /** The question, unless it is about all of them. */
      questionTitle?: string
      backPath: string
    }
    'privacy/_farewell': { values: Record<string, string | undefined>; isExpert: boolean; telltales: Telltale[] }
    'privacy/_telltales': { telltales: Telltale[] }
    'privacy/data': Record<never, never>
    'privacy/_regrets': { id: number; canPublish: boolean; canWithdraw: boolean; canCutLink: boolean }
    'privacy/_standing': { publishAt: Date | null; withdrawnAt: Date | null; isReadByStaff: boolean }
  }
}

const TEXTS: Record<Kind, { title: string; titleOfAll: string; button: string; consequences: string[] }> = {
  withdrawal: {
    title: 'Take your question back',
    titleOfAll: 'Take all your questions back',
    button: 'Take it back for good',
    consequences: [
      'Nobody but you and our staff can read it or its answers any more. Its address says that it is gone, and lists, search and feeds leave it out.',
      'The experts who answered are told. Their answers no longer count for them.',
      'After 30 days its text, what you added and what they wrote are deleted. Till then our staff can look at it, in case somebody was harmed.',
      'Copies that search engines or other people have made are out of our reach. Search engines drop theirs when they come by next.',
    ],
  },
  deletion: {
    title: 'Delete your question',
    titleOfAll: 'Delete your questions',
    button: 'Delete it',
    consequences: ['It has not been published. Nobody has seen it, and nothing of it is left.'],
  },
  anonymity: {
    title: 'Cut the link between this question and you',
    titleOfAll: 'Cut every link between your questions and you',
    button: 'Cut the link for good',
    consequences: [
      'The question and its answers stay where they are, under a made-up name.',
      'We forget that it was you. Not even our staff can find out any more.',
      'You get no more mail about it. It is no longer among your questions, and you cannot edit it, reply, close it or take it back.',
      'What you wrote in it stays. If the text itself tells who you are, edit it first.',
      'Backups made before now still hold the link until they are deleted.',
    ],
  },
}

/** Something in it may be urgent: moderators may have read it. */
const isRead = (kind: Kind, about: Question | number) =>
  kind === 'deletion' && typeof about !== 'number' && about.flaggedAt !== null

/** For one question, or for as many as somebody has. */
export function regretPage({ t }: Page, kind: Kind, about: Question | number): RegretPage {
  const { title, titleOfAll, button, consequences } = TEXTS[kind]
  const rest = {
    lead: t('This cannot be undone.'),
    button: t(button),
    consequences: isRead(kind, about)
      ? [t('It has not been published. Nobody but our moderators has seen it, and nothing of it is left.')]
      : consequences.map((text) => t(text)),
  }
  if (typeof about === 'number') {
    const action = `/account/questions/${kind}`
    const questionTitle = t('{count, plural, =0 {You have no questions here} one {One question} other {# questions}}', {
      count: about,
    })
    return { ...rest, title: t(titleOfAll), action, questionTitle, backPath: '/account/questions' }
  }
  const action = `/questions/${about.id}/${kind === 'deletion' ? 'withdrawal' : kind}`
  return { ...rest, title: t(title), action, questionTitle: about.title, backPath: questionPath(about) }
}

type RegretPage = Views['privacy/regret']
