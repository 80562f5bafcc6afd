import { type Static, Type } from 'typebox'

export const IdParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) })

export const QuestionPageParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }),
  slug: Type.Optional(Type.String({ maxLength: 300 })),
})

const body = Type.String({ minLength: 20, maxLength: 50_000 })
const action = Type.Optional(Type.Enum(['post', 'preview']))

export type AnswerForm = Static<typeof AnswerForm>
export const AnswerForm = Type.Object({
  body,
  /** Random, made with the form: posting it twice makes one answer. */
  key: Type.String({ pattern: '^[A-Za-z0-9_-]{20,64}$' }),
  action,
})

/** `basis`: when the text was last changed as its editor saw it, so that nobody overwrites a colleague's change. */
export const AnswerEditForm = Type.Object({ body, basis: Type.Integer(), action })

export const DraftQuery = Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) })
