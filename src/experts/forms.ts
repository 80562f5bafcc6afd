import { Type } from 'typebox'

export const ExpertParams = Type.Object({ handle: Type.String({ pattern: '^[a-z0-9-]{1,80}$' }) })

export const PageQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })
