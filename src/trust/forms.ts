import { Type } from 'typebox'
import { SLUGS } from './texts.ts'

export const PageParams = Type.Object({ slug: Type.Enum([...SLUGS]) })

export const PageForm = Type.Object({
  body: Type.String({ minLength: 20, maxLength: 20_000 }),
  action: Type.Optional(Type.Enum(['save', 'preview'])),
})
