import { canAnswer, isModerator } from '../accounts/policy.ts'
import type { Answer, Thread } from '../answers/queries.ts'
import { type Concealment, concealmentOf } from '../answers/views.ts'
import { plainTextOf } from '../lib/excerpts.ts'
import { newKey } from '../lib/form-keys.ts'
import type { CommentData } from '../lib/structured-data.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { isAsker, isLive } from '../questions/policy.ts'
import type { Place, Purpose } from './places.ts'
import { canConfer, canSeeComment, canTakeBack, followUpEnd } from './policy.ts'
import type { Comment, CommentRow, Refusal } from './queries.ts'
import { refusals } from './refusals.ts'

export type ShownComment = {
  id: number
  name: string
  isAsker: boolean
  /** Of an expert's page. */
  path?: string
  isExample: boolean
  bodyHtml: string
  createdAt: Date
  concealment?: Concealment
  canConceal: boolean
  canTakeBack: boolean
}

/** A form for a comment on the page of a question. */
export type CommentFormData = {
  action: string
  values: Record<string, string>
  fieldId: string
  label: string
  hint?: string
  button: string
  /** The main thing on its page. */
  isMain: boolean
  error?: string
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
    'comments/_form': { form: CommentFormData }
    'comments/form': {
      title: string
      form: CommentFormData
      refusal?: string
      anewCategory?: string
      /** None where they may not see it. */
      question?: { title: string; path: string }
      crumbs: Crumb[]
    }
    'comments/withdrawal': { id: number; bodyHtml: string; path: string }
  }
}

type Rows = { rows: CommentRow[]; question: Thread['question'] }

export function shownComments({ viewer }: Page, { rows, question }: Rows): ShownComment[] {
  const seen = rows.filter(({ comment }) => canSeeComment(viewer, comment, question))
  return seen.map(({ comment, handle, isExample }, index) => ({
    ...nameOf({ comment, handle }, question),
    id: comment.id,
    isAsker: comment.isByAsker,
    isExample: !comment.isByAsker && (isExample ?? false),
    bodyHtml: comment.bodyHtml,
    createdAt: comment.createdAt,
    concealment: concealmentOf(comment),
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

type Discussion = { thread: Thread; rows: CommentRow[] }

export const clarificationsIn = (rows: CommentRow[]) => rows.filter(({ comment }) => comment.kind === 'clarification')

/** Nothing below an answer that is not to be read. */
export const followUpsIn = (rows: CommentRow[], { id, hiddenAt, withdrawnAt }: Answer) =>
  hiddenAt || withdrawnAt ? [] : rows.filter(({ comment }) => comment.answerId === id)

/** What experts asked back. Undefined: nothing, and nobody who may. */
export function shownClarifications(page: Page, { thread, rows, mayAsk }: Discussion & { mayAsk: boolean }) {
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
        ? formOf(page, { purpose: 'reply', question, address: `/questions/${question.id}/replies` })
        : undefined,
    askForm,
  }
}

type Below = Discussion & { answer: Answer; followUpDays: number; now: Date }

/** Undefined: nothing was said below this answer, and nobody who may is looking. */
export function shownFollowUps(page: Page, { thread, rows, answer, followUpDays, now }: Below) {
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
    form: mayWrite ? formOf(page, { purpose, question, address: `/answers/${answer.id}/follow-ups` }) : undefined,
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

// --- forms ----------------------------------------------------------------------------------------------------------

/** What translators are to find. */
const notice = (sentence: string) => sentence

/** Said once it is posted. */
export const NOTICES: Record<Purpose, string> = {
  clarification: notice('Your question is posted. The asker is told by mail.'),
  reply: notice('Your reply is posted. The experts who asked are told by mail.'),
  'follow-up': notice('Your follow-up question is posted. The expert is told by mail.'),
  'follow-up-reply': notice('Your reply is posted. The asker is told by mail.'),
  colleague: notice('Your comment is posted. Only experts and staff can see it.'),
}

function wording({ t }: Page, purpose: Purpose) {
  const wordings = {
    clarification: {
      title: t('Ask something before you answer'),
      label: t('What would you like to know?'),
      hint: t(
        'The asker is told by mail and replies here. Everybody can read it. Until they have replied, the question does not count as waiting.',
      ),
      button: t('Ask the asker'),
    },
    reply: {
      title: t('Reply to the expert'),
      label: t('Your reply'),
      hint: t('Everybody can read it, under the name you asked under.'),
      button: t('Post my reply'),
    },
    'follow-up': {
      title: t('Ask a follow-up question'),
      label: t('What is still unclear?'),
      hint: t('Keep to this answer. Everybody can read it, under the name you asked under.'),
      button: t('Post my follow-up question'),
    },
    'follow-up-reply': {
      title: t('Reply to the asker'),
      label: t('Your reply'),
      hint: t('The asker is told by mail. Everybody can read it.'),
      button: t('Post my reply'),
    },
    colleague: {
      title: t('Comment for colleagues'),
      label: t('What should colleagues know?'),
      hint: t('Only verified experts and our staff can read this, never the asker.'),
      button: t('Post for colleagues'),
    },
  }
  return wordings[purpose]
}

const confidentialHint = ({ t }: Page, purpose: Purpose) =>
  purpose === 'colleague'
    ? t('Only our staff and the experts who may read this question can read this, never the asker.')
    : t('Only the asker, the experts who may read this question and our staff can read it.')

type Typed = { values?: Record<string, string>; error?: string; fieldId?: string }

type Speaking = { purpose: Purpose; question: Thread['question']; address: string }

function formOf(page: Page, { purpose, question, address: action }: Speaking, typed: Typed = {}): CommentFormData {
  const { title: _, ...words } = wording(page, purpose)
  if (question.audience) words.hint = confidentialHint(page, purpose)
  const { values, error, fieldId = `${purpose}-${action.split('/')[2]}` } = typed
  const isMain = fieldId === 'body' || purpose === 'reply'
  return { ...words, action, values: { key: newKey(), ...values }, error, fieldId, isMain }
}

type Attempt = {
  values?: Record<string, string>
  errors?: Record<string, string>
  refusal?: Refusal | 'out-of-scope'
}

/** A page of its own for one form: where somebody comes back to, or where something was wrong. */
export function commentPage(page: Page, { purpose, address, thread, ...place }: Place, attempt: Attempt) {
  const { question } = thread
  const { values, errors, refusal } = attempt
  const { title } = wording(page, purpose)
  const path = `/questions/${question.id}`
  const shown = place.canSee ? { title: question.title, path } : undefined
  return {
    title,
    form: formOf(page, { purpose, question, address }, { values, error: errors?.body, fieldId: 'body' }),
    refusal: refusal && refusals(page, place)[refusal],
    anewCategory: refusal === 'late' ? thread.category.path : undefined,
    question: shown,
    crumbs: [...(shown ? [{ name: shown.title, path }] : []), { name: title }],
  }
}
