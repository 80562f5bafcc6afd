import { Type } from 'typebox'

const key = Type.String({ pattern: '^[A-Za-z0-9_-]{20,64}$' })

export const DraftParams = Type.Object({ key })

/** What is written so far; unfinished, so its texts may say anything. */
export const DraftForm = Type.Object({ key, questionId: Type.Optional(Type.Integer({ minimum: 1 })) })

export const PreviewForm = Type.Object({
  body: Type.Optional(Type.String({ maxLength: 50_000 })),
})
