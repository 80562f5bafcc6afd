import { Type } from 'typebox'
import { VISIBLE } from '../lib/form-errors.ts'
import { SLUGS } from './texts.ts'

export const PageParams = Type.Object({ slug: Type.Enum([...SLUGS]) })

export const PageForm = Type.Object({
  body: Type.String({ minLength: 20, maxLength: 20_000 }),
  /** When the text was last changed as its editor saw it; none where it was as it came. */
  basis: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
  action: Type.Optional(Type.Enum(['save', 'preview'])),
})

export const ReviewForm = Type.Object({
  reviewerName: Type.String({ minLength: 3, maxLength: 120, pattern: VISIBLE }),
  reviewedOn: Type.String({ format: 'date' }),
})
