import { Type } from 'typebox'

const path = Type.String({ maxLength: 500 })

export const WaitQuery = Type.Object({ category: Type.Optional(path) })
export const MoveQuery = Type.Object({ to: path })

/** `basis`: the version of the question that its asker saw. */
export const MoveForm = Type.Object({ category: path, basis: Type.String({ pattern: '^[0-9]{1,16}$' }) })
