import { randomBytes } from 'node:crypto'

/** A key for a new form: too long to guess, since it opens a draft that is not owned by anybody yet. */
export const newKey = () => randomBytes(24).toString('base64url')
