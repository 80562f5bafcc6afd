import { createHash, randomBytes } from 'node:crypto'

const RECOVERY_CODES = 10

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const CHARACTERS = 16
const GROUP = /.{4}(?=.)/g
const SHAPE = new RegExp(`^[${ALPHABET}]{${CHARACTERS}}$`)

/** So long that nobody guesses one, nor finds it from its hash. */
export function newRecoveryCodes() {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [...randomBytes(CHARACTERS)]
      .map((byte) => ALPHABET[byte % ALPHABET.length])
      .join('')
      .replace(GROUP, '$&-'),
  )
}

export const looksLikeRecoveryCode = (text: string) => SHAPE.test(bare(text))

export const recoveryCodeHash = (code: string) => createHash('sha256').update(bare(code)).digest('base64url')

/** However it was copied from paper. */
const bare = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, '')
