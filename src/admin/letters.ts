import type { QueuedMail } from '../notifications/queries.ts'
import type { Page } from '../plugins/views.ts'

/** What leads to something that was asked here: with a name beside it, it tells who asked. */
const ABOUT_A_QUESTION = /\/(?:questions|answers|comments)\/\d|\/outcomes\b/
const ADDRESS = /[^\s<>@]+@[^\s<>@]+/g

export type ShownMail = Pick<QueuedMail, 'id' | 'subject' | 'lastError'> & {
  /** By the day: the minute would tell which question somebody signed up for. */
  day: string
  /** It can be sent again, or dropped, without looking to whom it goes. */
  canRetry: boolean
  canDrop: boolean
  /** None: it is about something asked here, and to read it is written down. */
  recipient?: string
  state: string
  isFailed: boolean
  parts?: { text: string; isLink: boolean }[]
}

export const isAboutQuestion = ({ text }: Pick<QueuedMail, 'text'>) => ABOUT_A_QUESTION.test(text)

/** @param isReadable nobody gets it otherwise */
export function shownMail(page: Page, mail: QueuedMail, isReadable: boolean): ShownMail {
  const { id, subject } = mail
  const isGivenUp = mail.sentAt === null && mail.nextAttemptAt === null
  const rights = { canRetry: isGivenUp && !isReadable && mail.text !== '', canDrop: isGivenUp }
  const rest = { id, subject, day: page.formatDate(mail.createdAt), ...stateOf(page, mail), ...rights }
  if (isAboutQuestion(mail)) return { ...rest, lastError: mail.lastError?.replace(ADDRESS, '…') ?? null }
  const parts = isReadable ? partsOf(page, mail.text) : undefined
  return { ...rest, recipient: mail.recipient, lastError: mail.lastError, parts }
}

function stateOf({ t, formatDate }: Page, { sentAt, nextAttemptAt, attempts }: QueuedMail) {
  if (sentAt) return { state: t('Sent on {date}', { date: formatDate(sentAt) }), isFailed: false }
  if (!nextAttemptAt) return { state: t('Given up'), isFailed: true }
  if (attempts === 0) return { state: t('Waiting'), isFailed: false }
  return { state: t('Tried {attempts, plural, one {once} other {# times}}', { attempts }), isFailed: true }
}

/** The addresses of this site in a text are links. */
export const partsOf = ({ absolute }: Page, text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part) => ({ text: part, isLink: part.startsWith(absolute('/')) }))
