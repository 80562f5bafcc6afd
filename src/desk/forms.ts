import { Type } from 'typebox'
import { ORDERS, SHOWN } from './queries.ts'

export const DeskQuery = Type.Object({
  show: Type.Optional(Type.Enum(SHOWN)),
  order: Type.Optional(Type.Enum(ORDERS)),
  /** The path of a category: what waits in it and below. */
  category: Type.Optional(Type.String({ maxLength: 500 })),
  after: Type.Optional(Type.String({ maxLength: 30 })),
})

export const AvailabilityForm = Type.Object({
  capacity: Type.Integer({ minimum: 0, maximum: 50 }),
  /** The day from which on they are back. */
  leaveUntil: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  deskMail: Type.Optional(Type.Literal('true')),
})
