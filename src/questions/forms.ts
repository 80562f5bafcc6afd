import { Type } from 'typebox'
import { questionStatuses } from '../database/schema.ts'

export const QuestionParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) })

export const ListQuery = Type.Object({
  status: Type.Optional(Type.Enum(questionStatuses)),
  after: Type.Optional(Type.String({ maxLength: 30 })),
})
