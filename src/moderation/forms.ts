import { Type } from 'typebox'

const reason = Type.String({ minLength: 10, maxLength: 500 })

export const RevealForm = Type.Object({ reason })
export const ConcealmentForm = Type.Object({ reason })
