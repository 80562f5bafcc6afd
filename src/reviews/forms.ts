import { Type } from 'typebox'

/** `basis`: the answer as whoever checked it saw it. */
export const ReviewForm = Type.Object({
  note: Type.Optional(Type.String({ maxLength: 1_000 })),
  basis: Type.String({ maxLength: 40 }),
})

export const DraftQuery = Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) })

export const PageQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })

export const DeskQuery = Type.Object({
  ...PageQuery.properties,
  show: Type.Optional(Type.Enum(['mine', 'others'])),
})
