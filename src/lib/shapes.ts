import { Type } from 'typebox'

const LARGEST_ID = 2 ** 31 - 1

/** The key of a row, as it stands in addresses. */
export const Id = Type.Integer({ minimum: 1, maximum: LARGEST_ID })
export const IdParams = Type.Object({ id: Id })

/** Random, made with a form: a draft is kept under it, and posting the form twice makes one of what it makes. */
export const FormKey = Type.String({ pattern: '^[A-Za-z0-9_-]{20,64}$' })
