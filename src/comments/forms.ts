import { Type } from 'typebox'
import { FormKey } from '../lib/shapes.ts'

const LONGEST = 5_000

export const CommentForm = Type.Object({
  body: Type.String({ minLength: 10, maxLength: LONGEST }),
  key: FormKey,
  /** Which finds of the scrubber its writer has looked at. */
  seen: Type.Optional(Type.String({ maxLength: 1_000 })),
  /** The red flags whose page its writer has read, with blanks between them. */
  warned: Type.Optional(Type.String({ maxLength: 2_000 })),
  country: Type.Optional(Type.String({ maxLength: 10 })),
  action: Type.Optional(Type.Enum(['post', 'change', 'country'])),
})

export const DraftQuery = Type.Object({ draft: Type.Optional(FormKey) })

/** What a moderator decides on what was held. */
export const HeldForm = Type.Object({
  outcome: Type.Enum(['publish', 'keep']),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
})
