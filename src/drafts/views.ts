import { randomBytes } from 'node:crypto'
import type { DraftFields } from './queries.ts'

const KEPT = ['category', 'title', 'body', 'ageBand', 'duration', 'tried', 'imaging', 'shownAs']

/** A key for a new form: too long to guess, since it opens what is not owned by anybody yet. */
export const newKey = () => randomBytes(24).toString('base64url')

export const draftFields = (typed: Record<string, string>): DraftFields =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => KEPT.includes(name)))
