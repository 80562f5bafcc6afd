import type { Thread } from '../answers/queries.ts'
import { newKey } from '../lib/form-keys.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Place, Purpose } from './places.ts'
import type { Refusal } from './queries.ts'
import { refusals } from './refusals.ts'

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
  /** Its writer allows that it is kept, should they have to sign in again. */
  isAllowed: boolean
  error?: string
}

declare module '../plugins/views.ts' {
  interface Views {
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
  }
}

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

type Speaking = { purpose: Purpose; question: Thread['question']; address: string; isAllowed?: boolean }

const BY_ASKERS: Purpose[] = ['reply', 'follow-up']

export function formOf(
  page: Page,
  { purpose, question, address: action, ...speaking }: Speaking,
  typed: Typed = {},
): CommentFormData {
  const { title: _, ...words } = wording(page, purpose)
  if (question.audience) words.hint = confidentialHint(page, purpose)
  const { values, error, fieldId = `${purpose}-${action.split('/')[2]}` } = typed
  const isMain = fieldId === 'body' || purpose === 'reply'
  const isAllowed = speaking.isAllowed ?? !BY_ASKERS.includes(purpose)
  return { ...words, action, values: { key: newKey(), ...values }, error, fieldId, isMain, isAllowed }
}

type Attempt = {
  values?: Record<string, string>
  errors?: Record<string, string>
  refusal?: Refusal | 'out-of-scope'
}

/** A page of its own for one form: where somebody comes back to, or where something was wrong. */
export function commentPage(page: Page, { purpose, address, thread, isAllowed, ...place }: Place, attempt: Attempt) {
  const { question } = thread
  const { values, errors, refusal } = attempt
  const { title } = wording(page, purpose)
  const path = `/questions/${question.id}`
  const shown = place.canSee ? { title: question.title, path } : undefined
  return {
    title,
    form: formOf(page, { purpose, question, address, isAllowed }, { values, error: errors?.body, fieldId: 'body' }),
    refusal: refusal && refusals(page, place)[refusal],
    anewCategory: refusal === 'late' ? thread.category.path : undefined,
    question: shown,
    crumbs: [...(shown ? [{ name: shown.title, path }] : []), { name: title }],
  }
}
