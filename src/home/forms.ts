import { Type } from '@fastify/type-provider-typebox'

export const ThemeForm = Type.Object({
  theme: Type.Enum(['auto', 'light', 'dark']),
  next: Type.Optional(Type.String()),
})
