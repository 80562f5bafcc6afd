import { Type } from 'typebox'
import { roles } from '../database/schema.ts'
import { VISIBLE } from '../lib/form-errors.ts'
import { Id } from '../lib/shapes.ts'

const Path = Type.String({ maxLength: 500 })

export const PageQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })

export const NewCategoryQuery = Type.Object({ parentId: Type.Optional(Id) })

const texts = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  slug: Type.Optional(Type.String({ maxLength: 80 })),
  description: Type.Optional(Type.String({ maxLength: 300 })),
  guidance: Type.Optional(Type.String({ maxLength: 5_000 })),
  reviewMonths: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$' })),
}

export const CategoryForm = Type.Object(texts)
export const NewCategoryForm = Type.Object({ ...texts, parentId: Type.Optional(Id) })

/** A path, or '/' for the top. */
export const ParentForm = Type.Object({ parent: Path })
export const DirectionForm = Type.Object({ direction: Type.Enum(['up', 'down']) })
export const MergerQuery = Type.Object({ into: Type.Optional(Path) })
export const MergerForm = Type.Object({ into: Path })

export const AccountsQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 30 })),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  show: Type.Optional(Type.Enum(['staff', 'experts', 'unverified'])),
})

export const RoleForm = Type.Object({ role: Type.Enum(roles) })

export const LetterForm = Type.Object({ reason: Type.String({ minLength: 10, maxLength: 500 }) })

export const ResetForm = Type.Object({ reason: Type.String({ minLength: 10, maxLength: 500 }) })

export const NameForm = Type.Object({ name: Type.String({ minLength: 1, maxLength: 80, pattern: VISIBLE }) })
/** The name as it stood before whoever checked the credentials. */
export const VerificationForm = Type.Object({ name: Type.Optional(Type.String({ maxLength: 200 })) })

export const ExpertForm = Type.Object({
  handle: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 }),
  profession: Type.String({ minLength: 1, maxLength: 100 }),
  credentials: Type.String({ minLength: 1, maxLength: 100 }),
  registration: Type.Optional(Type.String({ maxLength: 200 })),
  country: Type.Optional(Type.String({ pattern: '^[A-Za-z]{2}$' })),
  biography: Type.Optional(Type.String({ maxLength: 5_000 })),
  hasInterests: Type.Optional(Type.Enum(['none', 'some'])),
  interests: Type.Optional(Type.String({ maxLength: 2_000 })),
  practice: Type.Optional(Type.String({ maxLength: 200 })),
  practiceUrl: Type.Optional(Type.String({ pattern: '^https://[^\\s]+$', maxLength: 500 })),
})

export const ProfessionForm = Type.Object({ name: Type.String({ minLength: 1, maxLength: 100, pattern: VISIBLE }) })

export const ScopeForm = Type.Object({
  profession: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$' })),
  isLimited: Type.Enum(['no', 'yes']),
})
