import { createHmac, timingSafeEqual } from 'node:crypto'

const DAY_MS = 86_400_000
/** How long a mail that asks can be answered. */
export const LINK_DAYS = 60

/** Leads to one request; whoever holds it needs no sign-in. It ends by itself. */
export function outcomeToken(secret: string, requestId: number, now: Date) {
  const held = `${requestId}-${now.getTime() + LINK_DAYS * DAY_MS}`
  return `${held}-${signatureOf(secret, held)}`
}

/** What a token leads to, and until when. Undefined: nobody of ours made it. */
export function readOutcomeToken(secret: string, token: string) {
  const [, held, requestId, expiresAt, given] = /^((\d{1,10})-(\d{13,15}))-([\w-]{43})$/.exec(token) ?? []
  if (!held || !isSame(given!, signatureOf(secret, held))) return undefined
  return { requestId: Number(requestId), expiresAt: new Date(Number(expiresAt)) }
}

/** What it is for is signed too: no cookie's signature opens one. */
const signatureOf = (secret: string, held: string) =>
  createHmac('sha256', secret).update(`outcome=${held}`).digest('base64url')

const isSame = (given: string, expected: string) => timingSafeEqual(Buffer.from(given), Buffer.from(expected))
