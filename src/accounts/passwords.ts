import type { FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import type { Page } from '../plugins/views.ts'
import { findPasswordHash } from './queries.ts'

export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 128

const FEWEST_DIFFERENT_CHARACTERS = 5
/** What must be left of a password besides words that everybody can guess. */
const FEWEST_OWN_CHARACTERS = 6
const SHORTEST_WORD = 4

/** From the lists of stolen passwords: what the long ones are made of. */
const COMMON = (
  'password passwort passw0rd p@ssword p@ssw0rd letmein welcome iloveyou sunshine princess football baseball ' +
  'dragon monkey master superman batman starwars computer internet whatever trustno1 changeme secret admin ' +
  'administrator login default summer winter spring autumn abc123 qwerty qwertyuiop qwertz azerty asdf asdfgh ' +
  'asdfghjkl zxcvbn zxcvbnm 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 qazwsx 1234567890 0123456789 123456789 12345678 ' +
  '1234567 123456 12345 1234 123 0987654321 987654321 654321 abcdefghij abcdefgh abcdef abcd'
).split(' ')

/**
 * Whether a password is among the first that somebody would try.
 * @param about what is known of its owner: name, address, the name of the site
 */
export function isEasyToGuess(password: string, about: string[]) {
  const text = password.toLowerCase()
  if (new Set(text).size < FEWEST_DIFFERENT_CHARACTERS) return true
  const own = about.map((words) => words.toLowerCase()).flatMap((words) => [words, ...words.split(/[^\p{L}\p{N}]+/u)])
  const known = [...own.filter((word) => word.length >= SHORTEST_WORD), ...COMMON].sort((a, b) => b.length - a.length)
  const left = known.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return left.length < FEWEST_OWN_CHARACTERS
}

type NewPassword = { field: string; password: string; about: string[] }

export function passwordErrors({ t, siteName }: Page, { field, password, about }: NewPassword): FormErrors | undefined {
  if (!isEasyToGuess(password, [siteName, ...about])) return undefined
  return {
    [field]: t('Others could guess this one. Please choose another, such as four words that mean nothing to them.'),
  }
}

/** For what only the owner of an account may do, not whoever finds their session open. */
export async function ownPasswordErrors(request: FastifyRequest, password: string): Promise<FormErrors | undefined> {
  const { auth, database } = request.server
  const hash = await findPasswordHash(database.read, request.signedIn().id)
  if (hash && (await auth.isPassword(password, hash))) return undefined
  return { password: request.page.t('This is not your password.') }
}
