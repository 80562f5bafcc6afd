import { Type } from 'typebox'
import { FormKey } from '../lib/shapes.ts'

export const LONGEST = 5_000

export const CommentForm = Type.Object({
  body: Type.String({ minLength: 10, maxLength: LONGEST }),
  key: FormKey,
  /** Which finds of the scrubber its writer has looked at. */
  seen: Type.Optional(Type.String({ maxLength: 1_000 })),
  action: Type.Optional(Type.Enum(['post', 'change'])),
})

export const DraftQuery = Type.Object({ draft: Type.Optional(FormKey) })
