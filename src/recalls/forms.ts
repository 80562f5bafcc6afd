import { Type } from 'typebox'
import { VISIBLE } from '../lib/form-errors.ts'

const reason = Type.String({ minLength: 10, maxLength: 1_000, pattern: VISIBLE })

/** `basis`: when the answer was last changed as whoever withdraws it saw it. */
export const WithdrawalForm = Type.Object({ reason, basis: Type.String({ pattern: '^[0-9]{1,16}$' }) })
export const RestorationForm = Type.Object({ reason })

export const DraftQuery = Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) })
