import { Type } from 'typebox'
import { FormKey, Id } from '../lib/shapes.ts'

export const DraftParams = Type.Object({ key: FormKey })

/** What is written so far; unfinished, so its texts may say anything. */
export const DraftForm = Type.Object({ key: FormKey, questionId: Type.Optional(Id) })

export const PreviewForm = Type.Object({
  body: Type.Optional(Type.String({ maxLength: 50_000 })),
})
