import { Type } from 'typebox'
import { referralKinds } from '../database/schema.ts'
import { FormKey } from '../lib/shapes.ts'

const reason = Type.String({ minLength: 10, maxLength: 1000 })

export const ReferralForm = Type.Object({
  kind: Type.Enum(referralKinds),
  /** The category's path. */
  category: Type.Optional(Type.String({ maxLength: 500 })),
  /** The expert's handle. */
  expert: Type.Optional(Type.String({ maxLength: 200 })),
  reason,
  key: FormKey,
})

export const DeclineForm = Type.Object({ reason })
