import type { Answer } from '../answers/queries.ts'
import type { AnswerInThread } from '../answers/requested.ts'
import { answerPath, basisOf, quotedAnswer, writtenAt } from '../answers/views.ts'
import { categoryCrumbs } from '../categories/views.ts'
import { isVerified } from '../database/verification.ts'
import type { CommentData } from '../lib/structured-data.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { questionPath } from '../questions/views.ts'
import type { Countersign, CountersignRow } from './queries.ts'

type Option = { value: string; label: string }

export type ShownCountersign = {
  id: number
  stance: Countersign['stance']
  saying: string
  reason: string | null
  expertName: string
  expertPath?: string
  profession: string
  credentials: string
  isExample: boolean
  isVerified: boolean
  createdAt: Date
  editedAt: Date | null
  /** The answer has been changed since. */
  isOfEarlierVersion: boolean
  isOwn: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'countersigns/_list': { countersigns: ShownCountersign[]; answerId: number }
    'countersigns/form': {
      action: string
      /** There is one already. */
      isGiven: boolean
      values: Record<string, string>
      errors?: Record<string, string>
      options: Option[]
      quoted: ReturnType<typeof quotedAnswer>
      title: string
      path: string
      crumbs: Crumb[]
    }
  }
}

const SAYINGS: Record<Countersign['stance'], string> = {
  agrees: 'Agrees',
  'agrees-with-caveat': 'Agrees, with a caveat',
  disagrees: 'Disagrees',
}

export const sayingOf = (t: Page['t'], stance: Countersign['stance']) => t(SAYINGS[stance])

const CHOICES: Record<Countersign['stance'], string> = {
  agrees: 'I agree with this answer',
  'agrees-with-caveat': 'I agree, with a caveat',
  disagrees: 'I disagree, because…',
}

export function shownCountersigns({ t, viewer }: Page, answer: Answer, rows: CountersignRow[]): ShownCountersign[] {
  return rows
    .filter(({ countersign }) => countersign.answerId === answer.id)
    .map(({ countersign, handle, isExample, ...verification }) => ({
      ...countersign,
      saying: sayingOf(t, countersign.stance),
      expertPath: handle ? `/experts/${handle}` : undefined,
      profession: countersign.expertProfession,
      credentials: countersign.expertCredentials,
      isExample: isExample ?? false,
      isVerified: isVerified(verification),
      isOfEarlierVersion: (countersign.editedAt ?? countersign.createdAt) < writtenAt(answer),
      isOwn: viewer !== null && viewer.id === countersign.expertId,
    }))
}

/** As other machines read it. An example expert has no credentials to tell of. */
export function countersignData(page: Page, answer: Answer, rows: CountersignRow[]): CommentData[] {
  return shownCountersigns(page, answer, rows).map(({ saying, reason, expertName: name, expertPath, ...one }) => ({
    text: reason ? `${saying}: ${reason}` : saying,
    author: {
      name,
      ...(expertPath ? { url: page.absolute(expertPath) } : {}),
      ...(one.isExample ? {} : { jobTitle: one.profession, honorificSuffix: one.credentials }),
    },
    datePublished: one.createdAt,
  }))
}

type Form = { given?: Countersign; values?: Record<string, string>; errors?: Record<string, string> }

export function countersignPage({ t }: Page, place: AnswerInThread, { given, values, errors }: Form) {
  const { answer, question, category, ancestors } = place
  const path = questionPath(question)
  return {
    action: countersignPath(answer.id),
    isGiven: given !== undefined,
    values: { stance: given?.stance ?? '', reason: given?.reason ?? '', ...values, basis: basisOf(answer) },
    errors,
    options: Object.entries(CHOICES).map(([value, label]) => ({ value, label: t(label) })),
    quoted: quotedAnswer(answer),
    title: question.title,
    path: answerPath(question, answer.id),
    crumbs: [
      ...categoryCrumbs(t, ancestors, category),
      { name: question.title, path },
      { name: t('Countersign an answer') },
    ],
  }
}

export const countersignPath = (answerId: number) => `/answers/${answerId}/countersign`
