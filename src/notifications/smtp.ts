import { createTransport, type SMTPTransportOptions } from 'nodemailer'
import type { Config } from '../config.ts'
import type { QueuedMail } from './queries.ts'

export type Letterhead = Pick<Config, 'mailFrom' | 'siteName'>
type Outgoing = Pick<QueuedMail, 'id' | 'createdAt' | 'recipient' | 'subject' | 'text'>
export type Transport = ReturnType<typeof openTransport>

const LONGEST_SEND_MS = 60_000
const LONGEST_SILENCE_MS = 20_000
/** What a mail server says of this one letter; other refusals (a wrong password, say) are about us and may pass. */
const ABOUT_THE_LETTER = ['EENVELOPE', 'EMESSAGE']
const SIGN_IN_FIRST = 530

export const openTransport = (url: string, options: SMTPTransportOptions = {}) =>
  createTransport({
    url,
    connectionTimeout: LONGEST_SILENCE_MS,
    greetingTimeout: LONGEST_SILENCE_MS,
    socketTimeout: LONGEST_SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...options,
  })

export function deliver(transport: Transport, { mailFrom, siteName }: Letterhead, mail: Outgoing) {
  return transport.sendMail({
    from: { name: siteName, address: mailFrom },
    to: { name: '', address: mail.recipient },
    subject: mail.subject,
    text: mail.text,
    // the same each time, so that a letter sent again after a crash is known for what it is
    messageId: `<outbox.${mail.id}.${mail.createdAt.getTime()}@${mailFrom.split('@').at(-1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    signal: AbortSignal.timeout(LONGEST_SEND_MS),
  })
}

export function isRefusedForGood(error: unknown) {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number }
  if (!ABOUT_THE_LETTER.includes(code)) return false
  return responseCode === undefined || (responseCode >= 500 && responseCode !== SIGN_IN_FIRST)
}
