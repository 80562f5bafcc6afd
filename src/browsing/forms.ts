import { Type } from 'typebox'

export const CategoryParams = Type.Object({
  '*': Type.String({ pattern: '^[A-Za-z0-9/-]+(\\.atom)?$', maxLength: 2_000 }),
})

export const ExpertParams = Type.Object({ handle: Type.String({ pattern: '^[a-z0-9-]{1,80}$' }) })

export const PageQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })

/** `category` is a path, `profession` a name. */
export const ExpertsQuery = Type.Object({
  ...PageQuery.properties,
  category: Type.Optional(Type.String({ maxLength: 500 })),
  profession: Type.Optional(Type.String({ maxLength: 100 })),
})
