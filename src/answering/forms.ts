import { type Static, Type } from 'typebox'
import { VISIBLE } from '../lib/form-errors.ts'
import { FormKey, Id } from '../lib/shapes.ts'

export const QuestionPageParams = Type.Object({
  id: Id,
  slug: Type.Optional(Type.String({ maxLength: 300 })),
})

const body = Type.String({ minLength: 20, maxLength: 50_000 })
const action = Type.Optional(Type.Enum(['post', 'preview']))

export type AnswerForm = Static<typeof AnswerForm>
export const AnswerForm = Type.Object({
  body,
  key: FormKey,
  action,
  /** They know that somebody else is answering too. */
  alongside: Type.Optional(Type.Literal('true')),
})

export const DraftQuery = Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) })

/** `basis`: when the text was last changed as its editor saw it, so that nobody overwrites a colleague's change. */
export type AnswerEditForm = Static<typeof AnswerEditForm>
export const AnswerEditForm = Type.Object({
  body,
  basis: Type.String({ pattern: '^[0-9]{1,16}$' }),
  /** What was wrong and is put right: everybody who was sent the answer is told. */
  correction: Type.Optional(Type.String({ minLength: 10, maxLength: 1_000, pattern: VISIBLE })),
  /** Its expert has checked all of it. */
  isReviewed: Type.Optional(Type.Literal('true')),
  action,
})

export const EditQuery = Type.Object({ ...DraftQuery.properties, reviewed: Type.Optional(Type.Literal('true')) })
