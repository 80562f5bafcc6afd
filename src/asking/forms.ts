import { type Static, Type } from 'typebox'
import { ageBands, durations } from '../database/schema.ts'
import { FormKey } from '../lib/shapes.ts'

export const AskQuery = Type.Object({
  category: Type.Optional(Type.String({ maxLength: 500 })),
  title: Type.Optional(Type.String({ maxLength: 500 })),
  draft: Type.Optional(Type.String({ maxLength: 100 })),
})

const text = {
  category: Type.String({ maxLength: 500 }),
  title: Type.String({ minLength: 10, maxLength: 150 }),
  body: Type.String({ minLength: 20, maxLength: 20_000 }),
  ageBand: Type.Optional(Type.Enum(ageBands)),
  duration: Type.Optional(Type.Enum(durations)),
  tried: Type.Optional(Type.String({ maxLength: 500 })),
  imaging: Type.Optional(Type.String({ maxLength: 500 })),
}

export type QuestionForm = Static<typeof QuestionForm>
export const QuestionForm = Type.Object({
  ...text,
  shownAs: Type.Optional(Type.Enum(['pseudonym', 'name'])),
  key: FormKey,
  action: Type.Optional(Type.Enum(['post', 'preview', 'draft'])),
})

export type QuestionEditForm = Static<typeof QuestionEditForm>
export const QuestionEditForm = Type.Object({ ...text, action: Type.Optional(Type.Enum(['post', 'preview'])) })
