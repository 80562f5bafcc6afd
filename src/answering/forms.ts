import { type Static, Type } from 'typebox'
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

/** `basis`: when the text was last changed as its editor saw it, so that nobody overwrites a colleague's change. */
export const AnswerEditForm = Type.Object({ body, basis: Type.String({ pattern: '^[0-9]{1,16}$' }), action })

export const DraftQuery = Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) })
