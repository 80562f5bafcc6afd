import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyRequest } from 'fastify'
import type { Passkey } from './passkey-queries.ts'
import type { Account } from './queries.ts'

const NONCE_BYTES = 16
const TIME_BYTES = 6
const TIMEOUT_MS = 300_000
/** A page that offers passkeys may stand open for a while. */
const CHALLENGE_MS = 1_800_000

/** Ed25519, ES256 and RS256, as the COSE registry numbers them: what devices offer today. */
const ALGORITHMS = [-8, -7, -257]

/** Who signs whom in where: what a passkey is made for, and what it answers. */
export type Ceremony = { site: PasskeySite; purpose: string; secret: string; now: Date }
type PasskeySite = { origin: string; rpId: string }

/** Browsers have passkeys over https and on localhost alone, and never for a bare number. */
export const hasPasskeysAt = ({ protocol, hostname }: URL) =>
  isIP(hostname.replace(/[[\]]/g, '')) === 0 &&
  (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'))

/** Undefined where browsers have no passkeys. */
export function passkeySite({ server: { config }, protocol, host }: FastifyRequest): PasskeySite | undefined {
  const address = config.baseUrl?.origin ?? `${protocol}://${host}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return hasPasskeysAt(url) ? { origin: url.origin, rpId: url.hostname } : undefined
}

// --- challenges ---------------------------------------------------------------------------------------------------

/** Says itself what it is for and since when, so that nothing has to be kept for somebody who never answers. */
function newChallenge({ purpose, secret, now }: Omit<Ceremony, 'site'>) {
  const time = Buffer.alloc(TIME_BYTES)
  time.writeUIntBE(now.getTime(), 0, TIME_BYTES)
  const head = Buffer.concat([randomBytes(NONCE_BYTES), time])
  return Buffer.concat([head, sealOf(head, purpose, secret)]).toString('base64url')
}

/** When it was made; undefined where it is not ours, for something else, or too old. */
function madeAt(challenge: string, { purpose, secret, now }: Omit<Ceremony, 'site'>) {
  const bytes = Buffer.from(challenge, 'base64url')
  const head = bytes.subarray(0, NONCE_BYTES + TIME_BYTES)
  const [given, expected] = [bytes.subarray(NONCE_BYTES + TIME_BYTES), sealOf(head, purpose, secret)]
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const at = head.readUIntBE(NONCE_BYTES, TIME_BYTES)
  return now.getTime() - at <= CHALLENGE_MS ? new Date(at) : undefined
}

const sealOf = (head: Buffer, purpose: string, secret: string) =>
  createHmac('sha256', secret).update(`passkey ${purpose} `).update(head).digest()

// --- what browsers are asked --------------------------------------------------------------------------------------

/** Without `known` whoever uses the browser chooses among all their passkeys for this site. */
export const signInOptions = (ceremony: Ceremony, known: Passkey[] = []) => ({
  challenge: newChallenge(ceremony),
  rpId: ceremony.site.rpId,
  userVerification: 'required',
  timeout: TIMEOUT_MS,
  allowCredentials: known.map(asCredential),
})

export async function registrationOptions(ceremony: Ceremony, account: Account, known: Passkey[], siteName: string) {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  return generateRegistrationOptions({
    rpName: siteName,
    rpID: ceremony.site.rpId,
    challenge: new Uint8Array(Buffer.from(newChallenge(ceremony), 'base64url')),
    userID: handleOf(account.id, ceremony.secret),
    userName: account.email,
    userDisplayName: account.name,
    timeout: TIMEOUT_MS,
    excludeCredentials: known.map(asCredential),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

/** Tells nothing of the account, and stays the same, so that a device keeps one passkey an account. */
const handleOf = (accountId: number, secret: string) =>
  new Uint8Array(createHmac('sha256', secret).update(`passkeys of ${accountId}`).digest())

const asCredential = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  type: 'public-key' as const,
  transports: transports as NonNullable<RegistrationResponseJSON['response']['transports']>,
})

// --- what they answer ---------------------------------------------------------------------------------------------

type Answer = { id: string }

/** As it came in a form. */
export function readAnswer(text = ''): Answer | undefined {
  try {
    const answer = JSON.parse(text)
    return typeof answer?.id === 'string' && typeof answer.response === 'object' ? answer : undefined
  } catch {
    return undefined
  }
}

/** @returns what to keep of a new passkey; undefined where the answer is not right */
export async function checkRegistration(answer: Answer, { site, ...asked }: Ceremony) {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const response = answer as RegistrationResponseJSON
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => madeAt(challenge, asked) !== undefined,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined)
  if (!checked?.verified) return undefined
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
}

/** @returns what to keep of its use; undefined where the answer is not right */
export async function checkSignIn(answer: Answer, passkey: Passkey, { site, ...asked }: Ceremony) {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  let usedAt: Date | undefined
  const isAsked = (challenge: string) => {
    usedAt = madeAt(challenge, asked)
    return usedAt !== undefined
  }
  const checked = await verifyAuthenticationResponse({
    response: answer as AuthenticationResponseJSON,
    expectedChallenge: isAsked,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    credential: {
      ...asCredential(passkey),
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => undefined)
  if (!checked?.verified || !usedAt) return undefined
  return { id: passkey.id, counter: checked.authenticationInfo.newCounter, usedAt }
}
