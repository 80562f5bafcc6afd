import { Type } from 'typebox'
import { FormKey } from '../lib/shapes.ts'

export const LONGEST = 5_000

export const CommentForm = Type.Object({ body: Type.String({ minLength: 10, maxLength: LONGEST }), key: FormKey })

export const DraftQuery = Type.Object({ draft: Type.Optional(FormKey) })
