import { type Static, Type } from 'typebox'
import { FormKey } from '../lib/shapes.ts'

export type ClaimForm = Static<typeof ClaimForm>
/** With what has been written so far, where the button stands in the form of the answer. */
export const ClaimForm = Type.Object({
  key: Type.Optional(FormKey),
  body: Type.Optional(Type.String({ maxLength: 60_000 })),
})
