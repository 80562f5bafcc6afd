import type { consentKinds } from '../database/schema.ts'

export type ConsentKind = (typeof consentKinds)[number]

export type Words = {
  /** What one agrees to, beside the box. */
  text: string
  /** What it means. */
  meaning: string
}

type Consent = {
  title: string
  /** Without it nobody can ask. */
  isNeeded: boolean
  /** What follows from taking it back. */
  withdrawal: string
  /** What has followed from it. */
  withdrawn: string
  /** Every wording the program has come with, the first first. Add one, never change one: see wordings.ts. */
  wordings: Words[]
}

export const CONSENTS: Record<ConsentKind, Consent> = {
  'health-data': {
    title: 'Keeping what you tell us about your health',
    isNeeded: true,
    withdrawal:
      'We delete your drafts and what is not published yet at once, and you cannot ask until you agree again. On the next page you choose what happens to what you have asked.',
    withdrawn: 'Your drafts and what was not published yet are deleted. You cannot ask until you allow it again.',
    wordings: [
      {
        text: 'You may store what I write about my health, so that experts can answer me.',
        meaning:
          'Facts about health are protected by law. We store your question, what you add to it and what experts answer, and show them to those who answer and to our staff. We do not sell them or use them for advertising.',
      },
    ],
  },
  publication: {
    title: 'Publishing your questions',
    isNeeded: true,
    withdrawal:
      'What is not published yet becomes a draft again, and you cannot ask in public until you agree again. On the next page you choose what happens to what you have asked.',
    withdrawn: 'What was not published yet is a draft again. You cannot ask in public until you allow it again.',
    wordings: [
      {
        text: 'You may publish my question and its answers, so that others can read them.',
        meaning:
          'Everybody can read it without signing in, and search engines find it. It stands under a made-up name unless you choose your own. You can take it back at any time, but we cannot call back copies that others have made.',
      },
    ],
  },
  'follow-up-mail': {
    title: 'Mail that asks how you are',
    isNeeded: false,
    withdrawal: 'We stop asking. Mail about answers to your questions still comes.',
    withdrawn: 'We do not ask you by mail any more.',
    wordings: [
      {
        text: 'You may write to me some weeks after an answer and ask whether it helped.',
        meaning:
          'A few short mails for each answered question. What you tell us is shown only as a count, never with your name.',
      },
    ],
  },
  research: {
    title: 'Research',
    isNeeded: false,
    withdrawal: 'What you write is left out of anything handed to researchers from then on.',
    withdrawn: 'What you write is left out from now on.',
    wordings: [
      {
        text: 'You may use what I write, without my name and address, for research on bone and back health.',
        meaning: 'Only for studies that an ethics board has approved, and never with what could tell who you are.',
      },
    ],
  },
}

export const KINDS = Object.keys(CONSENTS) as ConsentKind[]
