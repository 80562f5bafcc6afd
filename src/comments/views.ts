import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Answer, Thread } from '../answers/queries.ts'
import { type Concealment, concealmentOf } from '../answers/views.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import type { CommentData } from '../lib/structured-data.ts'
import type { Page } from '../plugins/views.ts'
import { isAsker, isLive } from '../questions/policy.ts'
import { isHeldBack } from '../safety/held-queries.ts'
import { type CommentFormData, formOf } from './form-views.ts'
import { canConfer, canSeeComment, canTakeBack, followUpEnd } from './policy.ts'
import type { Comment, CommentRow } from './queries.ts'

type ShownComment = {
  id: number
  name: string
  isAsker: boolean
  /** Of an expert's page. */
  path?: string
  isExample: boolean
  bodyHtml: string
  createdAt: Date
  concealment?: Concealment
  /** A moderator has yet to read it, and it is the viewer's: where they find help. */
  helpPath?: string
  /** While it was held: only staff see it. */
  isTakenBack: boolean
  canConceal: boolean
  canTakeBack: boolean
}

export type ShownClarifications = {
  comments: ShownComment[]
  /** The last expert who asked, while they wait for the asker. */
  waitingName?: string
  /** Whoever asked the question is looking. */
  isOwn: boolean
  replyForm?: CommentFormData
  askForm?: CommentFormData
}

export type ShownFollowUps = {
  comments: ShownComment[]
  isOpen: boolean
  form?: CommentFormData
  /** Of the form. */
  heading: string
  /** Until when the asker may write. */
  until?: Date
  /** It is too late: where the asker asks anew. */
  anewCategory?: string
}

export type ShownConference = { comments: ShownComment[]; form: CommentFormData }

type Answered = { id: number; followUps: ShownFollowUps }

declare module '../plugins/views.ts' {
  interface Views {
    'comments/_list': { comments: ShownComment[] }
    'comments/_comment': { comment: ShownComment }
    'comments/_clarifications': { clarifications: ShownClarifications }
    'comments/_follow-ups': { answer: Answered }
    'comments/_conference': { conference: ShownConference }
    'comments/withdrawal': { id: number; bodyHtml: string; path: string /** It is held. */; helpPath?: string }
  }
}

type Rows = { rows: CommentRow[]; question: Thread['question'] }

function shownComments({ viewer }: Page, { rows, question }: Rows): ShownComment[] {
  const seen = rows.filter(({ comment }) => canSeeComment(viewer, comment, question))
  return seen.map(({ comment, handle, isExample }, index) => ({
    ...nameOf({ comment, handle }, question),
    id: comment.id,
    isAsker: comment.isByAsker,
    isExample: !comment.isByAsker && (isExample ?? false),
    bodyHtml: comment.bodyHtml,
    createdAt: comment.createdAt,
    concealment: concealmentOf(comment),
    helpPath: isHeldBack(comment) && viewer?.id === comment.authorId ? `/questions/${question.id}/help` : undefined,
    isTakenBack: comment.withdrawnAt !== null,
    canConceal: isModerator(viewer),
    canTakeBack: canTakeBack(viewer, comment, isLast(seen.slice(index + 1), comment)),
  }))
}

const isLast = (later: CommentRow[], { authorId }: Comment) =>
  later.every(({ comment }) => comment.authorId === authorId)

type Author = Pick<CommentRow, 'comment' | 'handle'>

/** Whoever asked has no page, even where they are an expert elsewhere. */
const nameOf = ({ comment, handle }: Author, question: Thread['question']) =>
  comment.isByAsker
    ? { name: question.askerName }
    : { name: comment.authorName, path: handle ? `/experts/${handle}` : undefined }

/** As other machines read them: those that everybody sees. */
export function commentData(page: Page, { rows, question }: Rows): CommentData[] {
  return rows
    .filter(({ comment }) => comment.hiddenAt === null && comment.kind !== 'colleague')
    .map((row) => {
      const { name, path } = nameOf(row, question)
      return {
        text: plainTextOf(row.comment.bodyHtml),
        author: { name, ...(path ? { url: page.absolute(path) } : {}) },
        datePublished: row.comment.createdAt,
      }
    })
}

// --- on the page of a question --------------------------------------------------------------------------------------

/** `isAllowed`: whoever asked and is looking allows that what they write is kept. */
type Discussion = { thread: Thread; rows: CommentRow[]; isAllowed?: boolean }

export const clarificationsIn = (rows: CommentRow[]) => rows.filter(({ comment }) => comment.kind === 'clarification')

/** Nothing below an answer that is not to be read. */
export const followUpsIn = (rows: CommentRow[], { id, hiddenAt, withdrawnAt }: Answer) =>
  hiddenAt || withdrawnAt ? [] : rows.filter(({ comment }) => comment.answerId === id)

/** What experts asked back. Undefined: nothing, and nobody who may. */
export function shownClarifications(page: Page, { thread, rows, isAllowed, mayAsk }: Discussion & { mayAsk: boolean }) {
  const { question } = thread
  const comments = shownComments(page, { rows: clarificationsIn(rows), question })
  const isAnybodyThere = question.askerId !== null
  const askForm =
    mayAsk && isAnybodyThere
      ? formOf(page, { purpose: 'clarification', question, address: `/questions/${question.id}/clarifications` })
      : undefined
  if (comments.length === 0) return askForm && { comments, isOwn: false, askForm }
  const last = comments.findLast(({ concealment }) => !concealment)
  const isOwn = isAsker(page.viewer, question)
  const isOpen = isAnybodyThere && question.status !== 'closed' && isLive(question)
  return {
    comments,
    waitingName: isOpen && last && !last.isAsker ? last.name : undefined,
    isOwn,
    replyForm:
      isOwn && isOpen && last
        ? formOf(page, { purpose: 'reply', question, address: `/questions/${question.id}/replies`, isAllowed })
        : undefined,
    askForm,
  }
}

type Below = Discussion & { answer: Answer; followUpDays: number; now: Date }

/** Undefined: nothing was said below this answer, and nobody who may is looking. */
export function shownFollowUps(page: Page, { thread, rows, isAllowed, answer, followUpDays, now }: Below) {
  const { question } = thread
  const { viewer, t } = page
  const comments = shownComments(page, { rows: followUpsIn(rows, answer), question })
  const isOwn = isAsker(viewer, question)
  const until = followUpEnd(answer, followUpDays)
  const isExperts = comments.length > 0 && canAnswer(viewer) && answer.expertId === viewer?.id
  const isOpen = question.status !== 'closed' && isLive(question) && !answer.hiddenAt && !answer.withdrawnAt
  const mayWrite = isOpen && (isOwn ? until !== undefined && until > now : isExperts)
  const isAnew = isOwn && isOpen && until !== undefined && until <= now
  if (comments.length === 0 && !mayWrite && !isAnew) return undefined
  const purpose = isOwn ? 'follow-up' : 'follow-up-reply'
  return {
    comments,
    isOpen: isExperts && comments.at(-1)!.isAsker,
    form: mayWrite
      ? formOf(page, { purpose, question, address: `/answers/${answer.id}/follow-ups`, isAllowed })
      : undefined,
    heading: isOwn ? t('Ask {name} a follow-up question', { name: answer.expertName }) : t('Reply'),
    until: isOwn && mayWrite ? until : undefined,
    anewCategory: isAnew ? thread.category.path : undefined,
  } satisfies ShownFollowUps
}

/** What colleagues say to each other, for them alone. */
export function shownConference(page: Page, { thread, rows }: Discussion): ShownConference | undefined {
  const { question } = thread
  if (!canConfer(page.viewer, question)) return undefined
  const own = rows.filter(({ comment }) => comment.kind === 'colleague')
  return {
    comments: shownComments(page, { rows: own, question }),
    form: formOf(page, { purpose: 'colleague', question, address: `/questions/${question.id}/colleague-comments` }),
  }
}
