import { randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 20
const STEP_MS = 30_000
/** Clocks may differ by half a minute. */
const STEPS_ASIDE = [0, -1, 1]

type Sealed = { sealed: string; key: string }

/** @returns what the database may hold: without the forum's own secret it is of no use */
export async function newSealedSecret(key: string) {
  const { symmetricEncrypt } = await import('better-auth/crypto')
  return symmetricEncrypt({ key: keyFor(key), data: randomBytes(SECRET_BYTES).toString('base64url') })
}

/** Undefined where it was sealed with another secret of the forum. */
async function unsealed({ sealed, key }: Sealed) {
  const { symmetricDecrypt } = await import('better-auth/crypto')
  const text = await symmetricDecrypt({ key: keyFor(key), data: sealed }).catch(() => undefined)
  return text === undefined ? undefined : new Uint8Array(Buffer.from(text, 'base64url'))
}

const keyFor = (key: string) => `authenticators ${key}`

/** @returns which half minute a code is of, if it is of this one or of those beside it */
export async function stepOf(code: string, sealed: Sealed, now: Date) {
  const [secret, { createOTP }] = await Promise.all([unsealed(sealed), import('@better-auth/utils/otp')])
  if (!secret) return undefined
  const step = Math.floor(now.getTime() / STEP_MS)
  for (const aside of STEPS_ASIDE)
    if (isSame(await createOTP(secret).hotp(step + aside), bareCode(code))) return step + aside
  return undefined
}

/** Apps show "123 456". */
export const bareCode = (code: string) => code.replace(/[\s-]/g, '')

export const looksLikeCode = (text: string) => /^\d{6}$/.test(bareCode(text))

const isSame = (expected: string, given: string) =>
  expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given))

/** What an app takes: as a picture, or typed. Undefined as above. */
export async function setUpOf(sealed: Sealed, { siteName, email }: { siteName: string; email: string }) {
  const [secret, { createOTP }, { base32 }, { encode }] = await Promise.all([
    unsealed(sealed),
    import('@better-auth/utils/otp'),
    import('@better-auth/utils/base32'),
    import('uqr'),
  ])
  if (!secret) return undefined
  const uri = createOTP(secret).url(siteName, email)
  const { size, data } = encode(uri, { ecc: 'M', border: 4 })
  return { uri, typed: base32.encode(secret, { padding: false }).replace(/.{4}(?=.)/g, '$& '), size, path: drawn(data) }
}

/** A path that covers the dark squares, a run of them at a time. */
function drawn(rows: boolean[][]) {
  const runs = rows.flatMap((row, y) => {
    const text = row.map((isDark) => (isDark ? '#' : ' ')).join('')
    return [...text.matchAll(/#+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
  })
  return runs.join('')
}
