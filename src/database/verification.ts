import { and, gt, isNotNull, isNull, or } from 'drizzle-orm'
import { experts } from './schema.ts'

type Verification = { verifiedAt: Date | null; verifiedUntil: Date | null }

/** Their credentials have been checked, and none is due to be checked again. */
export const isVerified = ({ verifiedAt, verifiedUntil }: Verification, now = new Date()) =>
  verifiedAt !== null && (verifiedUntil === null || verifiedUntil > now)

/** The same as a condition on `experts`. */
export const isVerifiedExpert = (now = new Date()) =>
  and(isNotNull(experts.verifiedAt), or(isNull(experts.verifiedUntil), gt(experts.verifiedUntil, now)))
