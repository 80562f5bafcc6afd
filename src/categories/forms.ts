import { Type } from 'typebox'

export const CategoryParams = Type.Object({ '*': Type.String({ pattern: '^[A-Za-z0-9/-]+(\\.atom)?$', maxLength: 2_000 }) })

export const CategoryQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })
