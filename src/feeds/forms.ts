import { Type } from 'typebox'

export const PartParams = Type.Object({ part: Type.Integer({ minimum: 1, maximum: 100_000 }) })
