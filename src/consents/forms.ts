import { Type } from 'typebox'
import { consentKinds } from '../database/schema.ts'
import { VISIBLE } from '../lib/form-errors.ts'

export const ConsentParams = Type.Object({ kind: Type.Enum(consentKinds) })

const version = Type.String({ pattern: '^[1-9][0-9]{0,5}$' })

/** The version that was read. */
export const ConsentForm = Type.Object({ version: Type.Optional(version) })

export const WordingForm = Type.Object({
  text: Type.String({ minLength: 10, maxLength: 300, pattern: VISIBLE }),
  meaning: Type.String({ minLength: 10, maxLength: 3_000, pattern: VISIBLE }),
  /** The version its writer saw, so that nobody overwrites what they have not seen. */
  basis: version,
  action: Type.Optional(Type.Enum(['save', 'preview'])),
})

export const OriginalForm = Type.Object({ basis: version })
