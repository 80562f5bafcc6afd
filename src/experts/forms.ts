import { type Static, Type } from 'typebox'
import { VISIBLE } from '../lib/form-errors.ts'

const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: VISIBLE })
const Day = Type.String({ format: 'date' })

export type CredentialForm = Static<typeof CredentialForm>
export const CredentialForm = Type.Object({
  issuer: line(200),
  number: line(100),
  registerUrl: Type.Optional(Type.String({ maxLength: 500 })),
  checkedOn: Day,
  checkAgainOn: Day,
})

/** `again`: it has just been looked up, and the form says so. */
export const CredentialQuery = Type.Object({ again: Type.Optional(Type.String({ maxLength: 1 })) })
