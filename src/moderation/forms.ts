import { Type } from 'typebox'

export const QuestionParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) })

export const RevealForm = Type.Object({ reason: Type.String({ minLength: 10, maxLength: 500 }) })
