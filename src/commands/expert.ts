import { findCategory } from '../categories/queries.ts'
import type { Reader, Writer } from '../database/types.ts'
import { addCredential } from '../experts/credential-queries.ts'
import { isTakenByPage } from '../experts/handles.ts'
import { findProfessionByName, setExpertScope } from '../experts/profession-queries.ts'
import { createExpert } from '../experts/queries.ts'
import { haveCommon } from '../experts/scope-queries.ts'
import { addMonths } from '../lib/months.ts'
import { slugOf } from '../lib/slugs.ts'
import { isSecureAddress } from '../lib/urls.ts'

export type ExpertOptions = {
  profession?: string
  credentials?: string
  handle?: string
  kind?: string
  category?: string[]
  issuer?: string
  number?: string
  register?: string
  checkAgain?: string
}

const HANDLE = /^[a-z0-9]+(-[a-z0-9]+)*$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const CHECKED_FOR_MONTHS = 12

/** Whoever may use the command line vouches for them. */
export async function addExpert(db: Writer, { id, name }: { id: number; name: string }, given: ExpertOptions) {
  const { profession = '', credentials = '', handle = slugOf(name, 'expert') } = given
  if (!HANDLE.test(handle)) throw new Error(`--handle is "${handle}"; it takes small letters, digits and hyphens.`)
  const expert =
    !isTakenByPage(handle) &&
    (await createExpert(db, { accountId: id, handle, profession, credentials, verifiedAt: new Date() }))
  if (!expert) throw new Error(`The handle ${handle} is somebody else's: choose another with --handle.`)
  await setExpertScope(db, id, await scopeIn(db, given))
  const checked = checkedIn(given)
  if (checked) await addCredential(db, id, checked)
}

async function scopeIn(db: Reader, { kind, category: paths = [] }: ExpertOptions) {
  const profession = kind === undefined ? undefined : await findProfessionByName(db, kind)
  if (kind !== undefined && !profession)
    throw new Error(`--kind is "${kind}"; the list of professions has no such name.`)
  const categoryIds: number[] = []
  for (const path of paths) {
    const category = await findCategory(db, path)
    if (!category) throw new Error(`--category is "${path}"; there is no such category.`)
    categoryIds.push(category.id)
  }
  if (profession && paths.length > 0 && !(await haveCommon(db, profession.id, categoryIds)))
    throw new Error(`A ${profession.name} may not answer in any of these categories.`)
  return { professionId: profession?.id ?? null, categoryIds }
}

function checkedIn({ issuer, number, register, checkAgain }: ExpertOptions, now = new Date()) {
  if (issuer === undefined && number === undefined) return undefined
  if (issuer === undefined || number === undefined) throw new Error('--issuer and --number belong together.')
  if (register !== undefined && !isSecureAddress(register))
    throw new Error(`--register is "${register}"; it takes an address that begins with https://`)
  const checkAgainAt = checkAgain === undefined ? addMonths(now, CHECKED_FOR_MONTHS) : dayIn(checkAgain)
  if (checkAgainAt <= now) throw new Error(`--check-again is "${checkAgain}"; that day has gone by.`)
  return { issuer, number, registerUrl: register ?? null, checkedAt: now, checkAgainAt }
}

function dayIn(text: string) {
  const day = new Date(text)
  if (!DAY.test(text) || Number.isNaN(day.getTime()))
    throw new Error(`--check-again is "${text}"; it takes a day such as 2027-01-31.`)
  return day
}
