import { Type } from 'typebox'
import { incidentOutcomes } from '../database/schema.ts'
import { VISIBLE } from '../lib/form-errors.ts'
import { FormKey } from '../lib/shapes.ts'

export const IncidentForm = Type.Object({
  body: Type.String({ minLength: 10, maxLength: 5_000 }),
  /** Of a visitor who wants to know what comes of it. */
  email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
  key: FormKey,
  /** They have been told that they are signed out, and send it like that. */
  unsigned: Type.Optional(Type.String({ maxLength: 10 })),
})

export const DraftQuery = Type.Object({ draft: Type.Optional(FormKey) })
export const ThanksQuery = Type.Object({ report: FormKey })

/** `basis`: when the answer was last changed as whoever decides saw it; none where it is no longer here. */
export const OutcomeForm = Type.Object({
  outcome: Type.Enum(incidentOutcomes),
  explanation: Type.String({ minLength: 10, maxLength: 2_000 }),
  notice: Type.Optional(Type.String({ minLength: 10, maxLength: 1_000, pattern: VISIBLE })),
  basis: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
  /** Other reports of it that were read; `also`: to be decided with this one. */
  others: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}(,[0-9]{1,9}){0,19}$' })),
  also: Type.Optional(Type.String({ maxLength: 10 })),
})

export const RegisterQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })
export const TokenQuery = Type.Object({ token: Type.Optional(Type.String({ maxLength: 100 })) })
export const TokenForm = Type.Object({ token: Type.String({ maxLength: 100 }) })
