import { Type } from 'typebox'
import { consentKinds } from '../database/schema.ts'

export const ConsentParams = Type.Object({ kind: Type.Enum(consentKinds) })
