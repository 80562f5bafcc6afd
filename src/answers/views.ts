import { isModerator } from '../accounts/policy.ts'
import type { Registration } from '../database/schema.ts'
import { isVerified } from '../database/verification.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import type { AnswerData } from '../lib/structured-data.ts'
import type { Mail } from '../notifications/queries.ts'
import { mailText } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import { canEditAnswer } from './policy.ts'
import type { Answer, Thread } from './queries.ts'

type Row = Thread['answers'][number]

export type ShownAnswer = {
  id: number
  expertName: string
  /** None where the expert has left. */
  expertPath?: string
  profession: string
  credentials: string
  isExample: boolean
  /** Now, not only when it was written. */
  isVerified: boolean
  /** What had been checked about them when they wrote it. */
  registrations: Registration[]
  bodyHtml: string
  createdAt: Date
  editedAt: Date | null
  concealment?: Concealment
  canEdit: boolean
  canConceal: boolean
}

/** For those who see it all the same. */
export type Concealment = { reason: string; at: Date }

declare module '../plugins/views.ts' {
  interface Views {
    'answers/_quoted': { quoted: ReturnType<typeof quotedAnswer> }
  }
}

export const concealmentOf = ({ hiddenAt, hiddenReason }: Pick<Answer, 'hiddenAt' | 'hiddenReason'>) =>
  hiddenAt ? { at: hiddenAt, reason: hiddenReason ?? '' } : undefined

export function shownAnswer({ viewer }: Page, { answer, handle, isExample, ...expert }: Row): ShownAnswer {
  return {
    ...answer,
    expertPath: handle ? `/experts/${handle}` : undefined,
    profession: answer.expertProfession,
    credentials: answer.expertCredentials,
    isExample: isExample ?? false,
    isVerified: isVerified(expert),
    registrations: answer.expertRegistrations ?? [],
    concealment: concealmentOf(answer),
    canEdit: canEditAnswer(viewer, answer),
    canConceal: isModerator(viewer),
  }
}

/** When its text was last written or withdrawn, as a form can carry it. */
export const basisOf = (answer: Pick<Answer, 'editedAt' | 'createdAt' | 'withdrawnAt'>) =>
  String(Math.max(writtenAt(answer).getTime(), answer.withdrawnAt?.getTime() ?? 0))

export const writtenAt = ({ editedAt, createdAt }: Pick<Answer, 'editedAt' | 'createdAt'>) => editedAt ?? createdAt

export const answerPath = (question: Parameters<typeof questionPath>[0], answerId: number) =>
  `${questionPath(question)}#answer-${answerId}`

/** For a page about one answer. */
export const quotedAnswer = ({ expertName, bodyHtml, createdAt, editedAt }: Answer) => ({
  expertName,
  bodyHtml,
  writtenAt: writtenAt({ createdAt, editedAt }),
})

/** As other machines read it. An example expert has no credentials to tell of. */
export function answerData(page: Page, questionPath: string, { answer, handle, isExample }: Row): AnswerData {
  const credentials = isExample ? {} : { jobTitle: answer.expertProfession, honorificSuffix: answer.expertCredentials }
  return {
    text: plainTextOf(answer.bodyHtml),
    url: `${page.absolute(questionPath)}#answer-${answer.id}`,
    author: {
      name: answer.expertName,
      ...(handle ? { url: page.absolute(`/experts/${handle}`) } : {}),
      ...credentials,
    },
    datePublished: answer.createdAt,
    dateModified: answer.editedAt ?? undefined,
  }
}

type AnswerNews = {
  asker: { accountId: number; name: string; email: string }
  expert: { name: string }
  question: Pick<Question, 'id'>
}

/** Names neither the question nor its subject: mail is read over shoulders. */
export function answerMail(page: Page, { asker, expert, question }: AnswerNews): Mail {
  const { t, absolute } = page
  return {
    accountId: asker.accountId,
    recipient: asker.email,
    subject: t('Your question has an answer'),
    text: mailText(page, {
      name: asker.name,
      paragraphs: [t('{name} has answered your question. You can read it here:', { name: expert.name })],
      link: absolute(`/questions/${question.id}`),
    }),
  }
}
