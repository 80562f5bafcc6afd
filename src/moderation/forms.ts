import { Type } from 'typebox'

export const RevealForm = Type.Object({ reason: Type.String({ minLength: 10, maxLength: 500 }) })
