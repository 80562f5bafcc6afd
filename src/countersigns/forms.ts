import { type Static, Type } from 'typebox'
import { stances } from '../database/schema.ts'
import { VISIBLE } from '../lib/form-errors.ts'

/** `basis`: when the answer was last changed as whoever countersigns it saw it. */
export type CountersignForm = Static<typeof CountersignForm>
export const CountersignForm = Type.Object({
  stance: Type.Enum(stances),
  reason: Type.Optional(Type.String({ maxLength: 2_000, pattern: VISIBLE })),
  basis: Type.String({ pattern: '^[0-9]{1,16}$' }),
})

export const DraftQuery = Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) })
