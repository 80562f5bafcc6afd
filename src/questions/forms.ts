import { Type } from 'typebox'
import { questionStatuses } from '../database/schema.ts'

export const ListQuery = Type.Object({
  status: Type.Optional(Type.Enum(questionStatuses)),
  after: Type.Optional(Type.String({ maxLength: 30 })),
})
