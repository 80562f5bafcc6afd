import { createHmac, timingSafeEqual } from 'node:crypto'
import { networkOf } from '../lib/networks.ts'

const DAY_MS = 86_400_000
/** How long an e-mail address can be confirmed. */
export const LINK_DAYS = 7

const signed = (secret: string, purpose: string) => createHmac('sha256', secret).update(purpose).digest('base64url')

/** Where a visitor comes from, without saying where. */
export const visitorKey = (secret: string, address: string) => signed(secret, `harm-report from ${networkOf(address)}`)

/** Leads to one report; it ends by itself. */
export function confirmationToken(secret: string, incidentId: number, now: Date) {
  const held = `${incidentId}-${now.getTime() + LINK_DAYS * DAY_MS}`
  return `${held}-${signed(secret, `harm-report=${held}`)}`
}

/** The report a token leads to. Undefined: nobody of ours made it, or its time is over. */
export function readConfirmationToken(secret: string, token: string, now: Date) {
  const [, held, incidentId, expiresAt, given] = /^((\d{1,10})-(\d{13,15}))-([\w-]{43})$/.exec(token) ?? []
  if (!held || Number(expiresAt) < now.getTime()) return undefined
  const expected = signed(secret, `harm-report=${held}`)
  return timingSafeEqual(Buffer.from(given!), Buffer.from(expected)) ? Number(incidentId) : undefined
}
