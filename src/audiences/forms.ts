import { Type } from 'typebox'

export const PublicationForm = Type.Object({
  /** When anything on its page last changed, as its asker saw it. None: it was never seen by anybody else. */
  basis: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
})
