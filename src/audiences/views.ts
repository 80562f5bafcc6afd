import type { Crumb, Page } from '../plugins/views.ts'
import { canAskMore, canOpenToAll, isAsker, isHiddenByStaff, isInConfidence } from '../questions/policy.ts'
import type { Question } from '../questions/queries.ts'
import type { Absence } from './attendance-queries.ts'
import type { findConfidence, Look } from './queries.ts'

type ShownLook = { name: string; path?: string; firstAt: Date; lastAt: Date; count: number }

/** What the page of a question says of having been asked in confidence. */
export type ShownConfidence = {
  id: number
  /** Who can read it. */
  sentence: string
  isOpen: boolean
  isOwn: boolean
  /** For the asker alone. */
  looks?: ShownLook[]
  /** Nobody it is for can answer it: for the asker alone. */
  absence?: ShownAbsence
  canOpenToAll: boolean
  canAskMore: boolean
}

type ShownAbsence = { id: number; sentence: string; canWait: boolean; isAnybodyElse: boolean; places: string[] }

declare module '../plugins/views.ts' {
  interface Views {
    'audiences/_confidence': { confidence: ShownConfidence }
    'audiences/_looks': { looks: ShownLook[] }
    'audiences/_absence': { absence: ShownAbsence }
    'audiences/widening': { id: number; path: string; category: string; count: number; crumbs: Crumb[] }
  }
}

type Confidence = Awaited<ReturnType<typeof findConfidence>>

export function shownConfidence(page: Page, question: Question, confidence: Confidence): ShownConfidence | undefined {
  if (!confidence) return undefined
  const isOwn = isAsker(page.viewer, question)
  return {
    id: question.id,
    sentence: isOwn ? forAsker(page, question, confidence) : forReaders(page, question, confidence),
    isOpen: isInConfidence(question),
    isOwn,
    looks: confidence.looks?.map((look) => shownLook(page, look)),
    absence: confidence.absence && shownAbsence(page, question, confidence),
    canOpenToAll: canOpenToAll(page.viewer, question),
    canAskMore: canAskMore(page.viewer, question),
  }
}

type Found = NonNullable<Confidence>

function forAsker({ t }: Page, question: Question, { addressee }: Found) {
  const { audience } = question
  if (question.withdrawnAt || isHiddenByStaff(question)) return t('Only you and our staff can read this question now.')
  if (audience === 'experts') return t('Only you, the experts of its category and our staff can read this question.')
  if (addressee) return t('Only you, {name} and our staff can read this question.', { name: addressee.name })
  return t('The expert you asked has left. Only you and our staff can read this question.')
}

function forReaders({ t }: Page, { audience }: Question, { addressee }: Found) {
  if (audience === 'experts') return t('Asked in confidence of the experts of its category.')
  return addressee
    ? t('Asked in confidence of {name} alone.', { name: addressee.name })
    : t('Asked in confidence of an expert who has left.')
}

function shownAbsence(page: Page, { id, audience }: Question, { absence, addressee }: Found): ShownAbsence {
  const { isAnybodyElse, places, ...why } = absence!
  const sentence = audience === 'expert' ? whyAbsent(page, why, addressee?.name) : page.t(NOBODY_HERE)
  const canWait = audience === 'experts' || (addressee !== undefined && why.reason !== 'declined')
  return { id, sentence, canWait, isAnybodyElse, places: places.map(({ name }) => name) }
}

const NOBODY_HERE = 'None of the experts of its category can answer at present.'

function whyAbsent({ t, formatDate }: Page, { reason, until }: Pick<Absence, 'reason' | 'until'>, name?: string) {
  if (name === undefined) return t('The expert you asked is not here any more.')
  if (reason === 'declined') return t('{name} has told us that this question is not for them.', { name })
  if (until) return t('{name} is away until {date}.', { name, date: formatDate(until) })
  return t('{name} does not answer questions here at present.', { name })
}

function shownLook({ t }: Page, { name, handle, isStaff, ...look }: Look): ShownLook {
  if (isStaff) return { ...look, name: t('A member of our staff') }
  return { ...look, name: name ?? t('An expert who has left'), path: handle ? `/experts/${handle}` : undefined }
}
