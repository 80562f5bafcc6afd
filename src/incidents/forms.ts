import { Type } from 'typebox'
import { incidentOutcomes } from '../database/schema.ts'
import { FormKey } from '../lib/shapes.ts'

export const IncidentForm = Type.Object({ body: Type.String({ minLength: 10, maxLength: 5_000 }), key: FormKey })

export const DraftQuery = Type.Object({ draft: Type.Optional(FormKey) })

export const OutcomeForm = Type.Object({
  outcome: Type.Enum(incidentOutcomes),
  explanation: Type.String({ minLength: 10, maxLength: 2_000 }),
})

export const RegisterQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })
