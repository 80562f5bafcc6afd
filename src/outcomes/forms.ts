import { Type } from 'typebox'
import { outcomes } from '../database/schema.ts'

const token = Type.String({ maxLength: 100 })

export const OutcomeQuery = Type.Object({
  token: Type.Optional(token),
  outcome: Type.Optional(Type.String({ maxLength: 20 })),
})
export const OutcomeForm = Type.Object({ token, outcome: Type.Enum(outcomes) })

/** `all`: of no question any more. */
export const StopForm = Type.Object({ token, scope: Type.Enum(['question', 'all']) })
